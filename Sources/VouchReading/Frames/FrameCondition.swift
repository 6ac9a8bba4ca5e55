/// Words that must stand around a word for its frame to fire: "diplomatic tie", "to ceasefire/truce", "<death toll"; or "%":
/// several subjects joined by "and".
struct FrameCondition: Sendable {
  /// As the table has it.
  let text: String
  /// The words in their order, each with those that may stand in its place.
  let words: [Set<String>]
  /// Whether several subjects are asked for.
  var isCompound: Bool { words == [["%"]] }
  /// Whether they stand before the word, not after it.
  let isBefore: Bool

  /// Reads an item of a cell; `nil` for one without words.
  init?(_ item: String) {
    text = item
    isBefore = item.hasPrefix("<")
    words = (isBefore ? item.dropFirst() : item[...]).split(separator: " ").map { word in
      Set(word.split(separator: "/").map(String.init))
    }
    guard !words.isEmpty else { return nil }
  }
}
