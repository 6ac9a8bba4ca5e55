internal import VouchCore
internal import VouchKnowledge
internal import VouchQuery

/// Who is for or against what: a row for each holder, a column for each target.
struct StanceMatrix {
  /// Stances of one holder toward one target.
  struct Cell {
    /// The stances, in the order of the listing.
    var stances: [ReportContent.Item] = []
    /// What they are together.
    var tone: Tone { Tone(stances.map(\.tone)) }
    /// Independent sources that tell of one of them.
    var sources: Int { Set(stances.flatMap(\.witnesses)).count }
  }

  /// Targets, those with most holders first.
  let columns: [NodeID]
  /// Holders, those with most cells first.
  let rows: [NodeID]
  /// Holders and targets that have no row or column.
  let omitted: (holders: Int, targets: Int)
  private let cells: [Pair: Cell]

  private static let fewestColumns = 6

  private struct Pair: Hashable {
    let holder, target: NodeID
  }

  /// - Parameters:
  ///   - stances: Each with a holder and a target.
  ///   - rows: Most rows, above 0.
  ///   - columns: Most columns, above 0; targets of one holder and source are among the first six only.
  /// - Complexity: O(n log n) in the number of stances.
  init(_ stances: [ReportContent.Item], rows mostRows: Int = 40, columns mostColumns: Int = 20) {
    var cells: [Pair: Cell] = [:]
    var holders: [NodeID: Set<NodeID>] = [:]
    var weights: [NodeID: Int] = [:]
    for stance in stances {
      for holder in stance.facts.neighbours[.holds] ?? [] {
        for target in stance.facts.neighbours[.toward] ?? [] {
          cells[Pair(holder: holder, target: target), default: Cell()].stances.append(stance)
          holders[target, default: []].insert(holder)
          weights[target, default: 0] += stance.sources
        }
      }
    }
    let ranked = holders.keys.sorted { a, b in
      let first = (holders[a]?.count ?? 0, weights[a] ?? 0)
      let second = (holders[b]?.count ?? 0, weights[b] ?? 0)
      return first != second ? first > second : a < b
    }
    let shared = ranked.prefix { holders[$0]?.count ?? 0 > 1 || weights[$0] ?? 0 > 1 }.count
    columns = Array(ranked.prefix(min(mostColumns, max(shared, Self.fewestColumns))))
    var filled: [NodeID: Int] = [:]
    for column in columns { for holder in holders[column] ?? [] { filled[holder, default: 0] += 1 } }
    rows = filled.sorted { a, b in a.value != b.value ? a.value > b.value : a.key < b.key }.prefix(mostRows).map(\.key)
    omitted = (Set(cells.keys.map(\.holder)).count - rows.count, holders.count - columns.count)
    self.cells = cells
  }

  /// The stances of a holder toward a target; `nil` if there are none.
  func cell(_ holder: NodeID, _ target: NodeID) -> Cell? { cells[Pair(holder: holder, target: target)] }
}
