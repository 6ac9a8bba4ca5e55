import Foundation
import Testing
import VouchCore

@testable import VouchQuery

/// The scenarios of the openCypher Technology Compatibility Kit that ask for patterns and paths.
///
/// Its files are no part of this repository: they are looked for in the folder that `VOUCH_TCK` names, and beside the
/// repository. `make tck` writes the table anew.
@Suite struct LanguageTCKTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let table = root.appending(path: "Tests/Program/TCK.md")
  static let folder: URL? = {
    let places = [
      ProcessInfo.processInfo.environment["VOUCH_TCK"].map { URL(filePath: $0) },
      root.deletingLastPathComponent().appending(path: "shared/data/opencypher-tck"),
    ]
    return places.compactMap(\.self).first { FileManager.default.fileExists(atPath: $0.path) }
  }()

  @Test(.enabled(if: folder != nil, "the kit is not here"))
  func noFewerScenariosPassThanTheTableSays() throws {
    let folder = try #require(Self.folder)
    var lines: [String] = []
    var failures: [String] = []
    var sums = (passed: 0, failed: 0, skipped: 0)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    where name.hasSuffix(".feature") {
      let feature = TCKFeature(try String(contentsOf: folder.appending(path: name), encoding: .utf8))
      var counts = (passed: 0, failed: 0, skipped: 0)
      var reasons: [String] = []
      for scenario in feature.scenarios {
        switch TCKScenarioRun.outcome(of: scenario) {
        case .passed: counts.passed += 1
        case .skipped(let reason):
          counts.skipped += 1
          reasons.append("\(scenario.name): \(reason)")
        case .failed(let reason):
          counts.failed += 1
          reasons.append("\(scenario.name): \(reason)")
          failures.append("\(name) \(scenario.name): \(reason)")
        }
      }
      sums = (sums.passed + counts.passed, sums.failed + counts.failed, sums.skipped + counts.skipped)
      let remarks = reasons.joined(separator: "; ").replacing("|", with: "\\|").replacing("\n", with: " ")
      lines.append(
        "| \(name.dropLast(8)) | \(counts.passed) | \(counts.failed) | \(counts.skipped) | \(remarks) |")
    }
    lines.append("| all | \(sums.passed) | \(sums.failed) | \(sums.skipped) | |")
    let text = Self.heading + lines.joined(separator: "\n") + "\n"
    if ProcessInfo.processInfo.environment["VOUCH_WRITE_TCK"] != nil {
      try text.write(to: Self.table, atomically: true, encoding: .utf8)
    }
    let recorded = try String(contentsOf: Self.table, encoding: .utf8)
    let last = recorded.split(separator: "\n").last { $0.hasPrefix("| all |") }
    let passed = last?.split(separator: "|").compactMap { Int($0.filter(\.isNumber)) }.first ?? .max
    #expect(sums.passed >= passed, "\(failures.joined(separator: "\n"))")
  }

  private static let heading = """
    # openCypher scenarios

    What `vouch query` makes of the scenarios of the openCypher Technology Compatibility Kit that match patterns and paths, filter
    and sort; each example of an outline counts as one. Written by `make tck`; a test fails when fewer pass than stand here. The kit's
    files are no part of this repository.

    | file | passed | failed | skipped | which, and why |
    |---|---|---|---|---|

    """
}

/// Runs one scenario.
enum TCKScenarioRun {
  enum Outcome {
    case passed
    case failed(String)
    case skipped(String)
  }

  static func outcome(of scenario: TCKFeature.Scenario) -> Outcome {
    var loader = TCKGraphLoader()
    var parameters: [String: QueryValue] = [:]
    var result: Result<(columns: [String], rows: [[QueryValue]]), any Error>?
    for step in scenario.steps {
      let words = step.text.split(separator: " ").dropFirst().joined(separator: " ")
      switch words {
      case "an empty graph", "any graph", "no side effects": continue
      case "having executed:":
        do {
          try loader.execute(step.document, parameters: parameters)
        } catch {
          return .skipped("the graph cannot be made: \(error)")
        }
      case "parameters are:":
        for row in step.table { parameters[row[0]] = GraphQuery.parameter(row[1]) }
      case "executing query:":
        result = Result {
          try loader.graph.answer(step.document, parameters: parameters, maxHops: EdgeQuantifier.limit)
        }
      default:
        guard let result else { return .skipped("no query") }
        return check(words, step, result, loader.graph)
      }
    }
    return .skipped("nothing is expected")
  }

  private static func check(
    _ words: String, _ step: TCKFeature.Step, _ result: Result<(columns: [String], rows: [[QueryValue]]), any Error>,
    _ graph: TestGraph
  ) -> Outcome {
    if words.hasPrefix("a ") || words.hasPrefix("an ") {
      let expected = words.split(separator: " ").last.map(String.init) ?? ""
      guard case .failure(let error) = result else { return .failed("expected \(expected), found an answer") }
      guard let error = error as? QueryError else { return .failed("\(error)") }
      let name = String(describing: error.code)
      let found = name.prefix(1).uppercased() + name.dropFirst()
      return found == expected ? .passed : .failed("expected \(expected), found \(found): \(error.message)")
    }
    guard words.hasPrefix("the result should be") else { return .skipped("\"\(words)\" is not known") }
    switch result {
    case .failure(let error): return .failed("\((error as? QueryError)?.message ?? "\(error)")")
    case .success(let answer):
      let sorts = words.contains("ignoring element order")
      let header = step.table.first ?? []
      let expected = step.table.dropFirst().map { $0.map { TCKValue.form($0, sortingLists: sorts) } }
      let order = header.compactMap { answer.columns.firstIndex(of: $0) }
      guard order.count == header.count, answer.columns.count == header.count || header.isEmpty else {
        return .failed("expected columns \(header), found \(answer.columns)")
      }
      var found = answer.rows.map { row in order.map { TCKValue.form(row[$0], in: graph, sortingLists: sorts) } }
      var wanted = Array(expected)
      if !words.contains("in order") {
        found.sort { $0.lexicographicallyPrecedes($1) }
        wanted.sort { $0.lexicographicallyPrecedes($1) }
      }
      return found == wanted ? .passed : .failed("expected \(wanted), found \(found)")
    }
  }
}
