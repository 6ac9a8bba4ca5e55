public import VouchCore

/// Words that refer to something, and the chain of all that refers to the same thing in the article.
public struct Reference: Hashable, Sendable {
  /// The sort of thing referred to, as in the GUM corpus.
  public enum Kind: String, Sendable, CaseIterable {
    /// The ten sorts.
    case person, place, organization, object, event, time, substance, animal, plant, abstract
  }
  /// Index of the head token.
  public var head: Int
  /// Indices of its tokens; the head is among them, and references may lie inside one another.
  public var tokens: Range<Int>
  /// Whether it refers by name, by description or by pronoun.
  public var form: Mention.Kind
  /// What sort of thing it refers to.
  public var kind: Kind
  /// Number of its chain; chains are numbered from 0 in the order of their first heads.
  public var chain: Int
  /// How sure the model is of its antecedent; 1 for the first of a chain.
  public var confidence: Confidence
  /// Makes a reference.
  public init(
    head: Int, tokens: Range<Int>, form: Mention.Kind, kind: Kind, chain: Int, confidence: Confidence = Confidence(1)
  ) {
    self.head = head
    self.tokens = tokens
    self.form = form
    self.kind = kind
    self.chain = chain
    self.confidence = confidence
  }
}
