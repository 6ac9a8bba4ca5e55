internal import VouchCore
internal import VouchOntology

/// Brings the spellings of one name together: `Aleksei Ivanov`, `Alexey Ivanov`; `Muhammad`, `Mohammed`.
///
/// Given names and words meet by the table `lexicons/spellings`; surnames by the endings that only romanised Slavic names
/// have, so that `Smith` and `Smyth` stay two.
struct NameForms: Sendable {
  /// What a name belongs to, which decides the spellings that count.
  enum Sort: String { case person, body }

  private var forms: [Sort: [String: String]] = [:]

  init(_ ontology: Ontology) throws(Diagnostic) {
    var forms: [Sort: [String: String]] = [:]
    try ontology.forEachRow(of: "lexicons/spellings") { table, row in
      guard let sort = table.value(row, table.column("sort")).flatMap(Sort.init(rawValue:)) else { return }
      let form = table.text(row, table.column("form"))
      for spelling in [form] + table.list(row, table.column("variants")) where forms[sort]?[spelling] == nil {
        forms[sort, default: [:]][spelling] = form
      }
    }
    self.forms = forms
  }

  /// The form that all spellings of a name share, as part of a key.
  ///
  /// - Complexity: O(n).
  func form(of name: String, _ sort: Sort) -> String {
    var words: [String] = []
    var initials = ""
    for word in Contribution.slug(name).split(separator: "-").map(String.init) {
      if sort == .person, word.unicodeScalars.count == 1 {
        // `J. D. Vance` and `JD Vance`.
        initials += word
        continue
      }
      if !initials.isEmpty { words.append(initials) }
      initials = ""
      if sort == .body, words.isEmpty, word == "the" { continue }
      words.append(forms[sort]?[word] ?? (sort == .person ? Self.romanised(word) : word))
    }
    if !initials.isEmpty { words.append(initials) }
    return words.joined(separator: "-")
  }

  /// Endings of adjectives as romanised by one system or another, and the form taken for all.
  private static let endings: [(String, String)] = [
    ("skyy", "sky"), ("skiy", "sky"), ("skii", "sky"), ("skyi", "sky"), ("skij", "sky"), ("skyj", "sky"),
    ("ski", "sky"), ("sky", "sky"), ("nyy", "ny"), ("niy", "ny"), ("nyi", "ny"), ("nyj", "ny"), ("toi", "toy"),
    ("toj", "toy"), ("off", "ov"), ("eff", "ev"),
  ]
  /// Endings that tell a Slavic surname, inside which letters may be read as romanised.
  private static let slavic = ["sky", "ov", "ova", "ev", "eva", "enko", "chuk", "vich", "vych", "vitch"]
  /// Letters that stand for one sound in different systems, in the order in which they are replaced.
  private static let letters: [(String, String)] = [
    ("shch", "sch"), ("tch", "ch"), ("ks", "x"), ("kh", "h"), ("ye", "e"), ("ie", "e"), ("je", "e"), ("ya", "ia"),
    ("ja", "ia"), ("yu", "iu"), ("ju", "iu"), ("yo", "io"), ("jo", "io"), ("w", "v"), ("y", "i"), ("j", "i"),
    ("ii", "i"),
  ]

  /// A surname by the sounds of its romanised letters; any other word as it is.
  private static func romanised(_ word: String) -> String {
    guard word.utf8.count >= 5 else { return word }
    var body = word
    var ending = ""
    if let (found, form) = endings.first(where: { word.hasSuffix($0.0) }) {
      body = String(word.dropLast(found.count))
      ending = form
    }
    guard let tail = slavic.first(where: { (body + ending).hasSuffix($0) }) else { return body + ending }
    var stem = String((body + ending).dropLast(tail.count))
    for (from, to) in letters where stem.contains(from) { stem = stem.split(from, joinedBy: to) }
    return stem + (tail.hasPrefix("v") ? "vich" : tail)
  }
}

extension String {
  /// The string with every occurrence of one text replaced by another.
  fileprivate func split(_ separator: String, joinedBy replacement: String) -> String {
    var result = ""
    var rest = Substring(self)
    while let range = rest.firstRange(of: separator) {
      result += rest[..<range.lowerBound] + replacement
      rest = rest[range.upperBound...]
    }
    return result + rest
  }
}
