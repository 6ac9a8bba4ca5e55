internal import VouchArticles
internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// Decides for each name of a document which entity it means.
struct EntityResolver {
  /// A name and its entity.
  struct Resolved {
    /// Names with equal keys mean one entity.
    var key: String
    var kind: Entity.Kind
    var name: String
    var entry: Gazetteer.Entry?
    var span: Span
    var rule: Symbol
    var confidence: Confidence
  }

  let document: Document
  let words: ReadingWords
  let metonymy: Metonymy
  /// The names that are read.
  private let names: [Name]
  private(set) var resolved: [Resolved] = []
  /// ISO codes of the countries that the article is about, by name, demonym or capital.
  private(set) var countries: Set<String> = []
  /// Gazetteer ids of those of them that a name or demonym of theirs tells of, not only their capital.
  private(set) var namedCountries: Set<String> = []
  private var fullNames: [String: FullName] = [:]
  private var byLastName: [String: [String]] = [:]
  private var byFirstName: [String: [String]] = [:]
  private var acronyms: [String: Int] = [:]
  /// Parts of the names of bodies, with the resolved names they belong to.
  private var bodies: [String: [Int]] = [:]

  private struct FullName {
    var name: String
    var entry: Gazetteer.Entry?
  }

  init(_ document: Document, _ words: ReadingWords, _ children: DependentLists) {
    self.document = document
    self.words = words
    metonymy = Metonymy(document, words, children)
    let people = Set(
      document.names.filter { $0.label == .person && $0.tokens.count > 1 }
        .map { document.words(document.tokens[$0.tokens.upperBound - 1].span) })
    let votes = Self.votes(document)
    let countries = Self.countries(document, words)
    let found = document.names.filter { Self.isEntity($0, document, words) }.flatMap { name in
      var name = name
      let text = document.words(name.span)
      if let label = votes[text], !people.contains(text) { name.label = label }
      name.label = Self.placeLabel(name, document, words, people, countries) ?? name.label
      return Self.divided(name, document)
    }
    names = KnownNames(document, words.gazetteer).added(to: found)
  }

  /// Inhabitants from which a town is better known than people who bear its name.
  private static let large = 200_000

  /// Whether a place is likely meant: it is no town, a large one, or lies in a country that the article names.
  private static func isLikely(_ entry: Gazetteer.Entry, _ named: Set<String>) -> Bool {
    entry.kind != .city || entry.population ?? 0 >= large || entry.country.map(named.contains) ?? false
  }

  /// ISO codes of the countries whose names or adjectives the model found.
  private static func countries(_ document: Document, _ words: ReadingWords) -> Set<String> {
    var found: Set<String> = []
    for name in document.names where name.label == .location || name.label == .group {
      for match in words.gazetteer.matches(for: document.words(name.span)) {
        if let code = words.gazetteer.entry(match.entry).country, words.gazetteer.entry(match.entry).kind == .country {
          found.insert(code)
        }
      }
    }
    return found
  }

  /// What a single word names that was taken for a person but is known as nothing but a place, or as nothing but a
  /// building; `nil` if somebody here bears it as a surname.
  private static func placeLabel(
    _ name: Name, _ document: Document, _ words: ReadingWords, _ surnames: Set<String>, _ countries: Set<String>
  ) -> Name.Label? {
    let first = name.tokens.lowerBound
    guard name.label == .person, name.tokens.count == 1,
      first == 0 || words.names.title(document.tokens[first - 1].norm) == nil
    else { return nil }
    let text = document.words(name.span)
    let isShouted = text.uppercased() == text
    let known = words.gazetteer.matches(for: isShouted ? text.prefix(1) + text.dropFirst().lowercased() : text)
      .filter { $0.form != .demonym }
    let kinds = Set(known.map { words.gazetteer.entry($0.entry).kind })
    guard !surnames.contains(text), known.contains(where: { isLikely(words.gazetteer.entry($0.entry), countries) })
    else { return nil }
    if kinds == [.facility] { return .facility }
    return kinds.isSubset(of: [.country, .city, .region]) ? .location : nil
  }

  /// For each single word that is named with several labels, the one that most of its names have, with what the references
  /// there are to; of equal ones, the first.
  private static func votes(_ document: Document) -> [String: Name.Label] {
    var kinds: [Int: Name.Label] = [:]
    for reference in document.references {
      switch reference.kind {
      case .person: kinds[reference.head] = .person
      case .organization: kinds[reference.head] = .organization
      case .place: kinds[reference.head] = .location
      default: break
      }
    }
    var counts: [String: [(label: Name.Label, count: Int)]] = [:]
    for name in document.names where name.tokens.count == 1 {
      guard [.person, .organization, .location].contains(name.label) else { continue }
      let text = document.words(name.span)
      for label in [name.label, kinds[name.tokens.lowerBound] ?? name.label] {
        if let index = counts[text]?.firstIndex(where: { $0.label == label }) {
          counts[text]?[index].count += 1
        } else {
          counts[text, default: []].append((label, 1))
        }
      }
    }
    return counts.filter { $0.value.count > 1 }.compactMapValues { votes in
      let most = votes.map(\.count).max() ?? 0
      return votes.first { $0.count == most }?.label
    }
  }

  /// The places of "Lyon, France", each alone.
  private static func divided(_ name: Name, _ document: Document) -> [Name] {
    guard name.label == .location, name.tokens.contains(where: { document.tokens[$0].norm == "," }) else {
      return [name]
    }
    return name.tokens.split { document.tokens[$0].norm == "," }.map { tokens in
      var part = name
      part.tokens = tokens.startIndex..<tokens.endIndex
      part.span = document.span(of: part.tokens)
      return part
    }
  }

  /// Whether a name is the beginning of a title before a name, as "Vice" in "Vice President".
  private static func isTitle(_ name: Name, _ document: Document, _ words: ReadingWords) -> Bool {
    guard name.label == .person, name.tokens.count == 1, name.tokens.upperBound < document.tokens.count else {
      return false
    }
    let pair = document.tokens[name.tokens.lowerBound].norm + " " + document.tokens[name.tokens.upperBound].norm
    return words.names.title(pair) != nil
  }

  /// Whether a name is read as an entity's: of a person, body, place or group, but no nationality that describes something.
  private static func isEntity(_ name: Name, _ document: Document, _ words: ReadingWords) -> Bool {
    guard document.isRead(token: name.tokens.lowerBound), !isTitle(name, document, words) else { return false }
    switch name.label {
    case .location:
      // "Soviet", "Alpine": a word that describes something is no place.
      return name.tokens.count > 1 || document.tokens[name.tokens.lowerBound].upos != .adj
        || !words.gazetteer.matches(for: document.words(name.span)).isEmpty
    case .person, .organization, .facility: return true
    case .group:
      guard let head = name.tokens.last, [.propn, .noun].contains(document.tokens[head].upos) else { return false }
      // A nationality is a people only in the plural: "Finns", but not "a Finnish court".
      return words.demonymCountry(document.words(name.span)) == nil
        || document.tokens[head].features.contains(.plural) && document.words(name.span).hasSuffix("s")
    case .event, .product, .date, .money: return false
    }
  }

  mutating func resolve() {
    collectCountries()
    collectPeople()
    for (index, name) in names.enumerated() {
      if let known = own(name) {
        resolved.append(known)
        continue
      }
      switch name.label {
      case .person: resolved.append(person(name))
      case .location:
        if let place = place(name) {
          resolved.append(place)
        } else if entries(name).contains(where: {
          [.facility, .organization].contains($0.entry.kind) && $0.form != .capital
        }) {
          resolved.append(organization(name, index))
        }
      default: resolved.append(organization(name, index))
      }
    }
  }

  /// The entry of a user's own table that bears a name, whatever the model takes the name for.
  private func own(_ name: Name) -> Resolved? {
    guard words.gazetteer.hasOwn else { return nil }
    let known = entries(name).filter { $0.form != .capital }.map(\.entry).filter(\.isOwn)
    // Of namesakes the one who has an office on the day.
    let day = document.article.metadata.published
    guard let entry = known.first(where: { $0.codes.map { ActorCode.isDated($0, on: day) } ?? false }) ?? known.first
    else { return nil }
    let kind: Entity.Kind =
      switch entry.kind {
      case .country: .government
      case .person: .person
      case .organization, .agency, .outlet: entry.government == nil ? .organization : .government
      case .facility: entry.government == nil ? .facility : .government
      case .region, .city: .place
      }
    return Resolved(
      key: entry.id, kind: kind, name: entry.name, entry: entry, span: name.span, rule: "entity.own-table",
      confidence: name.confidence)
  }

  func entries(_ name: Name) -> [(entry: Gazetteer.Entry, form: Gazetteer.Form)] {
    var matches = words.gazetteer.matches(for: document.words(name.span))
    if matches.isEmpty, name.label == .location || name.label == .facility,
      let space = document.words(name.span).lastIndex(of: " ")
    {
      let text = document.words(name.span)
      matches = words.gazetteer.matches(for: text[..<space] + text[space...].lowercased())
    }
    if matches.isEmpty {
      let capitalized = document.words(name.span).split(separator: " ").map {
        $0.prefix(1).uppercased() + $0.dropFirst().lowercased()
      }.joined(separator: " ")
      matches = words.gazetteer.matches(for: capitalized)
    }
    return matches.filter { $0.form != .demonym }.map { (words.gazetteer.entry($0.entry), $0.form) }
  }

  private mutating func collectCountries() {
    for name in names where name.label == .location {
      let known = entries(name)
      for (entry, form) in known where entry.kind == .country {
        if let country = entry.country { countries.insert(country) }
        if form != .capital { namedCountries.insert(entry.id) }
      }
      let regions = known.filter { $0.entry.kind == .region }
      if regions.count == 1, regions.count == known.count, let country = regions[0].entry.country {
        countries.insert(country)
      }
    }
    var seen: Set<String> = []
    let bytes = document.text.bytes
    for (index, token) in document.tokens.enumerated()
    where document.isRead(token: index) && (0x41...0x5A).contains(bytes[Int(token.span.start)])
      && seen.insert(token.norm).inserted
    {
      if let id = words.demonymCountry(document.words(token.span)), let country = words.gazetteer.entry(id).country {
        countries.insert(country)
        namedCountries.insert(words.gazetteer.entry(id).id)
      }
    }
  }

  // MARK: People

  private mutating func collectPeople() {
    for name in names where name.label == .person && name.tokens.count > 1 {
      let text = document.words(name.span)
      let people = entries(name).filter { $0.entry.kind == .person }
      let entry = people.count == 1 ? people[0].entry : nil
      let key = entry?.id ?? "person " + text.folded
      guard fullNames[key] == nil else { continue }
      fullNames[key] = FullName(name: entry?.name ?? text, entry: entry)
      let parts = text.folded.split(separator: " ").map(String.init)
      for (part, isLast) in [(parts.last ?? "", true), (parts.first ?? "", false)] where !part.isEmpty {
        if isLast { byLastName[part, default: []].append(key) } else { byFirstName[part, default: []].append(key) }
      }
    }
  }

  private func person(_ name: Name) -> Resolved {
    let text = document.words(name.span)
    func made(_ key: String, _ full: FullName?, _ rule: Symbol, _ confidence: Double) -> Resolved {
      Resolved(
        key: key, kind: .person, name: full?.name ?? text, entry: full?.entry, span: name.span, rule: rule,
        confidence: min(name.confidence, Confidence(confidence)))
    }
    if isFamily(name) {
      return Resolved(
        key: "group " + text.folded, kind: .group, name: text, entry: nil, span: name.span, rule: "entity.family",
        confidence: name.confidence)
    }
    let people = entries(name).filter { $0.entry.kind == .person }.map(\.entry)
    if name.tokens.count > 1 {
      let entry = people.count == 1 ? people[0] : nil
      let key = entry?.id ?? "person " + text.folded
      return made(key, fullNames[key], name.rule, 0.97)
    }
    let known = byLastName[text.folded] ?? []
    if known.count == 1 { return made(known[0], fullNames[known[0]], "entity.surname", 0.95) }
    if people.count == 1 {
      let isAmbiguous = known.contains { fullNames[$0]?.entry != nil && $0 != people[0].id }
      if known.isEmpty || known.contains(people[0].id) && !isAmbiguous {
        return made(people[0].id, FullName(name: people[0].name, entry: people[0]), name.rule, 0.85)
      }
    }
    if known.isEmpty, let first = byFirstName[text.folded], first.count == 1 {
      return made(first[0], fullNames[first[0]], "entity.first-name", 0.8)
    }
    return made("person " + text.folded, nil, name.rule, 0.7)
  }

  /// Whether a surname stands in the plural for several who bear it: "the Duartes".
  private func isFamily(_ name: Name) -> Bool {
    let first = name.tokens.lowerBound
    return name.tokens.count == 1 && document.tokens[first].xpos == "NNPS" && first > 0
      && document.tokens[first - 1].norm == "the"
  }

  // MARK: Organisations and facilities

  private mutating func organization(_ name: Name, _ index: Int) -> Resolved {
    let text = document.words(name.span)
    let wanted: Set<Gazetteer.Kind> = [.organization, .facility, .agency, .outlet]
    let found = entries(name).filter { $0.form != .capital }.map(\.entry).filter { wanted.contains($0.kind) }
    if let entry = found.first(where: { $0.kind == .organization || $0.kind == .facility }) ?? found.first {
      noteParts(text, resolved.count)
      let isGovernment = entry.government != nil
      let kind: Entity.Kind = isGovernment ? .government : entry.kind == .facility ? .facility : .organization
      return Resolved(
        key: entry.id, kind: kind, name: entry.name, entry: entry, span: name.span, rule: name.rule,
        confidence: name.confidence)
    }
    if found.isEmpty, entries(name).contains(where: { $0.entry.kind == .country && $0.form != .capital }),
      let country = place(name)
    {
      // "The US" and its like, taken for a body or a people.
      return country
    }
    let kind: Entity.Kind =
      name.label == .facility
      ? .facility : name.label == .group ? .group : name.label == .organization ? .organization : .other
    if let owner = acronyms[text] {
      var linked = resolved[owner]
      linked.span = name.span
      linked.rule = "entity.acronym"
      return linked
    }
    if let owner = whole(of: text) {
      var linked = resolved[owner]
      linked.span = name.span
      linked.rule = "entity.part"
      linked.confidence = Confidence(0.8)
      return linked
    }
    let made = Resolved(
      key: kind.rawValue + " " + text.folded, kind: kind, name: text, entry: nil, span: name.span, rule: name.rule,
      confidence: name.confidence)
    noteParts(text, resolved.count)
    noteAcronym(after: name, index: resolved.count)
    return made
  }

  /// The body whose longer name, mentioned before, begins or ends with a name of two words or more; `nil` if several do.
  private func whole(of text: String) -> Int? {
    let part = text.folded
    guard part.contains(" ") else { return nil }
    let owners = Set((bodies[part] ?? []).map { resolved[$0].key })
    return owners.count == 1 ? bodies[part]?.first : nil
  }

  /// Remembers the beginnings and ends of a body's name, of two words or more.
  private mutating func noteParts(_ text: String, _ index: Int) {
    let parts = text.folded.split(separator: " ")
    guard parts.count > 2, parts.count <= 12 else { return }
    for length in 2..<parts.count {
      bodies[parts.prefix(length).joined(separator: " "), default: []].append(index)
      bodies[parts.suffix(length).joined(separator: " "), default: []].append(index)
    }
  }

  /// Remembers "(IAEA)" after a name as another name of it, if its letters are the initials of the name.
  private mutating func noteAcronym(after name: Name, index: Int) {
    let next = name.tokens.upperBound
    guard next + 2 < document.tokens.count, document.tokens[next].norm == "(", document.tokens[next + 2].norm == ")"
    else { return }
    let acronym = document.words(document.tokens[next + 1].span)
    let initials = document.words(name.span).split(whereSeparator: { $0 == " " || $0 == "-" }).compactMap(\.first)
      .filter(\.isUppercase)
    if acronym.uppercased() == acronym, acronym.count > 1, Set(acronym).isSubset(of: Set(initials)) {
      acronyms[acronym] = index
    }
  }
}
