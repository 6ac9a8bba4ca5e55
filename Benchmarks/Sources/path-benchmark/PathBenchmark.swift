import Glibc
import Vouch

/// Makes the workload's graph and asks it for paths; one JSON object for each figure on standard output.
///
///     path-benchmark make FOLDER ENTITIES STATEMENTS PAIRS
///     path-benchmark ask FOLDER ENTITIES STATEMENTS PAIRS
///
/// ONLY="k = 10" in the environment limits asking to the questions whose names begin so.
@main struct PathBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 6, let entities = Int(arguments[3]), let statements = Int(arguments[4]),
      let pairs = Int(arguments[5]), entities > 1, statements > 0
    else {
      print("usage: path-benchmark make|ask FOLDER ENTITIES STATEMENTS PAIRS")
      exit(64)
    }
    let folder = arguments[2]
    if arguments[1] == "make" {
      try make(Workload(entities: entities, statements: statements, pairs: pairs), in: folder)
    } else {
      // Opening comes first: nothing of the file has been read by this process.
      try ask(folder, entities: entities, pairs: Int(pairs), statements: statements)
    }
  }

  // MARK: Making

  private static func make(_ workload: Workload, in folder: String) throws {
    var csv = "subject,object,kind,day,confidence,document\n"
    for statement in workload.statements {
      csv +=
        "\(statement.subject),\(statement.object),\(statement.kind.rawValue),\(Workload.day(statement.document)),"
        + "\(statement.confidence),\(statement.document)\n"
    }
    try save(csv, as: folder + "/statements.csv")
    try save(workload.pairs.map { "\($0.0),\($0.1)\n" }.joined(), as: folder + "/pairs.csv")
    csv = ""
    let parts = try workload.graph()
    let before = peakMemory()
    var length = 0
    let time = try measure {
      let graph = Graph(sources: parts.sources, nodes: parts.nodes, edges: parts.edges)
      length = try GraphFile.write(graph, to: folder + "/graph.vouch", creator: "bench", replacing: true)
    }
    report(
      "build and commit",
      [
        ("seconds", time.wall), ("cpu_seconds", time.processor), ("bytes", Double(length)),
        ("text", Double(workload.textLength)),
        ("bytes_per_statement", Double(length - workload.textLength) / Double(workload.statements.count)),
        ("peak_mb", peakMemory()), ("graph_mb", before),
      ])
  }

  private static func save(_ text: String, as path: String) throws {
    let file = try NewFile(path, replacing: true)
    try file.write(Array(text.utf8))
    try file.commit()
  }

  // MARK: Asking

  private static func ask(_ folder: String, entities: Int, pairs count: Int, statements: Int) throws {
    let path = folder + "/graph.vouch"
    for name in ["open and look up, pages cached", "open and look up, pages evicted"] {
      if name.hasSuffix("evicted") { evict(path) }
      var edges = 0
      let time = try measure {
        let graph = try GraphFile(path: path)
        if case .found(let id) = try graph.resolve("Entity \(entities / 2)") { edges = try graph.outgoing(id).count }
      }
      report(name, [("ms", time.wall * 1000), ("cpu_ms", time.processor * 1000), ("edges", Double(edges))])
    }
    let graph = try GraphFile(path: path)
    let pairs = try readPairs(folder + "/pairs.csv")
    let middle = Workload.firstDay + Workload.dayCount / 2
    let measures: [(name: String, pairs: Int, change: (inout PathQuery) -> Void)] = [
      ("shortest", count, { _ in }),
      ("shortest, by date", count, { $0.since = middle }),
      ("shortest, hubs capped", count, { $0.maxDegree = 500 }),
      ("shortest, by date, hubs capped", count, { query in (query.since, query.maxDegree) = (middle, 500) }),
      ("shortest, two sources a hop", count / 10, { $0.minSources = 2 }),
      ("all shortest, listing 100", count / 2, { query in (query.allShortest, query.count) = (true, 100) }),
      ("k = 10", count / 2, { $0.count = 10 }),
      ("k = 10, by date", count / 10, { query in (query.since, query.count) = (middle, 10) }),
      ("by confidence", count / 10, { $0.weight = .confidence }),
      ("by sources", count / 10, { $0.weight = .sources }),
      ("by recency", count / 10, { $0.weight = .recency }),
      ("by hub", count / 10, { $0.weight = .hub }),
      ("chronological", count / 50, { $0.isChronological = true }),
      ("via a third", count / 50, { query in query.via = [NodeID((Int(query.from.index) * 7919 + 1) % entities)] }),
    ]
    let only = getenv("ONLY").map { String(cString: $0) } ?? ""
    var search = PathSearch(graph)
    for (name, number, change) in measures where name.hasPrefix(only) {
      var times: [Double] = []
      var answers = ""
      for (from, to) in pairs.prefix(max(1, number)) {
        var query = PathQuery(from: NodeID(from), to: NodeID(to))
        query.maxHops = 30
        query.limits.budget = .max
        change(&query)
        if query.via.contains(query.from) || query.via.contains(query.to) { query.via = [] }
        // The search by way of others looks at most of the graph: it is stopped where the program stops it.
        if !query.via.isEmpty { query.limits = SearchLimits() }
        var answer: PathAnswer?
        times.append(try measure { answer = try search.answer(query) }.processor * 1000)
        guard let answer else { continue }
        let lengths = answer.paths.map { String($0.hops.count) }.joined(separator: " ")
        answers += "\(from),\(to),\(lengths),\(answer.count ?? 0),\(answer.paths.first?.weight ?? 0)\n"
      }
      try save(answers, as: folder + "/answers-\(name.filter { $0.isLetter || $0.isNumber }).csv")
      report(name, times)
    }
    for (name, number, text) in questions where name.hasPrefix(only) {
      var times: [Double] = []
      for (from, to) in pairs.prefix(max(1, min(number, count))) {
        let names = ["a": QueryValue.string("Entity \(from)"), "b": .string("Entity \(to)")]
        times.append(
          try measure { _ = try GraphQuery(text, on: graph, parameters: names).run() }.processor * 1000)
      }
      report(name, times)
    }
    report("peak memory", [("peak_mb", peakMemory())])
  }

  /// What people ask in the query language: name, number of pairs it is asked for, text.
  private static let questions = [
    (
      "query, one hop by name", 200,
      "MATCH (a:Person {name: $a})-[e]->(b) RETURN type(e), b.name ORDER BY b.name LIMIT 20"
    ),
    (
      "query, two hops with filters", 200,
      "MATCH (a {name: $a})-[e:holds|about WHERE e.confidence >= 0.7]->()-[:leads]->(c:Person) RETURN count(DISTINCT c)"
    ),
    ("query, any shortest", 200, "MATCH p = ANY SHORTEST (a {name: $a})-[]-{1,30}(b {name: $b}) RETURN length(p)"),
    ("query, edges by kind", 3, "MATCH ()-[e]->() RETURN type(e), count(*) ORDER BY type(e)"),
    (
      "query, ten of most edges", 3,
      "MATCH (a:Person)-[e]-() RETURN a.name, count(e) AS edges ORDER BY edges DESC, a.name LIMIT 10"
    ),
  ]

  private static func readPairs(_ path: String) throws -> [(Int, Int)] {
    lines(of: path).compactMap { line in
      let numbers = line.split(separator: ",").compactMap { Int($0) }
      return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
    }
  }

  private static func lines(of path: String) -> [String] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var lines: [String] = []
    var buffer = [CChar](repeating: 0, count: 256)
    while fgets(&buffer, 256, file) != nil {
      lines.append(
        String(decoding: buffer.prefix { $0 != 0 && $0 != 0x0A }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
    return lines
  }

  /// Drops what the system keeps of a file in memory.
  private static func evict(_ path: String) {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
    close(descriptor)
  }

  // MARK: Reporting

  private static func report(_ name: String, _ times: [Double]) {
    let sorted = times.sorted()
    func quantile(_ share: Double) -> Double { sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))] }
    report(
      name,
      [
        ("p50", quantile(0.5)), ("p99", quantile(0.99)), ("max", sorted[sorted.count - 1]),
        ("pairs", Double(sorted.count)),
      ])
  }

  /// Seconds that something takes: by the clock, and of the processor, where other programs show little.
  private static func measure(_ body: () throws -> Void) rethrows -> (wall: Double, processor: Double) {
    func now(_ clock: clockid_t) -> Double {
      var time = timespec()
      clock_gettime(clock, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = (now(CLOCK_MONOTONIC), now(CLOCK_PROCESS_CPUTIME_ID))
    try body()
    return (now(CLOCK_MONOTONIC) - start.0, now(CLOCK_PROCESS_CPUTIME_ID) - start.1)
  }

  /// The most memory that this process has held, in MB.
  private static func peakMemory() -> Double {
    let line = lines(of: "/proc/self/status").first { $0.hasPrefix("VmHWM:") }
    return Double(line?.split(separator: " ").dropFirst().first ?? "0").map { $0 / 1024 } ?? 0
  }

  private static func report(_ name: String, _ figures: [(String, Double)]) {
    let members = figures.map { "\"\($0.0)\": \(($0.1 * 100_000).rounded() / 100_000)" }.joined(separator: ", ")
    print("{\"name\": \"\(name)\", \(members)}")
    fflush(nil)
  }
}
