internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// Whether words can refer to an entity, by number, gender and sort.
struct Agreement {
  private static let classes: [String: Int] = {
    var classes: [String: Int] = [:]
    for (index, words) in [
      ["he", "him", "his", "himself"], ["she", "her", "hers", "herself"], ["it", "its", "itself"],
      ["they", "them", "their", "theirs", "themselves"], ["i", "me", "my", "mine", "myself"],
      ["we", "us", "our", "ours", "ourselves"], ["who", "whom", "whose"],
    ].enumerated() {
      for word in words { classes[word] = index }
    }
    return classes
  }()
  private static let bodies: Set<Entity.Kind> = [.group, .organization, .government]
  private static let plural: Set<Symbol> = ["NNS", "NNPS"]
  /// Plural nouns that one body may go by: "the authorities".
  private static let collective: Set<String> = ["authority"]

  let document: Document

  /// Whether a pronoun is of the first person singular, or of the first person plural.
  func isFirstPerson(_ token: Int, plural: Bool) -> Bool {
    Self.classes[document.tokens[token].norm] == (plural ? 5 : 4)
  }

  /// Whether a pronoun is of the third person and may look for its antecedent in its sentence.
  func isThirdPerson(_ token: Int) -> Bool { (0...3).contains(Self.classes[document.tokens[token].norm] ?? -1) }

  /// Whether a description is of several.
  func isPlural(_ token: Int) -> Bool {
    Self.plural.contains(document.tokens[token].xpos) || document.tokens[token].upos == .num
  }

  /// Whether a reference can mean an entity.
  func allows(_ reference: Reference, _ entity: Entity) -> Bool {
    reference.form == .pronoun ? pronoun(reference.head, entity) : nominal(reference, entity)
  }

  private func pronoun(_ token: Int, _ entity: Entity) -> Bool {
    switch Self.classes[document.tokens[token].norm] {
    case 0: return entity.kind == .person && entity.entry?.gender != "f"
    case 1: return entity.kind == .person && entity.entry?.gender != "m"
    case 2: return entity.kind != .person && entity.kind != .group
    case 3, 5: return Self.bodies.contains(entity.kind)
    case 4: return entity.kind == .person
    case 6: return entity.kind == .person || entity.kind == .group
    default: return false
    }
  }

  /// What a body must be, or be called, for a description with this head to mean it.
  private static let exact: [String: Set<Entity.Kind>] = ["government": [.government], "police": []]

  private func nominal(_ reference: Reference, _ entity: Entity) -> Bool {
    let head = document.tokens[reference.head].lemma
    if let kinds = Self.exact[head], !kinds.contains(entity.kind), entity.entry?.kind != .country,
      !entity.name.folded.split(separator: " ").contains(Substring(head))
    {
      return false
    }
    if isPlural(reference.head), entity.kind != .group {
      return Self.bodies.contains(entity.kind) && Self.collective.contains(document.tokens[reference.head].lemma)
    }
    switch entity.kind {
    case .person: return reference.kind == .person
    case .group: return reference.kind == .person || reference.kind == .organization
    case .organization: return [.organization, .place, .object].contains(reference.kind)
    case .government: return [.organization, .place].contains(reference.kind)
    case .place, .facility: return [.place, .object, .organization].contains(reference.kind)
    case .other: return true
    }
  }
}
