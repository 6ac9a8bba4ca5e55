/// Morphological features of a word: the names and values that the English treebanks of Universal Dependencies use.
///
/// One bit for each value, so that `Gender=Fem,Masc` is the union of two.
public struct Features: OptionSet, Hashable, Sendable {
  /// One bit for each pair of `pairs`.
  public let rawValue: UInt64
  /// Makes a set from its bits.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// Names and values; the bit of a pair is its index.
  ///
  /// Names stand in the order in which CoNLL-U writes them.
  static let pairs: [(name: String, value: String)] = [
    ("Abbr", "Yes"), ("Case", "Acc"), ("Case", "Gen"), ("Case", "Nom"), ("Definite", "Def"), ("Definite", "Ind"),
    ("Degree", "Cmp"), ("Degree", "Pos"), ("Degree", "Sup"), ("ExtPos", "ADP"), ("ExtPos", "ADV"),
    ("ExtPos", "CCONJ"), ("ExtPos", "PRON"), ("ExtPos", "PROPN"), ("ExtPos", "SCONJ"), ("Foreign", "Yes"),
    ("Gender", "Fem"), ("Gender", "Masc"), ("Gender", "Neut"), ("Mood", "Imp"), ("Mood", "Ind"), ("Mood", "Sub"),
    ("Number", "Plur"), ("Number", "Ptan"), ("Number", "Sing"), ("NumForm", "Combi"), ("NumForm", "Digit"),
    ("NumForm", "Roman"), ("NumForm", "Word"), ("NumType", "Card"), ("NumType", "Frac"), ("NumType", "Mult"),
    ("NumType", "Ord"), ("Person", "1"), ("Person", "2"), ("Person", "3"), ("Polarity", "Neg"), ("Polarity", "Pos"),
    ("Poss", "Yes"), ("PronType", "Art"), ("PronType", "Dem"), ("PronType", "Emp"), ("PronType", "Ind"),
    ("PronType", "Int"), ("PronType", "Neg"), ("PronType", "Prs"), ("PronType", "Rcp"), ("PronType", "Rel"),
    ("PronType", "Tot"), ("Reflex", "Yes"), ("Style", "Arch"), ("Style", "Coll"), ("Style", "Expr"), ("Style", "Slng"),
    ("Style", "Vrnc"), ("Tense", "Past"), ("Tense", "Pres"), ("Typo", "Yes"), ("VerbForm", "Fin"),
    ("VerbForm", "Ger"), ("VerbForm", "Inf"), ("VerbForm", "Part"), ("Voice", "Pass"),
  ]

  private static let bits: [String: Features] = {
    var bits: [String: Features] = [:]
    for (index, pair) in pairs.enumerated() { bits[pair.name + "=" + pair.value] = Features(rawValue: 1 << index) }
    return bits
  }()

  /// The bit of `Name=Value`; empty for a pair that English does not have.
  private static func bit(_ pair: String) -> Features { bits[pair] ?? [] }

  /// Reads CoNLL-U's form, such as `Mood=Ind|Number=Sing`, or `_` for none.
  ///
  /// - Returns: The features, and the pairs that English does not have.
  public static func parse(_ text: Substring) -> (features: Features, unknown: [String]) {
    guard text != "_" else { return ([], []) }
    var features: Features = []
    var unknown: [String] = []
    for piece in text.split(separator: "|", omittingEmptySubsequences: false) {
      let sides = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      for value in sides.count == 2 ? sides[1].split(separator: ",", omittingEmptySubsequences: false) : [] {
        let found = bits["\(sides[0])=\(value)"]
        if let found { features.insert(found) } else { unknown.append("\(sides[0])=\(value)") }
      }
      if sides.count != 2 { unknown.append(String(piece)) }
    }
    return (features, unknown)
  }
}

extension Features: CustomStringConvertible {
  /// CoNLL-U's form: `Mood=Ind|Number=Sing`; `_` for none.
  public var description: String {
    guard !isEmpty else { return "_" }
    var text = ""
    var open = ""
    for (index, pair) in Self.pairs.enumerated() where rawValue & (1 << index) != 0 {
      if pair.name == open {
        text += ","
      } else {
        text += (text.isEmpty ? "" : "|") + pair.name + "="
        open = pair.name
      }
      text += pair.value
    }
    return text
  }
}

extension Features {
  /// Number: one, several, a plural without a singular.
  public static let singular = bit("Number=Sing"), plural = bit("Number=Plur"), pluraleTantum = bit("Number=Ptan")
  /// Person.
  public static let first = bit("Person=1"), second = bit("Person=2"), third = bit("Person=3")
  /// Tense of verbs and participles.
  public static let past = bit("Tense=Past"), present = bit("Tense=Pres")
  /// Mood of finite verbs.
  public static let indicative = bit("Mood=Ind"), imperative = bit("Mood=Imp"), subjunctive = bit("Mood=Sub")
  /// Form of a verb.
  public static let finite = bit("VerbForm=Fin"), infinitive = bit("VerbForm=Inf"), gerund = bit("VerbForm=Ger")
  /// Form of a verb.
  public static let participle = bit("VerbForm=Part")
  /// A participle that is passive.
  public static let passive = bit("Voice=Pass")
  /// Degree of adjectives and adverbs.
  public static let positive = bit("Degree=Pos"), comparative = bit("Degree=Cmp"), superlative = bit("Degree=Sup")
  /// Definite and indefinite articles.
  public static let definite = bit("Definite=Def"), indefinite = bit("Definite=Ind")
  /// Sort of pronoun, determiner or pro-adverb.
  public static let article = bit("PronType=Art"), demonstrative = bit("PronType=Dem")
  /// Sort of pronoun, determiner or pro-adverb.
  public static let emphatic = bit("PronType=Emp"), indefinitePronoun = bit("PronType=Ind")
  /// Sort of pronoun, determiner or pro-adverb.
  public static let interrogative = bit("PronType=Int"), negativePronoun = bit("PronType=Neg")
  /// Sort of pronoun, determiner or pro-adverb.
  public static let personal = bit("PronType=Prs"), reciprocal = bit("PronType=Rcp")
  /// Sort of pronoun, determiner or pro-adverb.
  public static let relative = bit("PronType=Rel"), total = bit("PronType=Tot")
  /// Case of pronouns.
  public static let accusative = bit("Case=Acc"), genitive = bit("Case=Gen"), nominative = bit("Case=Nom")
  /// Gender of pronouns.
  public static let feminine = bit("Gender=Fem"), masculine = bit("Gender=Masc"), neuter = bit("Gender=Neut")
  /// Possessive and reflexive pronouns.
  public static let possessive = bit("Poss=Yes"), reflexive = bit("Reflex=Yes")
  /// Words that negate or affirm.
  public static let negative = bit("Polarity=Neg"), affirmative = bit("Polarity=Pos")
  /// How a number is written.
  public static let digits = bit("NumForm=Digit"), numberWord = bit("NumForm=Word"), roman = bit("NumForm=Roman")
  /// How a number is written: digits and letters.
  public static let combined = bit("NumForm=Combi")
  /// What a number does.
  public static let cardinal = bit("NumType=Card"), ordinal = bit("NumType=Ord"), fraction = bit("NumType=Frac")
  /// What a number does: once, twice.
  public static let multiplicative = bit("NumType=Mult")
  /// Abbreviation; foreign word.
  public static let abbreviation = bit("Abbr=Yes"), foreign = bit("Foreign=Yes")
}
