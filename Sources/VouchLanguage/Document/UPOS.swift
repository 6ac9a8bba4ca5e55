/// The seventeen word classes of Universal Dependencies, version 2.
public enum UPOS: String, Hashable, Sendable, CaseIterable {
  /// Content words: adjective, adverb, interjection, noun, proper noun, verb.
  case adj = "ADJ", adv = "ADV", intj = "INTJ", noun = "NOUN", propn = "PROPN", verb = "VERB"
  /// Function words: adposition, auxiliary, coordinating conjunction, determiner, numeral, particle, pronoun.
  case adp = "ADP", aux = "AUX", cconj = "CCONJ", det = "DET", num = "NUM", part = "PART", pron = "PRON"
  /// Subordinating conjunction.
  case sconj = "SCONJ"
  /// Neither: punctuation, symbol, other or unknown.
  case punct = "PUNCT", sym = "SYM", x = "X"
}
