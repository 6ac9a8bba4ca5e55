/// What files of nodes and edges tell of them, in the order of columns.
///
/// One list serves all profiles of GraphML and all tables; `Profile` says which of them a file has and how they are called.
enum Attribute: Int, CaseIterable {
  /// How it is called: in full; as programs that draw it show it; as a class.
  case name, label, labels, labelV, labelE, interaction
  /// What it is: kind, canonical key, IRI.
  case kind, key, uri
  /// Independent sources; pieces of evidence; articles.
  case weight, mentions, articles
  /// Of an edge that stands for events, stances and statements: how many, and their IRIs.
  case folded, via
  /// Facts.
  case aliases, wikidata, geonames, country, code, latitude, longitude, eventType, eventMode, modality, date, polarity
  case stanceKind, form, cue, content, title, url, published, language, outlet, agency, merge
  /// First and last day; the first day as a number such as 20251228.
  case dateStart, dateEnd, dateNumber
  /// How it looks: red, green and blue from 0 to 255; `#rrggbb`; size; position.
  case r, g, b, color, size, x, y
  /// The first piece of evidence, and all of them as JSON where there are several.
  case provArticle, provUrl, provLayer, provSentence, provStart, provEnd, provQuote, rule, confidence, evidence
  /// Markup that only yEd reads.
  case graphics

  /// The types of GraphML.
  enum Kind: String { case string, int, double, float, graphics }

  /// The type of its values.
  var type: Kind {
    switch self {
    case .mentions, .articles, .folded, .dateNumber, .r, .g, .b, .provSentence, .provStart, .provEnd: .int
    case .weight, .latitude, .longitude, .confidence: .double
    case .size, .x, .y: .float
    case .graphics: .graphics
    default: .string
    }
  }

  /// Its name in files: `event_type` for `eventType`.
  var fileName: String {
    switch self {
    case .labelV: return "labelV"
    case .labelE: return "labelE"
    default:
      return String(describing: self).reduce(into: "") { name, letter in
        if letter.isUppercase { name.append("_") }
        name += letter.lowercased()
      }
    }
  }
}

extension Attribute {
  static let facts: [Attribute] = [
    .aliases, .wikidata, .geonames, .country, .code, .latitude, .longitude, .eventType, .eventMode, .modality, .date,
    .polarity,
    .stanceKind, .form, .cue, .content, .title, .url, .published, .language, .outlet, .agency, .merge,
  ]
  static let proof: [Attribute] = [
    .provArticle, .provUrl, .provLayer, .provSentence, .provStart, .provEnd, .provQuote, .rule, .confidence, .evidence,
  ]
}
