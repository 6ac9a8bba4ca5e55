/// The closed classes of English: words that grammar, not the subject of an article, decides.
package enum GrammarWords {
  package static let determiners: Set<String> = [
    "a", "an", "the", "this", "that", "these", "those", "any", "some", "all", "both", "each", "every", "no", "its",
    "his",
    "her", "their", "our", "my", "your", "several", "many", "another", "such", "either", "neither", "most", "more",
    "few",
  ]
  package static let pronouns: Set<String> = [
    "i", "you", "he", "she", "it", "we", "they", "me", "him", "us", "them", "himself", "herself", "itself",
    "themselves",
    "this", "that", "these", "those", "who", "whom", "which", "what", "one", "ones", "others", "everyone", "everything",
    "someone", "something", "anyone", "anything", "nobody", "nothing", "there", "here", "each", "mine", "theirs",
  ]
  package static let prepositions: Set<String> = [
    "of", "in", "on", "at", "to", "for", "from", "with", "by", "about", "against", "between", "among", "over", "under",
    "into", "onto", "through", "during", "without", "within", "across", "around", "near", "towards", "toward", "behind",
    "beyond", "despite", "amid", "via", "per", "upon", "off", "outside", "inside", "along", "alongside", "beside",
    "besides", "except", "above", "below", "versus", "like", "unlike", "including", "regarding", "concerning", "than",
    "throughout", "past",
  ]
  package static let conjunctions: Set<String> = [
    "and", "but", "or", "nor", "so", "yet", "because", "although", "though", "while", "whereas", "when", "whenever",
    "if",
    "unless", "until", "since", "after", "before", "as", "where", "whether", "once", "that", "lest",
  ]
  package static let relatives: Set<String> = ["who", "which", "whose", "whom", "where"]
  package static let be: Set<String> = ["am", "is", "are", "was", "were", "be", "been", "being", "'m", "'re"]
  package static let have: Set<String> = ["have", "has", "had", "having", "'ve"]
  package static let doForms: Set<String> = ["do", "does", "did"]
  package static let modals: Set<String> = [
    "will", "would", "can", "could", "may", "might", "must", "shall", "should", "'ll", "wo", "ca", "cannot", "ought",
  ]
  package static let negations: Set<String> = ["not", "n't", "never", "hardly", "barely", "scarcely"]
  /// Adverbs that stand between a subject and its verb without the ending -ly.
  package static let adverbs: Set<String> = [
    "also", "still", "already", "again", "now", "just", "even", "ever", "soon", "then", "later", "once", "twice",
    "often",
    "always", "not", "n't", "never", "further", "meanwhile", "earlier", "too", "only", "instead", "however",
    "therefore",
    "thus", "yet", "himself", "herself", "itself", "themselves", "long", "first", "both", "all", "since", "so", "far",
    "today", "yesterday", "tomorrow", "very", "quite", "rather", "more", "most", "less", "almost", "hardly", "barely",
  ]
  package static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
  package static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]
  /// Abbreviated months and weekdays with their numbers, without the dot.
  package static let shortMonths: [String: Int] = [
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11,
    "dec": 12,
  ]
  package static let shortWeekdays: [String: Int] = [
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
  ]
  /// Words that, capitalised, show that a sentence begins after an abbreviation.
  package static let sentenceStarters: Set<String> = determiners.union(pronouns).union(prepositions).union(conjunctions)
    .union(["there", "however", "meanwhile", "on", "last", "next", "then", "also"])

  /// Month number from 1 of a name or abbreviation of a month, with or without its dot.
  package static func month(_ norm: String) -> Int? {
    if let index = months.firstIndex(of: norm) { return index + 1 }
    return shortMonths[norm.hasSuffix(".") ? String(norm.dropLast()) : norm]
  }

  /// Day of the week, 0 Monday, of a name or an abbreviation with its dot.
  package static func weekday(_ norm: String) -> Int? {
    if let index = weekdays.firstIndex(of: norm) { return index }
    return norm.hasSuffix(".") ? shortWeekdays[String(norm.dropLast())] : nil
  }

  /// Whether a word may stand between a subject and its verb.
  package static func isAdverb(_ norm: String) -> Bool {
    adverbs.contains(norm)
      || (norm.hasSuffix("ly") && norm.utf8.count > 4 && norm != "reply" && norm != "supply" && norm != "rely"
        && norm != "family" && norm != "july" && norm != "italy" && norm != "ally" && norm != "apply" && norm != "imply"
        && norm != "comply")
  }

  /// Whether a word is an auxiliary verb.
  package static func isAuxiliary(_ norm: String) -> Bool {
    be.contains(norm) || have.contains(norm) || doForms.contains(norm) || modals.contains(norm)
  }
}
