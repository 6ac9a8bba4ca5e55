internal import VouchArticles
internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// Names of two words or more that the gazetteer knows, and all names of a user's own tables, where the model found none or a
/// part of one.
struct KnownNames {
  private static let mostTokens = 6
  private static let rule: Symbol = "name.gazetteer"

  private let document: Document
  private let gazetteer: Gazetteer

  init(_ document: Document, _ gazetteer: Gazetteer) {
    self.document = document
    self.gazetteer = gazetteer
  }

  /// The names and the known ones, ascending, not overlapping; a known name goes before names that lie inside it.
  ///
  /// - Complexity: O(n) in tokens.
  func added(to names: [Name]) -> [Name] {
    var result: [Name] = []
    var next = 0
    var token = 0
    while token < document.tokens.count {
      while next < names.count, names[next].tokens.lowerBound < token {
        if names[next].tokens.lowerBound >= result.last?.tokens.upperBound ?? 0 { result.append(names[next]) }
        next += 1
      }
      if let last = result.last, last.tokens.upperBound > token {
        token = last.tokens.upperBound
        continue
      }
      guard let known = known(at: token) else {
        token += 1
        continue
      }
      let inside = names[next...].prefix { $0.tokens.lowerBound < known.tokens.upperBound }
      if inside.allSatisfy({ $0.tokens.upperBound <= known.tokens.upperBound && $0.tokens != known.tokens }) {
        result.append(known)
        next += inside.count
        token = known.tokens.upperBound
      } else {
        token += 1
      }
    }
    result += names[next...].filter { $0.tokens.lowerBound >= result.last?.tokens.upperBound ?? 0 }
    return result
  }

  /// The longest known name that begins at a token; `nil` where none does.
  private func known(at token: Int) -> Name? {
    let first = document.tokens[token]
    guard document.isRead(token: token), first.upos == .propn || first.upos == .adj || first.upos == .noun,
      document.words(first.span).unicodeScalars.first?.properties.isUppercase == true
    else { return nil }
    let end = min(token + Self.mostTokens, document.sentences[first.sentence].tokens.upperBound)
    for last in stride(from: end, to: token + 1, by: -1) {
      let span = document.span(of: token..<last)
      let match = gazetteer.matches(for: document.words(span)).first { $0.form != .demonym }
      guard let match, let label = Self.label(gazetteer.entry(match.entry).kind) else { continue }
      return Name(tokens: token..<last, span: span, label: label, rule: Self.rule, confidence: Confidence(0.9))
    }
    guard gazetteer.hasOwn, first.upos == .propn,
      let own = gazetteer.matches(for: document.words(first.span)).first(where: {
        $0.form != .demonym && gazetteer.isOwn($0.entry)
      }), let label = Self.label(gazetteer.entry(own.entry).kind)
    else { return nil }
    return Name(tokens: token..<token + 1, span: first.span, label: label, rule: Self.rule, confidence: Confidence(0.9))
  }

  private static func label(_ kind: Gazetteer.Kind) -> Name.Label? {
    switch kind {
    case .person: return .person
    case .country, .region, .city: return .location
    case .facility: return .facility
    case .organization, .agency, .outlet: return .organization
    }
  }
}
