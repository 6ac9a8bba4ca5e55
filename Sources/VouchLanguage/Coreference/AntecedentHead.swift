internal import VouchCore

/// Scores how likely a reference takes up an earlier one: a biaffine form of both words' vectors, and tables over their
/// classes, the agreement of their words and their distance.
///
/// Mention ranking after Lee et al. (2017), over head words as in Dobrovolskii (2021).
struct AntecedentHead: Sendable {
  static let width = 128
  /// Weight of what the vectors say beside the tables.
  ///
  /// The vectors of the texts of training tell more than those of other texts do, so that their share, right there, is too
  /// high here: chosen on the development half.
  private static let trust: Float = 0.5
  private static let sentenceClasses = 5
  private static let stepClasses = 10

  private let query: Linear
  private let key: Linear
  private let bilinear: Linear
  private let anaphoric: Linear
  private let classPair: [Float]
  private let classMatch: [Float]
  private let determinerMatch: [Float]
  private let classSentence: [Float]
  private let classSteps: [Float]
  private let classNew: [Float]
  private let determinerNew: [Float]
  private let kindPair: [Float]
  private let classKind: [Float]
  private let classPhrase: [Float]
  private let rolePair: [Float]
  private let matchSentence: [Float]
  private let kindNew: [Float]
  private let kinds: Int
  private let kernel: Kernel

  /// Takes the tensors `coreference.…`.
  ///
  /// - Throws: what is missing or of another shape.
  init(_ model: LanguageModel, kinds: Int) throws(Diagnostic) {
    let (tensors, hidden) = (model.tensors, model.description.hidden)
    query = try tensors.linear("coreference.query", inputs: hidden, outputs: Self.width)
    key = try tensors.linear("coreference.key", inputs: hidden, outputs: Self.width)
    bilinear = try tensors.linear("coreference.bilinear", inputs: Self.width, outputs: Self.width)
    anaphoric = try tensors.linear("coreference.anaphoric", inputs: Self.width, outputs: 1)
    let (classes, matches) = (ReferenceProfile.Class.count, ReferenceProfile.matches)
    classPair = try tensors.floats("coreference.class_pair", [classes, classes])
    classMatch = try tensors.floats("coreference.class_match", [classes, classes, matches])
    determinerMatch = try tensors.floats(
      "coreference.determiner_match", [ReferenceProfile.determiners, matches])
    classSentence = try tensors.floats("coreference.class_sentence", [classes, Self.sentenceClasses])
    classSteps = try tensors.floats("coreference.class_steps", [classes, Self.stepClasses])
    classNew = try tensors.floats("coreference.class_new", [classes])
    determinerNew = try tensors.floats("coreference.determiner_new", [ReferenceProfile.determiners])
    self.kinds = kinds
    kernel = tensors.kernel
    kindPair = try tensors.floats("coreference.kind_pair", [kinds, kinds])
    classKind = try tensors.floats("coreference.class_kind", [classes, kinds])
    classPhrase = try tensors.floats("coreference.class_phrase", [classes, 2])
    rolePair = try tensors.floats("coreference.role_pair", [3, ReferenceProfile.roles, ReferenceProfile.roles])
    matchSentence = try tensors.floats("coreference.match_sentence", [matches, Self.sentenceClasses])
    kindNew = try tensors.floats("coreference.kind_new", [kinds])
  }

  /// What the scores of references are made from: of those that have been asked about, only the keys are kept.
  struct Views {
    /// References that the first rows of `asked` and `anaphoric` belong to.
    fileprivate var first = 0
    fileprivate var asked: [Float] = []
    fileprivate var anaphoric: [Float] = []
    /// `width` floats for each reference so far.
    fileprivate var keys: [Float] = []

    /// Makes views of no references, with room for some.
    init(capacity: Int) { keys.reserveCapacity(capacity * width) }

    /// References that there are views of.
    var count: Int { keys.count / width }
  }

  /// Adds the views of the next references, given by their heads' vectors; those before are earlier ones from now on.
  func add(_ heads: QuantizedRows, to views: inout Views) {
    let queries = query.quantized(heads, .gelu)
    views.first = views.count
    views.asked = bilinear(queries)
    views.anaphoric = anaphoric(queries)
    views.keys += key(heads, .gelu)
  }

  /// Products of one reference's vector with those of some that stand together; the reference is one of those added last.
  func products(_ views: Views, _ later: Int, _ earlier: Range<Int>) -> [Float] {
    let row = later - views.first
    return DotProducts.of(
      Array(views.asked[row * Self.width..<(row + 1) * Self.width]),
      Array(views.keys[earlier.lowerBound * Self.width..<earlier.upperBound * Self.width]), width: Self.width,
      kernel: kernel)
  }

  /// The score of an antecedent; above 0 it is better than none.
  ///
  /// - Parameters:
  ///   - product: Product of their vectors.
  ///   - later: Index of the reference, one of those added to `views` last.
  ///   - match: How their words agree.
  ///   - sentences: Sentences from the earlier to the later.
  ///   - steps: References from the earlier to the later, 1 for neighbours.
  func score(
    _ views: Views, product: Float, later: Int, _ profile: ReferenceProfile, _ earlier: ReferenceProfile, match: Int,
    sentences: Int, steps: Int
  ) -> Float {
    let (classes, matches) = (ReferenceProfile.Class.count, ReferenceProfile.matches)
    let pair = profile.classIndex * classes + earlier.classIndex
    var score = Self.trust * (product + views.anaphoric[later - views.first])
    score += classPair[pair]
    score += classMatch[pair * matches + match]
    score += determinerMatch[profile.determiner * matches + match]
    score += classSentence[profile.classIndex * Self.sentenceClasses + Self.sentenceClass(sentences)]
    score += classSteps[profile.classIndex * Self.stepClasses + Self.stepClass(steps)]
    score += classNew[profile.classIndex] + determinerNew[profile.determiner]
    score += kindPair[profile.kind * kinds + earlier.kind]
    score += classKind[profile.classIndex * kinds + earlier.kind]
    score += classPhrase[profile.classIndex * 2 + (profile.phrase == earlier.phrase ? 1 : 0)]
    // Roles count for themselves where a pronoun takes up something, in its own sentence and in others.
    let manner = profile.isPronoun ? sentences == 0 ? 2 : 1 : 0
    score += rolePair[(manner * ReferenceProfile.roles + profile.role) * ReferenceProfile.roles + earlier.role]
    score += matchSentence[match * Self.sentenceClasses + Self.sentenceClass(sentences)]
    return score + kindNew[profile.kind]
  }

  private static func sentenceClass(_ distance: Int) -> Int { distance < 3 ? max(distance, 0) : distance < 6 ? 3 : 4 }

  private static func stepClass(_ steps: Int) -> Int {
    switch steps {
    case ...4: return max(steps, 1) - 1
    case 5...7: return 4
    case 8...11: return 5
    case 12...19: return 6
    case 20...35: return 7
    case 36...63: return 8
    default: return 9
    }
  }
}
