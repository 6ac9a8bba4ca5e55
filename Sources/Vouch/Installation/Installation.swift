public import VouchArticles
internal import VouchCore
internal import VouchKnowledge
internal import VouchLanguage
internal import VouchOntology
internal import VouchReading
internal import VouchStore
internal import VouchXML

/// Checks whether an installed program does what it should.
///
/// ```swift
/// for finding in await Installation().findings(graph: "news.vouch") where finding.state != .ok {
///   print(finding.check, finding.found, finding.advice ?? "")
/// }
/// ```
public struct Installation: Sendable {
  private let isolation: Isolation?

  /// Prepares to check; nothing is done yet.
  ///
  /// - Parameter isolation: How articles would be made in other processes; `nil` if the program that runs does not answer
  ///   `Isolation.argument`, then that is not checked.
  public init(isolation: Isolation? = nil) { self.isolation = isolation }

  /// Checks the program and the system and, if they are named, a folder and a graph.
  ///
  /// - Parameters:
  ///   - folder: Where graphs are to be written; a small one is made there and removed.
  ///   - graph: A graph file, which is verified as a whole.
  /// - Complexity: O(n log n) in the size of the graph.
  public func findings(folder: String? = nil, graph: String? = nil) async -> [Finding] {
    var findings = [versions, resources, kernels]
    let extractor: Extractor?
    do throws(Diagnostic) {
      let made = try Extractor()
      findings.append(await Self.reading(by: made, "model"))
      extractor = made
    } catch {
      findings.append(.failure("model", error.message, advice: Self.installAgain))
      extractor = nil
    }
    findings += [
      library("libxml2", running: XMLLibrary.running, built: XMLLibrary.built),
      library("zlib", running: ZlibLibrary.running, built: ZlibLibrary.built),
    ]
    if let isolation { findings.append(await self.isolation(isolation)) }
    findings += Self.limits
    if let folder { findings += await Self.findings(inFolder: folder, extractor) }
    if let graph { findings += Self.findings(onGraph: graph, reading: extractor?.fingerprint) }
    return findings
  }

  static let installAgain = "install the program again"

  private var versions: Finding {
    .ok("versions", VouchVersion.all.split(separator: "\n").joined(separator: ", "))
  }

  /// Every built-in table and document is there and can be read.
  private var resources: Finding {
    var rows = 0
    do throws(Diagnostic) {
      for name in Ontology.tableNames {
        for table in try Ontology().rows(of: name) { rows += table.rowCount }
      }
    } catch {
      return .failure("ontology", error.message, advice: Self.installAgain)
    }
    let documents = Ontology.resourceNames.filter { !$0.hasSuffix(".tsv") }
    if let name = documents.first(where: { Ontology.resource($0)?.isEmpty != false }) {
      return .failure("ontology", "the built-in file \(name) is empty", advice: Self.installAgain)
    }
    return .ok("ontology", "\(Ontology.tableNames.count) tables of \(rows) rows, \(documents.count) documents")
  }

  /// All kernels that the processor can run read the known article alike.
  private var kernels: Finding {
    let names = Kernel.available.map(\.name).joined(separator: ", ")
    let unlike: [Kernel]
    do throws(Diagnostic) {
      let ontology = Ontology()
      let gazetteer = try Gazetteer(ontology)
      var records: [(Kernel, String)] = []
      for kernel in Kernel.available {
        let reader = try Reader(ontology: ontology, gazetteer: gazetteer, model: try .builtIn(kernel: kernel))
        let article = try Article.make(from: KnownArticle.raw, lexicon: try PageLexicon(ontology)).get()
        records.append((kernel, ReadingRecord(reader.read(article), options: .syntax).json))
      }
      unlike = records.filter { $0.1 != records.first?.1 }.map(\.0)
    } catch {
      return .failure("kernels", error.message, advice: Self.installAgain)
    }
    guard unlike.isEmpty else {
      return .failure(
        "kernels", "\(unlike.map(\.name).joined(separator: ", ")) read otherwise than plain C",
        advice: "the processor or the memory may be faulty: compare with another machine")
    }
    guard Kernel.best != .portable else {
      return .warning(
        "kernels", "portable alone: this processor has none of the instructions that the program is tuned for",
        advice: "reading takes several times as long; nothing else changes")
    }
    return .ok("kernels", "\(Kernel.best.name) is used; this processor can run \(names), all with the same result")
  }

  /// The known article is read as it should be.
  private static func reading(by extractor: Extractor, _ check: String) async -> Finding {
    let made = await KnownArticle.withInput { input in
      var contributions: [Contribution] = []
      var diagnostics: [Diagnostic] = []
      await extractor.forEach(in: [input], threads: 1) { document throws(Diagnostic) in
        try extractor.contribution(of: document)
      } consume: { outcome in
        diagnostics += outcome.diagnostics
        if let contribution = outcome.output { contributions.append(contribution) }
      }
      return (Graph.merging(contributions).graph, diagnostics)
    }
    guard let (graph, diagnostics) = made else {
      return .failure(check, "the system gives no pipe", advice: "allow more open files (ulimit -n)")
    }
    if let error = diagnostics.first(where: { $0.severity == .error }) {
      return .failure(check, error.message, advice: installAgain)
    }
    let missing = KnownArticle.edges.subtracting(KnownArticle.descriptions(of: graph)).sorted()
    return missing.isEmpty
      ? .ok(check, "the built-in article is read as it should be")
      : .failure(
        check, "in the built-in article was not found: \(missing.joined(separator: "; "))",
        advice: installAgain)
  }

  /// Articles can be made in other processes.
  private func isolation(_ isolation: Isolation) async -> Finding {
    let finding: Finding
    do throws(Diagnostic) {
      finding = await Self.reading(by: try Extractor(isolation: isolation), "isolation")
    } catch {
      return .failure("isolation", error.message, advice: Self.installAgain)
    }
    guard finding.state == .ok else {
      return .failure(
        "isolation", "--isolate does not work here: \(finding.found)",
        advice: "allow more address space and processes (ulimit -v, ulimit -u), mount /proc, or read without --isolate")
    }
    return .ok(
      "isolation",
      "--isolate works: files are parsed in processes of at most \(isolation.memoryLimit >> 20) MiB that write none"
    )
  }

  /// A library that the system brings must be as new as the one that the program was built with.
  private func library(_ name: String, running: String, built: String) -> Finding {
    let numbers = [running, built].map { $0.split(separator: ".").map { Int($0) ?? 0 } }
    guard !numbers[0].lexicographicallyPrecedes(numbers[1]) else {
      return .warning(
        name, "\(name) \(running) runs; the program was built with \(built)", advice: "update \(name)")
    }
    return .ok(name, "\(name) \(running)" + (running == built ? "" : ", built with \(built)"))
  }
}
