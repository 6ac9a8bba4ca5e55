internal import VouchCore
internal import VouchOntology
internal import VouchXML

/// Tells what language a text is written in, by its letters and its words of grammar.
///
/// A script that one language of the table alone is written in tells it. Among the others the language is the one whose
/// frequent words make up most of the text, a word that few languages have counting more; these are a third to a half of
/// the words of running text.
struct LanguageDetector: Sendable {
  /// A language of the table.
  struct Language: Hashable, Sendable {
    /// BCP 47 tag without region.
    var tag: String
    /// Tags that mean it too: of languages whose texts the table does not tell apart.
    var others: [String]
    /// Its name in English.
    var name: String

    /// Whether a tag is one of this language.
    func means(_ tag: String) -> Bool {
      let primary = LanguageTag.primary(tag)
      return primary == self.tag || others.contains(primary)
    }
  }

  /// Words that are looked at; more tell nothing new.
  private static let sample = 2_000
  /// Fewest letters by which a script, and fewest words by which a language is told.
  private static let fewestLetters = 20
  private static let fewestWords = 15
  /// Fewest different words of grammar of another language than English: "c." or "see" many times over is no French or Estonian.
  private static let fewestDifferent = 4
  /// Smallest share of a language's words of grammar in its texts, of English and of another one.
  private static let leastShare = (english: 0.1, other: 0.15)
  /// How much less than another language's the share of English must be for a text not to be English.
  private static let lead = 1.3

  private var languages: [Language] = []
  private var byScript: [Script: [Int]] = [:]
  private var words = WordMap<[Int]>()

  /// Knows no language.
  init() {}

  /// Reads rows of `lexicons/languages`; one whose script is not known is passed over.
  init(_ tables: [Table]) {
    var seen: Set<String> = []
    for table in tables {
      for row in 0..<table.rowCount {
        guard let script = Script(rawValue: table.text(row, table.column("script"))) else { continue }
        let tag = table.text(row, table.column("id"))
        guard seen.insert(tag).inserted else { continue }
        let index = languages.count
        languages.append(
          Language(tag: tag, others: table.list(row, table.column("also")), name: table.text(row, table.column("name")))
        )
        byScript[script, default: []].append(index)
        for word in table.list(row, table.column("words")) {
          let hash = WordHash.of(word.utf8)
          words.insert((words[hash] ?? []) + [index], at: hash)
        }
      }
    }
  }

  /// The language of a text; `nil` if it is too short or too mixed to tell.
  ///
  /// - Complexity: O(n) in the first part of the text, some 2,000 words.
  func language(of text: some Sequence<Unicode.Scalar>) -> Language? {
    guard !languages.isEmpty else { return nil }
    var letters: [Script: Int] = [:]
    // A text changes its script seldom.
    var run: (script: Script, count: Int) = (.latin, 0)
    var all = 0
    var count = 0
    var points = [Double](repeating: 0, count: languages.count)
    var different = [Int](repeating: 0, count: languages.count)
    var seen: Set<UInt64> = []
    var word: [UInt8] = []
    var length = 0
    func endWord() {
      guard length > 0 else { return }
      count += 1
      // The hash does not depend on the case of ASCII.
      let isASCII = word.allSatisfy { $0 < 0x80 }
      let hash = isASCII ? WordHash.of(word) : WordHash.of(String(decoding: word, as: UTF8.self).lowercased().utf8)
      if let owners = words[hash] {
        let weight = 1 + 1 / Double(owners.count)
        let isNew = length > 1 && seen.insert(hash).inserted
        for owner in owners {
          points[owner] += weight
          if isNew { different[owner] += 1 }
        }
      }
      word.removeAll(keepingCapacity: true)
      length = 0
    }
    for scalar in text {
      if let script = Script(scalar) {
        if script != run.script {
          letters[run.script, default: 0] += run.count
          run = (script, 0)
        }
        run.count += 1
        all += 1
        // Scripts without spaces have words as long as their lines.
        if scalar.isASCII, length < 40 {
          word.append(UInt8(truncatingIfNeeded: scalar.value))
        } else if length < 40 {
          word += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
        }
        length += 1
      } else if length > 0, scalar.value >= 0x80,
        scalar.properties.isDiacritic || scalar.properties.generalCategory == .nonspacingMark
      {
        word += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      } else {
        endWord()
        if count >= Self.sample || all >= 8 * Self.sample { break }
      }
    }
    endWord()
    letters[run.script, default: 0] += run.count
    if letters[.kana, default: 0] * 20 > letters[.han, default: 0] {
      letters[.kana, default: 0] += letters.removeValue(forKey: .han) ?? 0
    }
    let script = Script.allCases.max { letters[$0, default: 0] < letters[$1, default: 0] }
    guard let script, let known = byScript[script], let first = known.first, letters[script, default: 0] * 2 > all,
      all >= Self.fewestLetters
    else { return nil }
    if known.count == 1 { return languages[first] }
    return best(of: known, points: points, different: different, words: count)
  }

  private func best(of known: [Int], points: [Double], different: [Int], words count: Int) -> Language? {
    guard count >= Self.fewestWords else { return nil }
    var best: (index: Int, points: Double)?
    // Of equal ones the first in the table.
    for index in known {
      let own = points[index]
      if own > best?.points ?? 0 { best = (index, own) }
    }
    guard let best else { return nil }
    let isEnglish = languages[best.index].tag == "en"
    guard best.points >= (isEnglish ? Self.leastShare.english : Self.leastShare.other) * Double(count) else {
      return nil
    }
    if isEnglish { return languages[best.index] }
    let english = known.first { languages[$0].tag == "en" }.map { points[$0] } ?? 0
    let isTold = best.points >= Self.lead * english && different[best.index] >= Self.fewestDifferent
    return isTold ? languages[best.index] : nil
  }
}
