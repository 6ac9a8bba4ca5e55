package import VouchCore

extension Features {
  /// The features that a word has by itself, whatever it stands in; verbs and wh-words get theirs from the tree.
  ///
  /// Where only the tree tells the case of a pronoun ("it", "you"), both cases are set.
  /// - Parameters:
  ///   - norm: Lower-cased form with plain apostrophes.
  ///   - lemma: Base form.
  package init(upos: UPOS, xpos: Symbol, norm: String, lemma: String) {
    switch upos {
    case .noun, .propn, .sym: self = Self.noun(xpos, norm)
    case .adj: self = Self.adjective(xpos, norm)
    case .adv: self = Self.adverb(xpos, norm)
    case .pron: self = Self.pronoun(xpos, norm)
    case .det: self = Self.determiners[norm] ?? []
    case .num: self = Self.numeral(norm)
    case .part: self = lemma == "not" || norm == "n't" || norm == "not" ? .negative : []
    case .intj: self = norm == "yes" ? .affirmative : norm == "no" ? .negative : []
    case .x: self = xpos == Self.foreignTag ? .foreign : []
    case .verb, .aux, .adp, .cconj, .sconj, .punct: self = []
    }
  }

  private static func noun(_ xpos: Symbol, _ norm: String) -> Features {
    switch xpos {
    case singularTag: return .singular
    case nameTag: return months.contains(norm) ? [.abbreviation, .singular] : .singular
    case pluralTag, pluralNameTag:
      if norm.utf8.first.map({ (0x30...0x39).contains($0) }) == true { return [.pluraleTantum, .combined, .cardinal] }
      return pluralOnly.contains(norm) ? .pluraleTantum : .plural
    case foreignTag where norm == "etc" || norm == "etc.": return [.abbreviation, .plural]
    default: return []
    }
  }

  private static func adjective(_ xpos: Symbol, _ norm: String) -> Features {
    adjectiveDegrees[xpos] ?? Features.positive.union(ordinal(norm))
  }

  private static func adverb(_ xpos: Symbol, _ norm: String) -> Features {
    adverbDegrees[xpos] ?? adverbs[norm] ?? ordinal(norm)
  }

  private static func ordinal(_ norm: String) -> Features {
    if ordinals.contains(norm) { return [.numberWord, .ordinal] }
    let isDigit = norm.utf8.first.map { (0x30...0x39).contains($0) } == true
    let isOrdinal = isDigit && ["st", "nd", "rd", "th"].contains { norm.hasSuffix($0) }
    return isOrdinal ? [.combined, .ordinal] : []
  }

  private static func numeral(_ norm: String) -> Features {
    let digits = norm.utf8.count { (0x30...0x39).contains($0) }
    let letters = norm.unicodeScalars.contains { $0.properties.isAlphabetic }
    if digits > 0 {
      if letters {
        return [.combined, ["st", "nd", "rd", "th"].contains { norm.hasSuffix($0) } ? .ordinal : .cardinal]
      }
      let dot = norm.utf8.firstIndex(of: 0x2E)
      let isDecimal = dot != nil && norm.utf8.count { $0 == 0x2E } == 1 && !norm.hasSuffix(".")
      return [.digits, isDecimal || norm.contains("/") && digits == 2 ? .fraction : .cardinal]
    }
    if norm.utf8.allSatisfy({ "ivx".utf8.contains($0) }) { return [.roman, .cardinal] }
    if ["m", "k", "b", "bn", "t"].contains(norm) { return [.abbreviation, .numberWord, .cardinal] }
    return [.numberWord, ["half", "quarter"].contains(norm) ? .fraction : .cardinal]
  }

  private static func pronoun(_ xpos: Symbol, _ norm: String) -> Features {
    if xpos == relativeOwnTag { return .possessive }
    if xpos == ownTag, norm == "her" { return [.genitive, .feminine, .singular, .third, .possessive, .personal] }
    if norm == "'s" { return [.accusative, .plural, .first, .personal] }
    if norm == "that" { return xpos == demonstrativeTag ? [.singular, .demonstrative] : [] }
    return pronouns[norm] ?? (xpos == ownTag ? [.genitive, .possessive, .personal] : [])
  }
}

extension Features {
  private static let singularTag: Symbol = "NN", nameTag: Symbol = "NNP", pluralTag: Symbol = "NNS"
  private static let pluralNameTag: Symbol = "NNPS", foreignTag: Symbol = "FW", ownTag: Symbol = "PRP$"
  private static let relativeOwnTag: Symbol = "WP$", demonstrativeTag: Symbol = "DT"
  private static let adjectiveDegrees: [Symbol: Features] = ["JJR": .comparative, "JJS": .superlative]
  private static let adverbDegrees: [Symbol: Features] = ["RBR": .comparative, "RBS": .superlative]

  private static let months: Set<String> = [
    "jan", "jan.", "feb", "feb.", "mar", "mar.", "apr", "apr.", "aug", "aug.", "sep", "sep.", "sept", "sept.", "oct",
    "oct.", "nov", "nov.", "dec", "dec.", "mon.", "tue.", "tues.", "wed.", "thu.", "thurs.", "fri", "fri.", "sat.",
    "sun.",
  ]
  private static let pluralOnly: Set<String> = [
    "clothes", "contents", "goods", "grounds", "headquarters", "manners", "means", "netherlands", "outskirts",
    "philippines", "politics", "premises", "proceeds", "regards", "remains", "savings", "supplies", "troops",
  ]
  private static let ordinals: Set<String> = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "twentieth", "hundredth",
  ]

  private static let pronouns: [String: Features] = {
    var words: [String: Features] = [:]
    func add(_ list: String, _ features: Features) {
      for word in list.split(separator: " ") { words[String(word)] = features }
    }
    func personal(
      _ person: Features, _ number: Features, _ subject: String, _ object: String, _ own: String, _ self: String
    ) {
      add(subject, [.nominative, person, number, .personal])
      add(object, [.accusative, person, number, .personal])
      add(own, [.genitive, person, number, .possessive, .personal])
      add(self, [.accusative, person, number, .personal, .reflexive])
    }
    personal(.first, .singular, "i", "me", "my mine", "myself")
    personal(.first, .plural, "we", "us", "our ours", "ourselves")
    personal(.second, [], "ye", "thee", "your yours", "yourself")
    personal(.third, .plural, "they", "them 'em", "their theirs", "themselves themself")
    personal([.third, .masculine], .singular, "he", "him", "his", "himself")
    personal([.third, .feminine], .singular, "she", "her", "hers", "herself")
    personal([.third, .neuter], .singular, "", "", "its", "itself")
    add("yourselves", [.accusative, .plural, .second, .personal, .reflexive])
    add("it", [.nominative, .accusative, .neuter, .singular, .third, .personal])
    add("you", [.nominative, .accusative, .second, .personal])
    add("this", [.singular, .demonstrative])
    add("these those", [.plural, .demonstrative])
    add("something anyone anything someone somebody anybody", [.singular, .indefinitePronoun])
    add("everything everyone everybody", [.singular, .total])
    add("nothing nobody one", [.singular, .negativePronoun])
    add("none", .negativePronoun)
    return words
  }()

  private static let determiners: [String: Features] = [
    "the": [.definite, .article], "a": [.indefinite, .article], "an": [.indefinite, .article],
    "this": [.singular, .demonstrative], "that": [.singular, .demonstrative], "these": [.plural, .demonstrative],
    "those": [.plural, .demonstrative], "some": .indefinitePronoun, "any": .indefinitePronoun,
    "another": .indefinitePronoun, "either": .indefinitePronoun, "such": .indefinitePronoun,
    "quite": .indefinitePronoun, "many": .indefinitePronoun, "all": .total, "every": .total, "each": .total,
    "both": .total, "no": .negativePronoun, "neither": .negativePronoun,
    "half": [.numberWord, .fraction, .indefinitePronoun],
  ]

  private static let adverbs: [String: Features] = {
    var words: [String: Features] = [:]
    for word in ["now", "then", "there", "here"] { words[word] = .demonstrative }
    for word in ["well", "far", "soon", "long", "hard", "early", "late", "badly", "high", "close", "fast"] {
      words[word] = .positive
    }
    for word in ["ever", "sometimes", "anywhere", "somewhere", "either", "sometime", "anytime", "someplace"] {
      words[word] = .indefinitePronoun
    }
    for word in ["never", "nowhere", "neither"] { words[word] = .negativePronoun }
    for word in ["always", "everywhere"] { words[word] = .total }
    for word in ["first", "second", "third"] { words[word] = [.numberWord, .ordinal] }
    for word in ["once", "twice"] { words[word] = [.numberWord, .multiplicative] }
    return words
  }()
}
