public import VouchStore

extension GraphFile {
  /// What building the graph anew with this program would add, in one line; `nil` if the file does not tell of anything.
  ///
  /// It is told from the header and the newest manifest alone: a file of an older format, one that keeps no articles, and one
  /// of a single commit by an older version. What a version reads more than another is not in the file.
  ///
  /// - Complexity: O(1)
  public var rebuildNote: String? {
    let isOldFormat = format.major < VouchVersion.fileFormat.major
    let isOldProgram = generation == 1 && Self.isOlder(creator)
    guard isOldFormat || isOldProgram || !keepsArticles else { return nil }
    var gains: [String] = []
    if isOldProgram { gains.append("is read as vouch \(VouchVersion.current) reads") }
    if !keepsArticles { gains.append("keeps its articles, so that some can be added, replaced and retracted") }
    if isOldFormat { gains.append("need not be converted each time it is opened") }
    return "made by \(creator) in format \(format); built again, the graph \(gains.joined(separator: " and "))"
  }

  /// Whether a file was made by an older version of this program than the one that runs.
  private static func isOlder(_ creator: String) -> Bool {
    let words = creator.split(separator: " ")
    guard words.count == 2, words[0] == "vouch" else { return false }
    func numbers(_ version: some StringProtocol) -> [Int] { version.split(separator: ".").compactMap { Int($0) } }
    let made = numbers(words[1])
    return made.count == 3 && made.lexicographicallyPrecedes(numbers(VouchVersion.current))
  }
}
