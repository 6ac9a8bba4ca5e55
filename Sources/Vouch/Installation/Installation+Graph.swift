internal import VouchCore
internal import VouchStore

extension Installation {
  /// Opens and verifies a graph, and tells what building it anew would add.
  ///
  /// - Parameter reading: Identifies what this program reads with, as it is without options.
  static func findings(onGraph path: String, reading: UInt64?) -> [Finding] {
    let graph: GraphFile
    do throws(Diagnostic) {
      graph = try GraphFile(path: path)
    } catch {
      let advice = error.code == "store.missing" ? "vouch build makes a graph" : "vouch salvage keeps what is whole"
      return [.failure("graph", "\(path): \(error.message)", advice: advice)]
    }
    let report = graph.check()
    if let problem = report.problems.first {
      return [
        .failure(
          "graph", "\(path) is damaged in \(report.problemCount) places, first: \(problem.reason) (\(problem.section))",
          advice: "vouch check lists them; vouch salvage keeps the articles that are whole")
      ]
    }
    let made = "format \(graph.format), made by \(graph.creator), generation \(graph.generation)"
    var findings: [Finding] = [
      .ok(
        "graph", "\(path) is sound: \(made), \(graph.articleCount) articles, \(graph.evidenceCount) pieces of evidence")
    ]
    if let note = graph.rebuildNote {
      findings.append(.warning("graph-age", note, advice: "vouch build --replace with the articles"))
    }
    if graph.keepsArticles, let reading, let readings = try? graph.readings() {
      let others = readings.filter { $0.key != reading }.values.reduce(0, +)
      findings.append(
        others == 0
          ? .ok("graph-reading", "all articles were read by this program as it is")
          : .warning(
            "graph-reading",
            "\(others) of \(graph.articleCount) articles were read by another version, model, tables or options than this program's own",
            advice: "vouch build with these articles reads them again; if the options were yours, all is well"))
    }
    return findings
  }
}
