internal import VouchArticles
internal import VouchCore
internal import VouchKnowledge
internal import VouchStore
internal import VouchXML

/// IRIs of the graph's resources under a base, and of the terms that describe them.
struct ResourceNames: Sendable {
  /// The base, escaped.
  let base: String

  init(base: String) { self.base = IRI.escaped(base) }

  /// A node's IRI: the base and its key.
  func node(_ key: String) -> String { IRI.escaped(base + Self.segment(key)) }

  /// A source text's IRI.
  func source(_ source: GraphFile.Source) -> String { IRI.escaped(base + "text/" + segment(ofEvidenceIn: source)) }

  /// What stands for a source in the IRIs of its evidence.
  func segment(ofEvidenceIn source: GraphFile.Source) -> String {
    IRI.escaped(source.layer.rawValue + "/" + Self.segment(source.article))
  }

  /// An edge's IRI.
  func relation(_ number: UInt64) -> String { base + "relation/" + Self.hex(number) }

  /// The number in the IRIs of a node's or edge's evidence; the owner has no other of the same words and rule.
  static func owner(_ iri: String) -> UInt64 { unsafe XXH64.hash(iri.utf8Span.span.bytes) }

  /// The local name of an edge's property: `co-actor` is `coActor`.
  static func property(_ kind: EdgeKind) -> StaticString {
    switch kind {
    case .actor: "actor"
    case .recipient: "recipient"
    case .coActor: "coActor"
    case .at: "at"
    case .said: "said"
    case .about: "about"
    case .holds: "holds"
    case .toward: "toward"
    case .reports: "reports"
    case .publishedBy: "publishedBy"
    case .fromAgency: "fromAgency"
    case .writtenBy: "writtenBy"
    case .memberOf: "memberOf"
    case .leads: "leads"
    case .partOf: "partOf"
    case .contradicts: "contradicts"
    case .sameStoryAs: "sameStoryAs"
    }
  }

  /// The local name of a node's class: `person` is `Person`.
  static func className(_ kind: NodeKind) -> StaticString {
    switch kind {
    case .person: "Person"
    case .organization: "Organization"
    case .government: "Government"
    case .group: "Group"
    case .country: "Country"
    case .city: "City"
    case .region: "Region"
    case .facility: "Facility"
    case .place: "Place"
    case .event: "Event"
    case .issue: "Issue"
    case .stance: "Stance"
    case .statement: "Statement"
    case .article: "Article"
    case .outlet: "Outlet"
    case .agency: "Agency"
    case .author: "Author"
    }
  }

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
