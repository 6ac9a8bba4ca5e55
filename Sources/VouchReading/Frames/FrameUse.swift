public import VouchCore
public import VouchLanguage

/// A frame of the ontology at a word: whether it told of an event or stance there, and if not, why.
public struct FrameUse: Sendable {
  /// What a frame tells of.
  public enum Layer: String, Sendable {
    /// Happenings, positions.
    case event, stance
  }

  /// Index of the sentence.
  public var sentence: Int
  /// Bytes of the word.
  public var span: Span
  /// What the frame tells of.
  public var layer: Layer
  /// Permanent id of the frame, or of the rule that did without one.
  public var rule: Symbol
  /// Type and mode of an event (`ACCUSE/allege`), kind and polarity of a stance (`demand/support`).
  public var label: String
  /// How the event is told; `nil` for stances, and for frames that did not fire.
  public var modality: Modality?
  /// Roles (`actor`, `holder`, `target` …) with the names that fill them; empty for frames that did not fire.
  public var participants: [(role: String, name: String)]
  /// Why the frame did not fire; `nil` if it did.
  public var reason: String?
}
