internal import VouchCore
public import VouchKnowledge

extension GraphFile {
  /// The bytes of a file that holds `graph` without the articles it was made from: it can be read, but nothing can be added.
  public static func encode(_ graph: Graph, creator: String) -> [UInt8] {
    var commit = Commit(after: nil)
    var texts: [Int] = []
    var body: [UInt8] = []
    body.reserveCapacity(graph.sources.reduce(0) { $0 + $1.text.count })
    for source in graph.sources { body += source.text.bytes }
    let offset = commit.append { SegmentHeader.segment(.texts, fields: [], body: body, at: $0) }
    var start = offset + SegmentHeader.size
    for source in graph.sources {
      texts.append(start)
      start += source.text.count
    }
    commit.finish(graph, texts: texts, articles: [], overrides: Manifest.Place())
    return commit.file(creator: creator)
  }
}

extension Graph {
  /// Days since 1970-01-01 of an article's publication; `nil` where the day is unknown or before then.
  static func publicationDay(_ text: String) -> Int? {
    guard let date = CalendarDate(iso8601: text), date.day != nil, date.dayNumber >= 0 else { return nil }
    return date.dayNumber
  }
}
