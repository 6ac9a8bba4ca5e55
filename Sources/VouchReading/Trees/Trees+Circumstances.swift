internal import VouchCore
internal import VouchLanguage

extension Trees {
  /// For each time expression, the predicate or event noun that it dates: the nearest verb above it, or the noun it hangs on.
  func datedWords() -> [Int: Int] {
    var dated: [Int: Int] = [:]
    var token = 0
    while token < timeOver.count {
      let time = timeOver[token]
      guard time >= 0 else {
        token += 1
        continue
      }
      var end = token
      while end < timeOver.count, timeOver[end] == time { end += 1 }
      if let head = head(of: token..<end), let governor = self.head(head), dated[governor] == nil {
        if [.date, .time].contains(document.times[time].kind) { dated[governor] = time }
      }
      token = end
    }
    return dated
  }

  /// When something happens: the time in the trigger's own clause, or, where the clause has none, that of the clause it serves.
  func time(_ trigger: Int, _ dated: [Int: Int]) -> Int? {
    var current = trigger
    for _ in 0..<Self.climb {
      if let time = below(current, dated) { return time }
      guard let above = head(current) else { return nil }
      switch relations[current] {
      case .obj, .nsubj, .nsubjPass, .obl, .xcomp, .advcl, .conj, .acl, .appos: current = above
      case .nmod:
        guard upos(trigger) == .noun else { return nil }
        current = above
      default: return nil
      }
    }
    return nil
  }

  /// A time that hangs on a word, or on nouns of the same clause below it, to which parsers often tie it.
  private func below(_ token: Int, _ dated: [Int: Int]) -> Int? {
    if let time = dated[token] { return time }
    for child in children[token] {
      switch relations[child] {
      case .obj, .obl, .nmod, .oblAgent, .xcomp:
        if child > token, let time = dated[child] { return time }
        for inner in children[child] where relations[inner] == .nmod || relations[inner] == .obl {
          if inner > token, let time = dated[inner] { return time }
        }
      case .advcl, .acl:
        // "accused Japan of spying on Monday"
        if document.tokens[child].xpos == Self.gerund, let time = dated[child] { return time }
      default: break
      }
    }
    return nil
  }

  private static let gerund: Symbol = "VBG"
  private static let locatives: Set<String> = [
    "in", "at", "near", "outside", "inside", "on", "across", "around", "over",
  ]

  /// Where something happens: a place after "in", "at" or the like in the trigger's clause.
  func place(_ trigger: Int, besides taken: [Int]) -> Part? {
    var current = trigger
    for _ in 0..<3 {
      for child in children[current] where [.obl, .nmod, .obj].contains(relations[child]) {
        guard children[child].contains(where: { relations[$0] == .caseMark && Self.locatives.contains(norm($0)) })
        else { continue }
        if let found = parts(child).first(where: { isPlace(entity: $0.entity) && !taken.contains($0.entity) }) {
          return found
        }
        // "in an apartment in Oslo"
        for inner in children[child] where relations[inner] == .nmod {
          if let found = parts(inner).first(where: { isPlace(entity: $0.entity) && !taken.contains($0.entity) }) {
            return found
          }
        }
      }
      guard let above = head(current), [.obj, .nsubj, .nsubjPass, .obl].contains(relations[current]),
        upos(trigger) == .noun
      else { return nil }
      current = above
    }
    return nil
  }
}
