/// What a node of the graph is.
///
/// The raw value is its code in graph files and never changes.
public enum NodeKind: UInt8, Sendable, CaseIterable {
  /// Whoever acts, speaks or holds a stance.
  case person = 1, organization = 2, government = 3, group = 4
  /// Where things happen; a country is also whoever governs it.
  case country = 5, city = 6, region = 7, facility = 8, place = 9
  /// A happening; what a stance is about when it is neither actor nor event; who is for or against what; an attribution.
  case event = 10, issue = 11, stance = 12, statement = 13
  /// The provenance side.
  case article = 14, outlet = 15, agency = 16, author = 17

  /// Name in output and queries, such as `person`.
  public var name: String { Self.names[Int(rawValue)] }

  /// The names by code, as describing a value takes a microsecond.
  private static let names = {
    var names = [String](repeating: "", count: 256)
    for kind in allCases { names[Int(kind.rawValue)] = String(describing: kind) }
    return names
  }()

  /// Whether such a node can act, speak or hold a stance.
  public var isActor: Bool {
    switch self {
    case .person, .organization, .government, .group, .country, .outlet, .agency, .author: true
    default: false
    }
  }

  /// Whether such a node is a place.
  public var isPlace: Bool {
    switch self {
    case .country, .city, .region, .facility, .place: true
    default: false
    }
  }

  /// The kind called `name`; `nil` if there is none.
  public init?(name: String) {
    guard let kind = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = kind
  }
}

/// What an edge of the graph says.
///
/// The raw value is its code in graph files and never changes.
public enum EdgeKind: UInt8, Sendable, CaseIterable {
  /// From an event to who acts, to whom, with whom, and where.
  case actor = 1, recipient = 2, coActor = 3, at = 4
  /// From an actor to a statement; from a statement to what it mentions.
  case said = 5, about = 6
  /// From an actor to a stance; from a stance to its target.
  case holds = 7, toward = 8
  /// From an article to the events, stances and statements it tells of.
  case reports = 9
  /// From an article to its outlet, agency and authors.
  case publishedBy = 10, fromAgency = 11, writtenBy = 12
  /// From a person to a body or country; from a place to the one it lies in.
  case memberOf = 13, leads = 14, partOf = 15
  /// Between two stances, statements or events; between two articles.
  case contradicts = 16, sameStoryAs = 17

  /// Name in output and queries, such as `co-actor`.
  public var name: String { Self.names[Int(rawValue)] }

  /// The names by code.
  private static let names = {
    var names = [String](repeating: "", count: 256)
    for kind in allCases { names[Int(kind.rawValue)] = kind.spelling }
    return names
  }()

  private var spelling: String {
    switch self {
    case .coActor: "co-actor"
    case .publishedBy: "published-by"
    case .fromAgency: "from-agency"
    case .writtenBy: "written-by"
    case .memberOf: "member-of"
    case .partOf: "part-of"
    case .sameStoryAs: "same-story-as"
    default: String(describing: self)
    }
  }

  /// Whether the edge tells where a report comes from rather than what it says.
  public var isProvenance: Bool {
    switch self {
    case .reports, .publishedBy, .fromAgency, .writtenBy, .sameStoryAs: true
    default: false
    }
  }

  /// The kind called `name`; `nil` if there is none.
  public init?(name: String) {
    guard let kind = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = kind
  }
}

/// A fact about a node that is no edge.
///
/// The raw value is its name in graph files and exports and never changes.
public enum Property: String, Sendable, CaseIterable {
  /// Another name under which articles mention the node; may occur several times.
  case alias
  /// Wikidata item; GeoNames id; ISO 3166-1 alpha-2 code of the country; degrees (WGS 84).
  case wikidata, geonames, country, latitude, longitude
  /// PLOVER type and mode; modality; date of an event as precise as known.
  case eventType = "event-type", eventMode = "event-mode", modality, date
  /// Code of an actor (`FRAGOV`) or event (`042`) in a scheme of event data.
  case code
  /// Polarity and kind of a stance.
  case polarity, stanceKind = "stance-kind"
  /// Form, cue and content of a statement.
  case form, cue, content
  /// An article's headline, address, day of publication, language, outlet and agency.
  case title, url, published, language, outlet, agency
  /// Why names or reports of several articles are this one node, such as `Alexey Ivanov: name.spelling`; may occur several times.
  case merge

  /// Whether a node may have several of it.
  public var isMultiple: Bool { self == .alias || self == .merge }
}
