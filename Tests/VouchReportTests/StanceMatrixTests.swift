import Testing
import VouchExport
import VouchKnowledge
import VouchLanguage
import VouchStore
import VouchTestSupport

@testable import VouchReport

@Suite struct StanceMatrixTests {
  /// Who is for (+), against (−), under conditions for (?) what, one stance for each line; a holder may take several.
  private static let told = """
    Ann + bridge
    Ann + tunnel
    Bob − bridge
    Bob + tunnel
    Cid + bridge
    Cid − bridge
    Dan ? bridge
    Eve + ferry
    """

  private func matrix(rows: Int = 40, columns: Int = 16) throws -> (StanceMatrix, [String: NodeID]) {
    let names = ["Ann": "Ann Abel", "Bob": "Bob Byrne", "Cid": "Cid Cole", "Dan": "Dan Dorn", "Eve": "Eve Eddy"]
    let lines = Self.told.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    var document = HandMadeDocument(
      "a", lines.map { "\(names[$0[0]] ?? "") spoke of the \($0[2])." }.joined(separator: "\n"))
    var people: [String: Int] = [:]
    for (short, name) in names.sorted(by: { $0.key < $1.key }) { people[short] = document.entity(.person, name) }
    for line in lines {
      let polarity: Stance.Polarity = line[1] == "+" ? .support : line[1] == "−" ? .oppose : .conditional
      document.stance(people[line[0]] ?? 0, polarity, "endorse", .issue(line[2]), words: line[2])
    }
    let graph = Graph.merging([try document.contribution()]).graph
    let content = try ReportContent(try GraphFile(of: graph), .init(), edgeLimit: 1000)
    var ids: [String: NodeID] = [:]
    for (index, node) in graph.nodes.enumerated() { ids[node.label] = NodeID(index) }
    return (StanceMatrix(content.stances, rows: rows, columns: columns), ids)
  }

  @Test func cellsTellForAgainstAndMixed() throws {
    let (matrix, ids) = try matrix()
    func tone(_ holder: String, _ target: String) throws -> Tone? {
      matrix.cell(try #require(ids[holder]), try #require(ids[target]))?.tone
    }
    let tones = try ["Ann Abel", "Bob Byrne", "Cid Cole", "Dan Dorn"].map { try tone($0, "bridge") }
    #expect(tones == [.support, .oppose, .mixed, .conditional])
    let none = try tone("Dan Dorn", "tunnel")
    #expect(none == nil)
  }

  @Test func targetsOfMostHoldersComeFirst() throws {
    let (matrix, ids) = try matrix()
    #expect(matrix.columns == ["bridge", "tunnel", "ferry"].compactMap { ids[$0] })
    #expect(matrix.rows.count == 5 && matrix.omitted == (0, 0))
  }

  @Test func whatHasNoRoomIsCounted() throws {
    let (matrix, ids) = try matrix(rows: 2, columns: 2)
    #expect(matrix.columns == ["bridge", "tunnel"].compactMap { ids[$0] })
    #expect(matrix.rows == ["Ann Abel", "Bob Byrne"].compactMap { ids[$0] })
    #expect(matrix.omitted == (3, 1))
  }

  @Test(
    arguments: [
      ([], Tone.neutral), ([.support, .neutral], .support), ([.oppose, .oppose], .oppose),
      ([.support, .oppose], .mixed),
      ([.support, .conditional], .mixed),
    ] as [([Tone], Tone)]) func severalStancesAreOneTone(tones: [Tone], together: Tone)
  {
    #expect(Tone(tones) == together)
  }
}
