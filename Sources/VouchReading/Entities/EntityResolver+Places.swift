internal import VouchArticles
internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

extension EntityResolver {
  /// The place, or the country it stands for; `nil` for a name that may be an unlikely small town.
  func place(_ name: Name) -> Resolved? {
    let text = document.words(name.span)
    func made(_ entry: Gazetteer.Entry, _ kind: Entity.Kind, _ rule: Symbol, _ confidence: Double) -> Resolved {
      Resolved(
        key: entry.id, kind: kind, name: entry.name, entry: entry, span: name.span, rule: rule,
        confidence: min(name.confidence, Confidence(confidence)))
    }
    let known = entries(name)
    if let (entry, form) = known.first(where: { $0.entry.kind == .country && $0.form != .capital }) {
      return made(entry, .government, form == .metonym ? "entity.metonym.seat" : name.rule, 0.97)
    }
    // "Brussels fined a bank": the body that has its seat there, where nothing else speaks of the country.
    if let (body, _) = known.first(where: { $0.entry.kind == .organization && $0.form == .capital }),
      !known.contains(where: { $0.entry.kind == .country && namedCountries.contains($0.entry.id) }),
      metonymy.actsAsGovernment(name)
    {
      return made(body, .organization, "entity.metonym.seat", 0.8)
    }
    if let (country, _) = known.first(where: { $0.entry.kind == .country }), metonymy.actsAsGovernment(name) {
      return made(country, .government, "entity.metonym.capital", 0.85)
    }
    let isCapital = known.contains { $0.form == .capital }
    var best: (score: Double, entry: Gazetteer.Entry)?
    for (entry, _) in known where entry.kind == .city || entry.kind == .region {
      guard let score = score(entry, name, isCapital: isCapital) else { continue }
      if score > best?.score ?? 0 { best = (score, entry) }
    }
    if let best { return made(best.entry, .place, name.rule, 0.9) }
    if let (country, _) = known.first(where: { $0.entry.kind == .country }) {
      // A capital that no table of cities knows.
      return Resolved(
        key: "place " + text.folded, kind: .place, name: text, entry: nil, span: name.span, rule: name.rule,
        confidence: country.id.isEmpty ? Confidence(0) : name.confidence)
    }
    guard known.isEmpty else { return nil }
    return Resolved(
      key: "place " + text.folded, kind: .place, name: text, entry: nil, span: name.span, rule: name.rule,
      confidence: name.confidence)
  }

  /// How likely a name means a place, by size and by whether the article mentions its country; `nil` if unlikely.
  private func score(_ entry: Gazetteer.Entry, _ name: Name, isCapital: Bool) -> Double? {
    let isNear = entry.country.map(countries.contains) ?? true
    var score = isNear ? 3.0 : 0
    if entry.kind == .region {
      let next =
        document.tokens.indices.contains(name.tokens.upperBound) ? document.tokens[name.tokens.upperBound].norm : ""
      let isNamed = ["region", "oblast", "province", "state", "regions", "provinces"].contains(next)
      return score + 6.2 + (isNamed ? 4 : 0)
    }
    let population = entry.population ?? 0
    guard isNear || population >= 100_000 || isCapital else { return nil }
    var size = population
    while size >= 10 {
      score += 1
      size /= 10
    }
    return score + Double(size) / 10 + (isCapital ? 2 : 0)
  }
}
