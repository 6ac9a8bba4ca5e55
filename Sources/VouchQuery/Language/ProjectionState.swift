/// What a projection keeps between rows.
final class ProjectionState {
  var count = 0
  var seen: Set<[QueryValue]> = []
  var sorted: [(keys: [QueryValue], row: [QueryValue])] = []
  var groups: [(row: [QueryValue], tallies: [AggregateTally])] = []
  var numbers: [[QueryValue]: Int] = [:]
  /// The group of the row before, as rows of one group often follow each other.
  var last: (key: [QueryValue], number: Int)?

  init() {}
}
