internal import VouchCore

/// Derives morphological features from tag, form, lemma and tree, by the rules of the English treebanks of Universal
/// Dependencies.
package struct FeatureRules {
  /// Dependents of a word that are looked at; the trees of input files may have any number.
  private static let mostChildren = 512

  private let tokens: [Token]
  private let sentence: Range<Int>
  /// First dependent of each word of the sentence, and the next one of the same head; -1 for none.
  private var firstChild: [Int]
  private var nextChild: [Int]

  /// Sets the features of the words of a sentence whose classes, tags, lemmas and heads are known.
  ///
  /// - Complexity: O(n) in the words, times the dependents of a word, of which at most 512 are looked at, and the depth of
  ///   coordination, which is looked up at most eight deep.
  package static func derive(_ tokens: inout [Token], sentence: Range<Int>) {
    for (index, features) in zip(sentence, features(tokens, sentence)) { tokens[index].features = features }
  }

  private static func features(_ tokens: [Token], _ sentence: Range<Int>) -> [Features] {
    let rules = FeatureRules(tokens, sentence)
    return sentence.map(rules.features(of:))
  }

  private init(_ tokens: [Token], _ sentence: Range<Int>) {
    self.tokens = tokens
    self.sentence = sentence
    firstChild = Array(repeating: -1, count: sentence.count)
    nextChild = firstChild
    for index in sentence.reversed() {
      guard let head = tokens[index].head, sentence.contains(head) else { continue }
      nextChild[index - sentence.lowerBound] = firstChild[head - sentence.lowerBound]
      firstChild[head - sentence.lowerBound] = index
    }
  }

  private func child(of head: Int, where matches: (Token) -> Bool) -> Int? {
    var index = firstChild[head - sentence.lowerBound]
    var seen = 0
    while index >= 0, seen < Self.mostChildren {
      if matches(tokens[index]) { return index }
      index = nextChild[index - sentence.lowerBound]
      seen += 1
    }
    return nil
  }

  private func features(of index: Int) -> Features {
    let token = tokens[index]
    var features = Features(upos: token.upos, xpos: token.xpos, norm: token.norm, lemma: token.lemma)
    if token.upos == .verb || token.upos == .aux {
      features.formUnion(verb(index))
    } else if Self.wh.contains(token.xpos) {
      features.formUnion(isRelative(index) ? .relative : .interrogative)
    } else if features.contains(.nominative), features.contains(.accusative) {
      features.remove(Self.subjects.contains(token.deprel) || token.deprel == Self.expl ? .accusative : .nominative)
    }
    if child(of: index, where: { $0.deprel == Self.fixed }) != nil {
      features.formUnion(Self.external[token.deprel] ?? [])
    }
    return features
  }

  // MARK: Verbs

  private func verb(_ index: Int) -> Features {
    switch Self.forms[tokens[index].xpos] {
    case .base: isImperative(index, 8) ? [.imperative, .finite] : .infinitive
    case .ing: isGerund(index, 8) ? .gerund : [.present, .participle]
    case .participle: [.past, .participle, isPassive(index, 8) ? .passive : []]
    case .past: [.indicative, .past, .finite, agreement(index)]
    case .present: [.indicative, .present, .finite, agreement(index)]
    case .third: [.indicative, .present, .finite, .third, .singular]
    case .modal: .finite
    case nil: []
    }
  }

  private func isImperative(_ index: Int, _ depth: Int) -> Bool {
    let token = tokens[index]
    let isHelper = token.deprel == Self.aux || token.deprel == Self.auxPassive || token.deprel == Self.cop
    let main = isHelper ? token.head ?? index : index
    var governs = false
    var isOrder = token.lemma == "do" && isHelper
    for other in [main, index] {
      if child(of: other, where: { $0.deprel == Self.mark || Self.subjects.contains($0.deprel) }) != nil {
        return false
      }
    }
    if let helper = child(of: main, where: { $0.deprel == Self.aux && $0.span != token.span && $0.span < token.span }) {
      governs = true
      isOrder = tokens[helper].lemma == "do" && Self.forms[tokens[helper].xpos] == .base
    }
    if governs || isOrder { return isOrder }
    if tokens[main].deprel == Self.conj, depth > 0, let head = tokens[main].head, sentence.contains(head) {
      guard Self.forms[tokens[head].xpos] == .base else { return false }
      return isImperative(head, depth - 1)
    }
    return tokens[main].head == nil || tokens[main].deprel == Self.parataxis
  }

  private func isGerund(_ index: Int, _ depth: Int) -> Bool {
    let token = tokens[index]
    if token.upos == .aux || child(of: index, where: { $0.deprel == Self.aux }) != nil { return false }
    if token.deprel == Self.conj, depth > 0, let head = token.head, sentence.contains(head) {
      return Self.forms[tokens[head].xpos] == .ing && isGerund(head, depth - 1)
    }
    return Self.gerundRelations.contains(token.deprel)
  }

  private func isPassive(_ index: Int, _ depth: Int) -> Bool {
    let token = tokens[index]
    if token.upos == .aux { return false }
    if child(of: index, where: { $0.deprel == Self.auxPassive }) != nil { return true }
    if child(of: index, where: { $0.deprel == Self.aux && $0.lemma == "have" }) != nil { return false }
    if token.deprel == Self.conj, depth > 0, let head = token.head, sentence.contains(head),
      Self.forms[tokens[head].xpos] == .participle
    {
      return isPassive(head, depth - 1)
    }
    return true
  }

  /// Person and number of the subject of a finite verb.
  private func agreement(_ index: Int) -> Features {
    if tokens[index].norm == "was", let subject = subject(of: index), tokens[subject].norm == "i" {
      return [.first, .singular]
    }
    if tokens[index].norm == "am" || tokens[index].norm == "'m" { return [.first, .singular] }
    // "Thank you", "Hope to see you": a present tense without a subject is the writer's own.
    var features: Features = Self.forms[tokens[index].xpos] == .present ? [.first, .singular] : [.third, .singular]
    if let subject = subject(of: index) {
      let own = tokens[subject]
      let lexical = Features(upos: own.upos, xpos: own.xpos, norm: own.norm, lemma: own.lemma)
      features = lexical.contains(.first) ? .first : lexical.contains(.second) ? .second : .third
      let isJoined = child(of: subject, where: { $0.deprel == Self.conj }) != nil
      let isPlural = isJoined || lexical.contains(.plural) || lexical.contains(.pluraleTantum)
      features.insert(isPlural ? .plural : .singular)
    }
    let token = tokens[index]
    if features == [.third, .singular], token.norm == "were" || Self.forms[token.xpos] == .present {
      return [.third, .plural]
    }
    return features
  }

  private func subject(of index: Int) -> Int? {
    var verb = index
    let relation = tokens[index].deprel
    if relation == Self.aux || relation == Self.auxPassive || relation == Self.cop {
      verb = tokens[index].head ?? index
    }
    for _ in 0..<8 where sentence.contains(verb) {
      if let found = child(of: verb, where: { Self.subjects.contains($0.deprel) }) {
        let isPronoun = Self.wh.contains(tokens[found].xpos)
        guard isPronoun, tokens[verb].deprel == Self.relativeClause else { return found }
        return tokens[verb].head
      }
      guard tokens[verb].deprel == Self.conj, let head = tokens[verb].head else { return nil }
      verb = head
    }
    return nil
  }

  // MARK: Relative words

  /// Whether a wh-word belongs to a relative clause rather than to a question.
  private func isRelative(_ index: Int) -> Bool {
    if child(of: index, where: { $0.deprel == Self.relativeClause || $0.deprel == Self.freeRelative }) != nil {
      return true
    }
    var word = index
    for _ in 0..<4 {
      guard let head = tokens[word].head, sentence.contains(head) else { return false }
      let relation = tokens[head].deprel
      if relation == Self.relativeClause || relation == Self.freeRelative { return true }
      if relation == Self.ccomp || relation == Self.advcl { return false }
      word = head
    }
    return false
  }
}

extension FeatureRules {
  private enum Form { case base, ing, participle, past, present, third, modal }
  private static let forms: [Symbol: Form] = [
    "VB": .base, "VBG": .ing, "VBN": .participle, "VBD": .past, "VBP": .present, "VBZ": .third, "MD": .modal,
  ]
  private static let wh: Set<Symbol> = ["WDT", "WP", "WRB", "WP$"]
  private static let subjects: Set<Symbol> = [
    "nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "csubj:outer",
  ]
  private static let gerundRelations: Set<Symbol> = [
    "acl", "amod", "xcomp", "csubj", "csubj:pass", "ccomp", "obj", "compound", "appos", "nsubj", "obl", "nmod",
  ]
  private static let external: [Symbol: Features] = [
    "case": Features.parse("ExtPos=ADP").features, "mark": Features.parse("ExtPos=SCONJ").features,
    "cc": Features.parse("ExtPos=CCONJ").features, "advmod": Features.parse("ExtPos=ADV").features,
    "obj": Features.parse("ExtPos=PRON").features, "obl": Features.parse("ExtPos=PRON").features,
    "nmod": Features.parse("ExtPos=PRON").features,
  ]
  private static let aux: Symbol = "aux", auxPassive: Symbol = "aux:pass", cop: Symbol = "cop", mark: Symbol = "mark"
  private static let conj: Symbol = "conj", parataxis: Symbol = "parataxis", fixed: Symbol = "fixed"
  private static let expl: Symbol = "expl", relativeClause: Symbol = "acl:relcl", freeRelative: Symbol = "advcl:relcl"
  private static let ccomp: Symbol = "ccomp", advcl: Symbol = "advcl"
}
