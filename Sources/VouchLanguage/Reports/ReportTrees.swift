internal import VouchCore

/// Puts the spans of a group in order by the dependency tree.
///
/// The model now and then takes two reports for one ("Berg said it rained although Dahl said it did not"), cuts a phrase in
/// the middle, or points to a source in another block. Where the tree shows which source and content belong to a cue, it
/// decides.
package struct ReportTrees {
  /// Heads that are climbed at most.
  private static let steps = 12
  /// Tokens between two pieces of a content that are the content's too, if they are neither source nor cue.
  private static let gap = 3
  /// Classes of words of which one alone is no content beside others.
  private static let light: Set<UPOS> = [.pron, .det, .sconj, .cconj, .adp, .part, .punct, .adv]
  private static let conjunct: Symbol = "conj"
  private static let completed: Set<Symbol> = ["ccomp", "xcomp", "obj", "obl", "advcl"]

  private let document: Document
  private let children: DependentLists
  private let subtrees: [ClosedRange<Int>]
  private let subjects: CueSubjects

  /// Prepares the trees of a document.
  ///
  /// - Complexity: O(n) in tokens.
  package init(_ document: Document) {
    self.document = document
    children = DependentLists(document.tokens)
    subtrees = children.subtrees
    subjects = CueSubjects(document, children: children)
  }

  /// The reports that a group of spans tells of: one, or one for each cue that has contents of its own.
  ///
  /// - Complexity: O(p²) in pieces of the group.
  package func reports(_ parts: ReportParts) -> [ReportParts] {
    split(parts).compactMap { one in
      var one = one
      one.source = source(of: one)
      one.content = content(of: one)
      return one.content.isEmpty ? nil : one
    }
  }

  // MARK: Several reports in one group

  private func split(_ parts: ReportParts) -> [ReportParts] {
    guard parts.cue.count > 1, parts.content.count > 1 else { return [parts] }
    let owners = parts.content.map { owner(of: $0, among: parts.cue) }
    let anchors = Set(owners).sorted()
    guard anchors.count > 1 else { return [parts] }
    var result = anchors.map { anchor in
      ReportParts(
        source: [], cue: [parts.cue[anchor]],
        content: zip(parts.content, owners).filter { $0.1 == anchor }.map(\.0))
    }
    for (index, cue) in parts.cue.enumerated() where !anchors.contains(index) {
      let owner = nearest(to: cue, among: anchors.map { parts.cue[$0] })
      result[owner].cue = (result[owner].cue + [cue]).sorted { $0.lowerBound < $1.lowerBound }
    }
    var free = parts.source
    for index in result.indices {
      guard let subject = subjects.subject(of: result[index].cue) else { continue }
      result[index].source = free.filter { $0.contains(subject) }
      free.removeAll { $0.contains(subject) }
    }
    for source in free {
      let owner = nearest(to: source, among: result.map { $0.cue[0] })
      if result[owner].source.isEmpty { result[owner].source = [source] }
    }
    return result
  }

  /// The cue that a content hangs on, or that hangs on it; else the nearest.
  private func owner(of content: Range<Int>, among cues: [Range<Int>]) -> Int {
    if let cue = climb(from: head(of: content), to: cues) { return cue }
    for (index, cue) in cues.enumerated() where climb(from: head(of: cue), to: [content]) != nil { return index }
    return nearest(to: content, among: cues)
  }

  private func nearest(to piece: Range<Int>, among others: [Range<Int>]) -> Int {
    others.indices.min { distance(piece, others[$0]) < distance(piece, others[$1]) } ?? 0
  }

  private func distance(_ one: Range<Int>, _ other: Range<Int>) -> Int {
    max(one.lowerBound - other.upperBound, other.lowerBound - one.upperBound)
  }

  // MARK: Source

  private func source(of parts: ReportParts) -> [Range<Int>] {
    guard let subject = subjects.subject(of: parts.cue), !parts.content.contains(where: { $0.contains(subject) })
    else {
      return near(parts.source, parts)
    }
    if let found = parts.source.first(where: { $0.contains(subject) }) {
      // Of several pieces, those that belong to the subject.
      return parts.source.filter { $0 == found || climb(from: head(of: $0), to: [found]) != nil }
    }
    let whole = subjects.source(of: parts.cue, taken: parts.content)
    let isCut = parts.source.contains { piece in whole.map { $0.overlaps(piece) } ?? false }
    let known = near(parts.source, parts)
    if let whole, known.isEmpty || isCut { return [whole] }
    return known
  }

  /// The pieces of a source that stand in the block of the cue, or of the content where there is no cue.
  private func near(_ source: [Range<Int>], _ parts: ReportParts) -> [Range<Int>] {
    guard let anchor = parts.cue.first?.lowerBound ?? parts.content.first?.lowerBound else { return source }
    return source.filter { document.tokens[$0.lowerBound].block == document.tokens[anchor].block }
  }

  // MARK: Content

  private func content(of parts: ReportParts) -> [Range<Int>] {
    let taken = parts.source + parts.cue
    var pieces: [Range<Int>] = []
    for piece in parts.content {
      let whole = completed(cut(piece, parts.cue), parts.cue, taken)
      if let last = pieces.last, whole.lowerBound - last.upperBound <= Self.gap,
        !taken.contains(where: { $0.overlaps(last.lowerBound..<whole.upperBound) })
      {
        pieces[pieces.count - 1] = last.lowerBound..<max(last.upperBound, whole.upperBound)
      } else if !whole.isEmpty {
        pieces.append(whole)
      }
    }
    let heavy = pieces.filter { piece in piece.contains { !Self.light.contains(document.tokens[$0].upos) } }
    return heavy.isEmpty ? pieces : heavy
  }

  /// A piece without what is coordinated with the cue: "said ⟦it rained⟧ and left".
  private func cut(_ piece: Range<Int>, _ cue: [Range<Int>]) -> Range<Int> {
    for token in cue.joined() {
      for child in children[token]
      where document.tokens[child].deprel == Self.conjunct && piece.contains(child) {
        let start = subtrees[child].lowerBound
        if start > piece.lowerBound, start < piece.upperBound { return piece.lowerBound..<start }
      }
    }
    return piece
  }

  /// A piece that breaks off inside a phrase, to the end of the phrase.
  private func completed(_ piece: Range<Int>, _ cue: [Range<Int>], _ taken: [Range<Int>]) -> Range<Int> {
    guard !piece.isEmpty else { return piece }
    var top = head(of: piece)
    for _ in 0..<Self.steps {
      guard let above = document.tokens[top].head, !cue.contains(where: { $0.contains(above) }) else { break }
      guard above > top, above - piece.upperBound < Self.gap, !taken.contains(where: { $0.contains(above) }) else {
        return piece
      }
      top = above
    }
    guard let above = document.tokens[top].head, cue.contains(where: { $0.contains(above) }),
      Self.completed.contains(document.tokens[top].deprel)
    else { return piece }
    var end = max(piece.upperBound, subtrees[top].upperBound + 1)
    for other in taken where other.lowerBound >= piece.upperBound { end = min(end, other.lowerBound) }
    while end > piece.upperBound, document.tokens[end - 1].upos == .punct { end -= 1 }
    return piece.lowerBound..<max(end, piece.upperBound)
  }

  // MARK: Trees

  /// The first token of a piece that depends on none of it.
  private func head(of piece: Range<Int>) -> Int {
    piece.first { token in
      guard let head = document.tokens[token].head else { return true }
      return !piece.contains(head)
    } ?? piece.lowerBound
  }

  /// The piece that the nearest of the words above a token lies in.
  private func climb(from token: Int, to pieces: [Range<Int>]) -> Int? {
    var token = token
    for _ in 0..<Self.steps {
      if let found = pieces.firstIndex(where: { $0.contains(token) }) { return found }
      guard let head = document.tokens[token].head else { return nil }
      token = head
    }
    return nil
  }
}
