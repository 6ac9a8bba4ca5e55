public import VouchCore

extension Contribution {
  /// Bytes are no contribution to a graph of the text they came with.
  public struct Undecodable: Error, Hashable, Sendable {
    /// What is wrong with them.
    public let reason: String
  }

  /// Reads what `encoded` wrote.
  ///
  /// Nothing is trusted: spans must lie in the texts, numbers must name things that are there.
  ///
  /// - Parameters:
  ///   - article: The article's id.
  ///   - text: Its text.
  ///   - given: The metadata that came with it.
  ///   - bytes: The encoding.
  /// - Complexity: O(n log n) in the length of texts and encoding.
  public init(article: String, text: SourceText, given: SourceText?, decoding bytes: [UInt8]) throws(Undecodable) {
    var decoder = ContributionDecoder(bytes)
    self = try decoder.contribution(article, text, given)
  }
}

private struct ContributionDecoder {
  private typealias Undecodable = Contribution.Undecodable
  private let bytes: [UInt8]
  private var position = 0
  private var strings: [String] = []
  private var evidence: [Evidence] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func contribution(_ article: String, _ text: SourceText, _ given: SourceText?)
    throws(Contribution.Undecodable) -> Contribution
  {
    try demand(try number() == ContributionLayout.version, "a version that this program does not know")
    for _ in 0..<(try count()) {
      let length = try count()
      guard let string = SourceText(validating: Array(bytes[position..<position + length])) else {
        throw Undecodable(reason: "a string that is not UTF-8")
      }
      strings.append(string[string.span])
      position += length
    }
    let published = try published()
    let sentences = try sentences(of: text)
    let read = try readSentences(sentences.count)
    var contribution = Contribution(
      article: article, text: text, sentences: sentences, given: given, isRead: { read[$0] }, published: published)
    try pieces(text, sentences, SourceID(0))
    let lines = given.map(Contribution.lines) ?? []
    try pieces(given ?? SourceText(""), lines, Contribution.metadataSource)
    try nodes(&contribution)
    try edges(&contribution)
    try demand(position == bytes.count, "bytes after its end")
    return contribution
  }

  private mutating func published() throws(Contribution.Undecodable) -> Int? {
    let stored = try number()
    guard stored > 0 else { return nil }
    let day = ContributionLayout.unzigzag(stored - 1)
    try demand(abs(day) <= 5_000_000, "a day of publication out of range")
    return day
  }

  private mutating func sentences(of text: SourceText) throws(Contribution.Undecodable) -> [Span] {
    var sentences: [Span] = []
    var end = 0
    for _ in 0..<(try count()) {
      let start = end + (try number(upTo: text.count))
      end = start + (try number(upTo: text.count))
      try demand(start < end && end <= text.count, "a sentence outside its text")
      sentences.append(Span(start, end))
    }
    return sentences
  }

  private mutating func readSentences(_ total: Int) throws(Contribution.Undecodable) -> [Bool] {
    var read = [Bool](repeating: false, count: total)
    var place = 0
    for _ in 0..<(try count()) {
      let start = place + (try number(upTo: total))
      place = start + (try number(upTo: total))
      try demand(place <= total, "a sentence that is not there")
      for sentence in start..<place { read[sentence] = true }
    }
    return read
  }

  private mutating func pieces(_ text: SourceText, _ sentences: [Span], _ source: SourceID)
    throws(Contribution.Undecodable)
  {
    var start = 0
    for _ in 0..<(try count()) {
      start += try number(upTo: text.count)
      let length = try number(upTo: text.count)
      let rule = Symbol(try string())
      let confidence = Confidence(thousandths: try number(upTo: 1000))
      guard
        let piece = try? Evidence(
          Span(start, start + length), of: text, sentences: sentences, source: source, rule: rule,
          confidence: confidence)
      else { throw Undecodable(reason: "evidence outside its text") }
      evidence.append(piece)
    }
  }

  private mutating func nodes(_ contribution: inout Contribution) throws(Contribution.Undecodable) {
    var keys: Set<Contribution.Key> = []
    for index in 0..<(try count()) {
      guard let kind = NodeKind(rawValue: UInt8(clamping: try number())) else {
        throw Undecodable(reason: "a node of an unknown kind")
      }
      let key = try key(before: index)
      try demand((index == 0) == (key == .own("")) && (index == 0) == (kind == .article), "an article of its own")
      try demand(keys.insert(key).inserted, "two nodes of one key")
      var node = Contribution.Node(kind: kind, key: key, label: try label(before: index), evidence: [])
      node.name = try optionalString()
      node.linkRule = try optionalString()
      for _ in 0..<(try count()) { node.aliases.append(try string()) }
      for _ in 0..<(try count()) { node.knownAliases.append(try string()) }
      for _ in 0..<(try count()) {
        guard let property = Property(rawValue: try string()) else { throw Undecodable(reason: "an unknown property") }
        node.properties[property] = try string()
      }
      for _ in 0..<(try count()) { node.evidence.append(try piece()) }
      try demand(!node.evidence.isEmpty, "a node without evidence")
      contribution.nodes.append(node)
    }
    try demand(!contribution.nodes.isEmpty, "no article")
  }

  private mutating func edges(_ contribution: inout Contribution) throws(Contribution.Undecodable) {
    let last = contribution.nodes.count - 1
    for _ in 0..<(try count()) {
      let subject = try number(upTo: last)
      guard let kind = EdgeKind(rawValue: UInt8(clamping: try number())) else {
        throw Undecodable(reason: "an edge of an unknown kind")
      }
      let object = try number(upTo: last)
      contribution.connect(subject, kind, object, try piece())
    }
    var happened: Set<Int> = []
    for _ in 0..<(try count()) {
      let node = try number(upTo: last)
      try demand(contribution.nodes[node].kind == .event && happened.insert(node).inserted, "a happening of no event")
      contribution.happenings.append(
        Contribution.Happening(node: node, trigger: try hashes(), context: try hashes()))
    }
    for _ in 0..<(try count()) {
      contribution.deniedClaims.append((try number(upTo: last), try number(upTo: last)))
    }
  }

  /// What names other nodes names those before it.
  private mutating func key(before index: Int) throws(Contribution.Undecodable) -> Contribution.Key {
    switch try number() {
    case 0: return .shared(try string())
    case 1: return .own(try string())
    case 2:
      let holder = try number(upTo: index - 1)
      let manner = try string()
      return .stance(holder: holder, manner: manner, target: try number(upTo: index - 1))
    default: throw Undecodable(reason: "a key of an unknown sort")
    }
  }

  private mutating func label(before index: Int) throws(Contribution.Undecodable) -> Contribution.Label {
    switch try number() {
    case 0: return .given(try string())
    case 1: return .fullestAlias
    case 2: return .usualAlias
    case 3: return .event(actors: try nodes(before: index), recipients: try nodes(before: index))
    case 4: return .stance
    case 5:
      let speaker = try number(upTo: index - 1)
      return .statement(speaker: speaker, content: try string())
    default: throw Undecodable(reason: "a label of an unknown sort")
    }
  }

  private mutating func nodes(before index: Int) throws(Contribution.Undecodable) -> [Int] {
    var nodes: [Int] = []
    for _ in 0..<(try count()) { nodes.append(try number(upTo: index - 1)) }
    return nodes
  }

  private mutating func hashes() throws(Contribution.Undecodable) -> Set<UInt64> {
    let count = try count()
    try demand(count <= (bytes.count - position) / 8, "numbers that run past its end")
    var hashes: Set<UInt64> = []
    for _ in 0..<count {
      var hash: UInt64 = 0
      for shift in 0..<8 { hash |= UInt64(bytes[position + shift]) << UInt64(8 * shift) }
      position += 8
      hashes.insert(hash)
    }
    return hashes
  }

  private mutating func piece() throws(Contribution.Undecodable) -> Evidence {
    evidence[try number(upTo: evidence.count - 1)]
  }

  private mutating func string() throws(Contribution.Undecodable) -> String {
    strings[try number(upTo: strings.count - 1)]
  }

  private mutating func optionalString() throws(Contribution.Undecodable) -> String? {
    let number = try number(upTo: strings.count)
    return number == 0 ? nil : strings[number - 1]
  }

  private func demand(_ condition: Bool, _ reason: String) throws(Contribution.Undecodable) {
    guard condition else { throw Undecodable(reason: reason) }
  }

  /// A number of things that take a byte or more each.
  private mutating func count() throws(Contribution.Undecodable) -> Int {
    let count = try number()
    try demand(count <= bytes.count - position, "a list that runs past its end")
    return count
  }

  private mutating func number(upTo limit: Int) throws(Contribution.Undecodable) -> Int {
    let number = try number()
    try demand(number <= limit, "a number that names nothing")
    return number
  }

  private mutating func number() throws(Contribution.Undecodable) -> Int {
    var value = 0
    for shift in stride(from: 0, to: 49, by: 7) {
      guard position < bytes.count else { break }
      let byte = bytes[position]
      position += 1
      value |= Int(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
    }
    throw Undecodable(reason: "a number that runs past its end")
  }
}
