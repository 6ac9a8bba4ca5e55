public import VouchCore

/// Words that the article reports as somebody's, before it is known who that is.
///
/// A source, a cue and a content may be discontinuous: then they are several ranges of tokens, ascending.
public struct Report: Hashable, Sendable {
  /// How the words are reported.
  public enum Form: String, Sendable {
    /// Quoted, in the article's own words, or both.
    case direct, indirect, mixed
  }
  /// What found a report.
  public enum Origin: String, Sendable {
    /// The language model; the dependency tree.
    case model, tree
  }
  /// The words that name the source; empty where the text names none.
  public var source: [Range<Int>]
  /// The reporting words ("said", "according to"); may be empty.
  public var cue: [Range<Int>]
  /// What is reported, without quotation marks at the ends; never empty.
  public var content: [Range<Int>]
  /// How it is reported.
  public var form: Form
  /// What found it.
  public var origin: Origin
  /// How sure the model is of the words' parts.
  public var confidence: Confidence
  /// Makes a report.
  public init(
    source: [Range<Int>], cue: [Range<Int>], content: [Range<Int>], form: Form, origin: Origin = .model,
    confidence: Confidence
  ) {
    self.source = source
    self.cue = cue
    self.content = content
    self.form = form
    self.origin = origin
    self.confidence = confidence
  }
}
