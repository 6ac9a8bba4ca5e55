internal import VouchArticles
internal import VouchCore
internal import VouchKnowledge
internal import VouchStore

/// IRIs of the graph's resources under a base, and of the terms that describe them.
struct ResourceNames: Sendable {
  static let vocabulary = "https://vouch.example/ns#"
  static let scheme = "https://vouch.example/scheme/"

  let base: String

  /// A node's IRI: the base and its key.
  func node(_ key: String) -> String { base + Self.segment(key) }

  /// A source text's IRI.
  func source(_ source: GraphFile.Source) -> String {
    base + "text/\(source.layer.rawValue)/" + Self.segment(source.article)
  }

  /// An edge's IRI: it depends on its ends and kind alone, so another graph names the same edge alike.
  func relation(_ subject: String, _ kind: EdgeKind, _ object: String) -> String {
    base + "relation/" + Self.hex(XXH64.hash("\(subject)\u{1F}\(kind.name)\u{1F}\(object)".utf8))
  }

  /// What the IRIs of a node's or edge's evidence begin with.
  func owner(_ iri: String) -> String { base + "evidence/\(Self.hex(XXH64.hash(iri.utf8)))/" }

  /// The IRI of a piece of evidence; its owner has no other of the same words and rule.
  func evidence(_ proof: GraphFile.Proof, of owner: String) -> String {
    let range = proof.codePoints
    return owner + proof.source.layer.rawValue + "/" + Self.segment(proof.source.article)
      + "/\(range.lowerBound)-\(range.upperBound)/" + Self.segment(proof.rule)
  }

  /// The local name of an edge's property: `co-actor` is `coActor`.
  static func property(_ kind: EdgeKind) -> String {
    kind == .sameStoryAs ? "sameStoryAs" : String(describing: kind)
  }

  /// The local name of a node's class: `person` is `Person`.
  static func className(_ kind: NodeKind) -> String { kind.name.prefix(1).uppercased() + kind.name.dropFirst() }

  private static func hex(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// A key as part of a path: what has a meaning of its own in an IRI (`? # % [ ]`) is percent-encoded.
  private static func segment(_ key: String) -> String {
    guard key.utf8.contains(where: { [0x25, 0x3F, 0x23, 0x5B, 0x5D].contains($0) }) else { return key }
    var result = ""
    for scalar in key.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "?": result += "%3F"
      case "#": result += "%23"
      case "[": result += "%5B"
      case "]": result += "%5D"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
