internal import VouchCore

/// What a reference's words tell about what it may refer to: class, determiner, and the words that must agree.
struct ReferenceProfile {
  /// Classes 0 to 8 are those of the model's pronouns.
  enum Class {
    static let otherPronoun = 9
    static let name = 10
    static let pluralName = 11
    static let noun = 12
    static let pluralNoun = 13
    static let rest = 14
    /// Number of classes.
    static let count = 15
  }
  /// Number of determiner classes: none, definite, indefinite, demonstrative, possessive, other.
  static let determiners = 6
  /// Number of ways in which words agree: not, same head, a word in common, all words in the earlier, same words.
  static let matches = 5

  private static let nameParts: Set<Symbol> = ["flat", "compound", "flat:foreign", "flat:name", "nmod:desc"]
  private static let det: Symbol = "det", possessive: Symbol = "nmod:poss"
  private static let (plural, pluralProper): (Symbol, Symbol) = ("NNS", "NNPS")
  private static let pronounTags: Set<Symbol> = ["PRP", "PRP$"]

  /// Most words of a name that are compared, in the order of the text.
  private static let mostWords = 16

  /// Grammatical roles: subject, object, oblique, of a noun, possessor, apposition, other.
  static let roles = 7

  let classIndex: Int
  let determiner: Int
  let role: Int
  /// Index of the model's sort of what is referred to.
  let kind: Int
  /// Hash of the lower-cased words without a determiner at their beginning; equal words have equal hashes.
  let phrase: UInt64
  /// Lower-cased lemmas, ascending, each once; empty for a pronoun.
  let words: [String]
  /// Lower-cased lemma of the head.
  let headWord: String

  var isPronoun: Bool { classIndex <= Class.otherPronoun }
  var isName: Bool { classIndex == Class.name || classIndex == Class.pluralName }

  /// Reads the profile of a reference.
  ///
  /// - Parameters:
  ///   - head: Its head token.
  ///   - span: Its tokens.
  ///   - kind: Index of the model's sort of what is referred to.
  ///   - pronouns: Classes of pronouns.
  init(
    head: Int, span: Range<Int>, kind: Int, _ tokens: [Token], _ children: DependentLists, pronouns: [String: Int]
  ) {
    let token = tokens[head]
    role = Self.role(token.deprel)
    self.kind = kind
    phrase = Self.phrase(span, tokens)
    if [.pron, .det, .adv].contains(token.upos) || Self.pronounTags.contains(token.xpos) {
      classIndex = pronouns[token.norm] ?? Class.otherPronoun
      determiner = 0
      words = []
      headWord = token.norm
      return
    }
    switch token.upos {
    case .propn: classIndex = token.xpos == Self.pluralProper ? Class.pluralName : Class.name
    case .noun, .num, .adj, .sym, .x: classIndex = token.xpos == Self.plural ? Class.pluralNoun : Class.noun
    default: classIndex = Class.rest
    }
    headWord = token.lemma.lowercased()
    var content: Set<String> = [headWord]
    var determiner = 0
    for child in children[head] {
      let dependent = tokens[child]
      if Self.nameParts.contains(dependent.deprel), dependent.upos == .propn || dependent.upos == .noun {
        guard content.count < Self.mostWords else { continue }
        content.insert(dependent.lemma.lowercased())
      } else if child < head, dependent.deprel == Self.det {
        determiner = Self.determiner(dependent.norm)
      } else if child < head, dependent.deprel == Self.possessive {
        determiner = 4
      }
    }
    self.determiner = determiner
    words = classIndex == Class.name || classIndex == Class.pluralName ? content.sorted() : [headWord]
  }

  private static let subjects: Set<Symbol> = ["nsubj", "csubj"]
  private static let (object, indirect, oblique, nominal, apposition): (Symbol, Symbol, Symbol, Symbol, Symbol) = (
    "obj", "iobj", "obl", "nmod", "appos"
  )

  private static func role(_ relation: Symbol) -> Int {
    if relation == possessive { return 4 }
    switch relation.baseRelation {
    case let base where subjects.contains(base): return 0
    case object, indirect: return 1
    case oblique: return 2
    case nominal: return 3
    case apposition: return 5
    default: return 6
    }
  }

  private static func phrase(_ span: Range<Int>, _ tokens: [Token]) -> UInt64 {
    var first = span.lowerBound
    while first < span.upperBound - 1, ["the", "a", "an", "this", "that"].contains(tokens[first].norm) { first += 1 }
    var bytes: [UInt8] = []
    for index in first..<span.upperBound { bytes += Array(tokens[index].norm.utf8) + [0x20] }
    return XXH64.hash(bytes)
  }

  private static func determiner(_ word: String) -> Int {
    switch word {
    case "the": return 1
    case "a", "an", "another": return 2
    case "this", "that", "these", "those": return 3
    default: return 5
    }
  }

  /// How the words of a later reference agree with those of an earlier one.
  static func match(_ later: ReferenceProfile, _ earlier: ReferenceProfile) -> Int {
    if later.words.isEmpty || earlier.words.isEmpty { return 0 }
    if later.words == earlier.words { return 4 }
    let common = common(later.words, earlier.words)
    if common == later.words.count { return 3 }
    if later.headWord == earlier.headWord { return 1 }
    return common > 0 ? 2 : 0
  }

  /// How many words two ascending lists have in common.
  private static func common(_ left: [String], _ right: [String]) -> Int {
    var (l, r, count) = (0, 0, 0)
    while l < left.count, r < right.count {
      if left[l] == right[r] {
        count += 1
        l += 1
        r += 1
      } else if left[l] < right[r] {
        l += 1
      } else {
        r += 1
      }
    }
    return count
  }
}
