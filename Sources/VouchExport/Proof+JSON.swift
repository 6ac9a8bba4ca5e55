public import VouchCore
internal import VouchArticles
public import VouchStore

extension GraphFile.Proof {
  /// Writes the evidence as a JSON object: article, layer, sentence, code points, words, rule, confidence.
  ///
  /// - Parameters:
  ///   - json: Where it is written.
  ///   - url: The article's address, if known.
  ///   - passage: The whole sentence, if it is to be written too.
  public func write(to json: inout JSONWriter, url: String? = nil, passage: String? = nil) {
    json.beginObject()
    json.string("article", source.article)
    if let url { json.string("url", url) }
    json.string("layer", source.layer.rawValue)
    json.integer("sentence", sentence)
    json.integer("start", codePoints.lowerBound)
    json.integer("end", codePoints.upperBound)
    json.string("words", words)
    if let passage { json.string("passage", passage) }
    json.string("rule", rule)
    json.number("confidence", confidence.value)
    json.endObject()
  }
}
