internal import VouchCore
internal import VouchLanguage

/// What one article tells of a happening, by what tells happenings apart.
struct Occurrence: Sendable {
  /// The article, and the node in its contribution.
  let article: Int
  let node: Int
  let type: String
  let mode: String?
  let modality: Modality
  let date: CalendarDate?
  /// Day of the article's publication.
  let published: Int?
  /// Keys of who takes part; of symmetric happenings all are agents.
  let agents: Set<String>
  let recipients: Set<String>
  let place: String?
  let placeKind: NodeKind?
  /// The country of the place, itself if it is one.
  let country: String?
  let trigger: Set<UInt64>
  let context: Set<UInt64>
  /// Key of the event if no other article tells of it.
  let key: String

  /// Types in which nobody is done anything to.
  static let symmetric: Set<String> = ["CONSULT", "AGREE", "COOPERATE"]

  var participants: Set<String> { agents.union(recipients) }
}

extension Modality {
  /// Whether it is told that the thing happened, or that it did not.
  var isAffirmed: Bool { self == .asserted || self == .alleged }
  var isDenied: Bool { self == .denied || self == .negated }
}
