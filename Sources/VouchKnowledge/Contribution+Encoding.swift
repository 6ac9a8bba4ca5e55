internal import VouchCore

extension Contribution {
  /// Everything but the article's id and texts, as bytes that `init(article:text:given:decoding:)` reads; a function of the
  /// contribution alone.
  ///
  /// The layout is part of the format of graph files (see the format document, "Contributions").
  ///
  /// - Complexity: O(n log n).
  public var encoded: [UInt8] {
    var encoder = ContributionEncoder(self)
    return encoder.bytes()
  }
}

/// Writes a contribution as varints, with tables of its distinct strings and pieces of evidence.
private struct ContributionEncoder {
  private let contribution: Contribution
  private var strings: [[UInt8]] = []
  /// By bytes, as Swift's own equality of strings would take two spellings of one accent for the same string.
  private var stringNumbers: [[UInt8]: Int] = [:]
  private let evidence: [Evidence]
  private var evidenceNumbers: [Evidence: Int] = [:]
  private var output: [UInt8] = []

  init(_ contribution: Contribution) {
    self.contribution = contribution
    let distinct = Set(contribution.nodes.flatMap(\.evidence) + contribution.edges.map(\.evidence))
    evidence = distinct.sorted { a, b in
      if a.source != b.source { return a.source < b.source }
      if a.span != b.span { return a.span < b.span }
      if a.rule != b.rule { return a.rule.string.precedesBytewise(b.rule.string) }
      return a.confidence < b.confidence
    }
    for (number, piece) in evidence.enumerated() { evidenceNumbers[piece] = number }
  }

  mutating func bytes() -> [UInt8] {
    sentences()
    pieces()
    number(contribution.nodes.count)
    for node in contribution.nodes { write(node) }
    number(contribution.edges.count)
    for edge in contribution.edges {
      number(edge.subject)
      number(Int(edge.kind.rawValue))
      number(edge.object)
      number(evidenceNumbers[edge.evidence] ?? 0)
    }
    number(contribution.happenings.count)
    for happening in contribution.happenings {
      number(happening.node)
      hashes(happening.trigger)
      hashes(happening.context)
    }
    number(contribution.deniedClaims.count)
    for claim in contribution.deniedClaims { numbers([claim.stance, claim.event]) }
    let body = output
    output = []
    number(ContributionLayout.version)
    number(strings.count)
    for string in strings {
      number(string.count)
      output += string
    }
    return output + body
  }

  private mutating func sentences() {
    number(contribution.published.map { ContributionLayout.zigzag($0) + 1 } ?? 0)
    number(contribution.sentences.count)
    var end: UInt32 = 0
    for sentence in contribution.sentences {
      numbers([Int(sentence.start - end), sentence.count])
      end = sentence.end
    }
    var runs: [Range<Int>] = []
    for sentence in contribution.story.sentences {
      if let last = runs.last, last.upperBound == sentence {
        runs[runs.count - 1] = last.lowerBound..<sentence + 1
      } else {
        runs.append(sentence..<sentence + 1)
      }
    }
    number(runs.count)
    var place = 0
    for run in runs {
      numbers([run.lowerBound - place, run.count])
      place = run.upperBound
    }
  }

  private mutating func pieces() {
    for source in [SourceID(0), Contribution.metadataSource] {
      let own = evidence.filter { $0.source == source }
      number(own.count)
      var start: UInt32 = 0
      for piece in own {
        numbers([Int(piece.span.start - start), piece.span.count])
        string(piece.rule.string)
        number(Int(piece.confidence.thousandths))
        start = piece.span.start
      }
    }
  }

  private mutating func write(_ node: Contribution.Node) {
    number(Int(node.kind.rawValue))
    switch node.key {
    case .shared(let key):
      number(0)
      string(key)
    case .own(let key):
      number(1)
      string(key)
    case .stance(let holder, let manner, let target):
      numbers([2, holder])
      string(manner)
      number(target)
    }
    switch node.label {
    case .given(let label):
      number(0)
      string(label)
    case .fullestAlias: number(1)
    case .usualAlias: number(2)
    case .event(let actors, let recipients):
      numbers([3, actors.count] + actors + [recipients.count] + recipients)
    case .stance: number(4)
    case .statement(let speaker, let content):
      numbers([5, speaker])
      string(content)
    }
    optional(node.name)
    optional(node.linkRule)
    for list in [node.aliases, node.knownAliases] {
      number(list.count)
      for name in list { string(name) }
    }
    number(node.properties.count)
    for property in Property.allCases {
      guard let value = node.properties[property] else { continue }
      string(property.rawValue)
      string(value)
    }
    number(node.evidence.count)
    for piece in node.evidence { number(evidenceNumbers[piece] ?? 0) }
  }

  private mutating func hashes(_ set: Set<UInt64>) {
    number(set.count)
    for hash in set.sorted() {
      for shift in 0..<8 { output.append(UInt8(truncatingIfNeeded: hash >> UInt64(8 * shift))) }
    }
  }

  private mutating func optional(_ string: String?) {
    if let string { number(self.number(of: string) + 1) } else { number(0) }
  }

  private mutating func string(_ string: String) { number(number(of: string)) }

  private mutating func number(of string: String) -> Int {
    let bytes = Array(string.utf8)
    if let known = stringNumbers[bytes] { return known }
    stringNumbers[bytes] = strings.count
    strings.append(bytes)
    return strings.count - 1
  }

  private mutating func numbers(_ values: [Int]) { for value in values { number(value) } }

  private mutating func number(_ value: Int) {
    var value = UInt64(value)
    while value >= 0x80 {
      output.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    output.append(UInt8(value))
  }
}

/// What the two sides of the encoding agree on.
enum ContributionLayout {
  static let version = 1
  /// A number with its sign as the lowest bit.
  static func zigzag(_ value: Int) -> Int { value << 1 ^ value >> 63 }
  static func unzigzag(_ value: Int) -> Int { value >> 1 ^ -(value & 1) }
}
