/// What a form may be: a lemma, its part of speech, and the inflections that the form can stand for.
package struct WordForm: Hashable, Sendable {
  /// Part of speech of the tables.
  package enum PartOfSpeech: String, Sendable {
    /// Verb, noun, adjective, adverb, preposition.
    case verb = "v", noun = "n", adjective = "a", adverb = "d", preposition = "p"
  }

  /// Inflections; a form such as `put` stands for several.
  package struct Inflections: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Infinitive and present tense other than the third person singular; singular of a noun.
    package static let base = Inflections(rawValue: 1)
    /// Third person singular of the present tense.
    package static let third = Inflections(rawValue: 2)
    /// Past tense.
    package static let past = Inflections(rawValue: 4)
    /// Past participle.
    package static let participle = Inflections(rawValue: 8)
    /// Gerund and present participle.
    package static let gerund = Inflections(rawValue: 16)
    /// Plural of a noun.
    package static let plural = Inflections(rawValue: 32)
  }

  /// Base form.
  package let lemma: String
  /// Part of speech.
  package let partOfSpeech: PartOfSpeech
  /// Inflections.
  package let inflections: Inflections
}
