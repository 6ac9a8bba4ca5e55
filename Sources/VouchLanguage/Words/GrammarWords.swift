/// The closed classes of English: words that grammar, not the subject of an article, decides.
package enum GrammarWords {
  private static let determiners: Set<String> = [
    "a", "an", "the", "this", "that", "these", "those", "any", "some", "all", "both", "each", "every", "no", "its",
    "his",
    "her", "their", "our", "my", "your", "several", "many", "another", "such", "either", "neither", "most", "more",
    "few",
  ]
  private static let pronouns: Set<String> = [
    "i", "you", "he", "she", "it", "we", "they", "me", "him", "us", "them", "himself", "herself", "itself",
    "themselves",
    "this", "that", "these", "those", "who", "whom", "which", "what", "one", "ones", "others", "everyone", "everything",
    "someone", "something", "anyone", "anything", "nobody", "nothing", "there", "here", "each", "mine", "theirs",
  ]
  private static let prepositions: Set<String> = [
    "of", "in", "on", "at", "to", "for", "from", "with", "by", "about", "against", "between", "among", "over", "under",
    "into", "onto", "through", "during", "without", "within", "across", "around", "near", "towards", "toward", "behind",
    "beyond", "despite", "amid", "via", "per", "upon", "off", "outside", "inside", "along", "alongside", "beside",
    "besides", "except", "above", "below", "versus", "like", "unlike", "including", "regarding", "concerning", "than",
    "throughout", "past",
  ]
  private static let conjunctions: Set<String> = [
    "and", "but", "or", "nor", "so", "yet", "because", "although", "though", "while", "whereas", "when", "whenever",
    "if",
    "unless", "until", "since", "after", "before", "as", "where", "whether", "once", "that", "lest",
  ]
  package static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
  /// Words that, capitalised, show that a sentence begins after an abbreviation.
  package static let sentenceStarters: Set<String> = determiners.union(pronouns).union(prepositions).union(conjunctions)
    .union(["there", "however", "meanwhile", "on", "last", "next", "then", "also"])
}
