internal import VouchCore
internal import VouchKnowledge
internal import VouchStore

/// The terms that exports use; all are in published vocabularies or in `Ontology/vouch.ttl`.
enum Terms {
  static let label = Term(.rdfs, "label")
  static let subject = Term(.rdf, "subject")
  static let predicate = Term(.rdf, "predicate")
  static let object = Term(.rdf, "object")
  static let value = Term(.rdf, "value")
  static let statement = Term(.rdf, "Statement")
  static let sameAs = Term(.owl, "sameAs")
  static let altLabel = Term(.skos, "altLabel")

  static let sourceText = Term(.v, "SourceText")
  static let relation = Term(.v, "Relation")
  static let article = Term(.v, "article")
  static let layer = Term(.v, "layer")
  static let evidence = Term(.v, "evidence")
  static let mentions = Term(.v, "mentions")
  static let articles = Term(.v, "articles")
  static let sources = Term(.v, "sources")
  static let geonames = Term(.v, "geonames")
  static let country = Term(.v, "country")
  static let code = Term(.v, "code")
  static let eventType = Term(.v, "eventType")
  static let eventMode = Term(.v, "eventMode")
  static let modality = Term(.v, "modality")
  static let polarity = Term(.v, "polarity")
  static let stanceKind = Term(.v, "stanceKind")
  static let attributionForm = Term(.v, "attributionForm")
  static let date = Term(.v, "date")
  static let cue = Term(.v, "cue")
  static let content = Term(.v, "content")
  static let merge = Term(.v, "merge")
  static let sentence = Term(.v, "sentence")
  static let rule = Term(.v, "rule")
  static let confidence = Term(.v, "confidence")

  static let context = Term(.nif, "Context")
  static let isString = Term(.nif, "isString")
  static let sourceURL = Term(.nif, "sourceUrl")
  static let referenceContext = Term(.nif, "referenceContext")
  static let beginIndex = Term(.nif, "beginIndex")
  static let endIndex = Term(.nif, "endIndex")
  static let anchorOf = Term(.nif, "anchorOf")
  static let start = Term(.oa, "start")
  static let end = Term(.oa, "end")
  static let exact = Term(.oa, "exact")
  static let evidenceTypes = [
    Term(.v, "Evidence"), Term(.nif, "OffsetBasedString"), Term(.oa, "TextPositionSelector"),
    Term(.oa, "TextQuoteSelector"),
  ]

  static let wasDerivedFrom = Term(.prov, "wasDerivedFrom")
  static let wasGeneratedBy = Term(.prov, "wasGeneratedBy")
  static let wasAttributedTo = Term(.prov, "wasAttributedTo")
  static let wasAssociatedWith = Term(.prov, "wasAssociatedWith")
  static let softwareAgent = Term(.prov, "SoftwareAgent")
  static let activity = Term(.prov, "Activity")
  static let entity = Term(.prov, "Entity")

  static let semEventType = Term(.sem, "eventType")
  static let hasTimeStamp = Term(.sem, "hasTimeStamp")
  static let lat = Term(.wgs84, "lat")
  static let long = Term(.wgs84, "long")
  static let issued = Term(.dcterms, "issued")
  static let language = Term(.dcterms, "language")
  static let source = Term(.dcterms, "source")
  static let title = Term(.dcterms, "title")
  static let description = Term(.dcterms, "description")
  static let conformsTo = Term(.dcterms, "conformsTo")

  static let dataset = Term(.void, "Dataset")
  static let vocabulary = Term(.void, "vocabulary")
  static let uriSpace = Term(.void, "uriSpace")
  static let entities = Term(.void, "entities")
  static let triples = Term(.void, "triples")

  /// The classes of a node: ours first, then those of published vocabularies.
  static func types(of kind: NodeKind, form: String?) -> [Term] {
    let own = Term(.v, ResourceNames.className(kind))
    let actor = Term(.sem, "Actor")
    let place = Term(.sem, "Place")
    switch kind {
    case .person, .author: return [own, actor, Term(.foaf, "Person")]
    case .organization, .outlet, .agency, .government: return [own, actor, Term(.org, "Organization")]
    case .group: return [own, actor, Term(.foaf, "Group")]
    case .country: return [own, actor, place]
    case .city, .region, .facility, .place: return [own, place]
    case .event: return [own, Term(.sem, "Event")]
    case .issue: return [own, Term(.skos, "Concept")]
    case .stance: return [own, Term(.grasp, "Attribution")]
    case .statement: return [own, Term(.schema, form == "indirect" ? "Claim" : "Quotation")]
    case .article: return [own, Term(.schema, "NewsArticle"), entity]
    }
  }

  /// The property of a published vocabulary that says what an edge says, from its object to its subject if it is inverse;
  /// `nil` where there is none, or where another edge between the same nodes says it already.
  static func published(_ edge: GraphFile.Edge, in view: GraphView) throws(Corruption) -> (term: Term, isInverse: Bool)?
  {
    switch edge.kind {
    case .actor: return (Term(.sem, "hasActor"), false)
    case .recipient, .coActor:
      return try isFirstParticipation(edge, in: view) ? (Term(.sem, "hasActor"), false) : nil
    case .at: return (Term(.sem, "hasPlace"), false)
    case .said: return (Term(.schema, "spokenByCharacter"), true)
    case .about: return (Term(.schema, "about"), false)
    case .holds: return (Term(.grasp, "wasAttributedTo"), true)
    case .toward: return (Term(.grasp, "hasAttribution"), true)
    case .reports: return (Term(.schema, "mentions"), false)
    case .publishedBy: return (Term(.dcterms, "publisher"), false)
    case .fromAgency: return (wasAttributedTo, false)
    case .writtenBy: return (Term(.schema, "author"), false)
    case .memberOf: return (Term(.org, "memberOf"), false)
    case .leads: return (Term(.org, "headOf"), false)
    case .partOf: return (Term(.dcterms, "isPartOf"), false)
    case .contradicts: return (Term(.cito, "disagreesWith"), false)
    case .sameStoryAs: return (Term(.prov, "alternateOf"), false)
    }
  }

  /// Whether no edge before this one says that the event has this participant.
  private static func isFirstParticipation(_ edge: GraphFile.Edge, in view: GraphView) throws(Corruption) -> Bool {
    let others = try view.graph.outgoing(edge.subject)
    // An event with hundreds of participants does without rather than take time that grows with their square.
    guard others.count <= 256 else { return false }
    for index in others where view.contains(edge: index) {
      let other = try view.graph.edge(index)
      let isParticipation = other.kind == .actor || other.kind == .recipient || other.kind == .coActor
      if isParticipation, other.object == edge.object, other.kind.rawValue < edge.kind.rawValue { return false }
    }
    return true
  }
}
