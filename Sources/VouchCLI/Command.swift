import ArgumentParser
import Vouch

/// How a command ended; the raw value is the program's exit code.
enum Outcome: Int32 {
  /// It found something; it ran and found nothing; it failed.
  case found = 0, nothing = 1, failed = 2
}

/// A subcommand: it prints data, reports diagnostics and says how it ended.
protocol Command: AsyncParsableCommand {
  var output: OutputOptions { get }
  func execute(_ terminal: Terminal) async throws(Diagnostic) -> Outcome
}

extension Command {
  func run() async throws {
    let terminal = Terminal(color: output.color, quiet: output.quiet)
    let outcome: Outcome
    do {
      outcome = try await execute(terminal)
    } catch {
      terminal.report(error)
      outcome = .failed
    }
    terminal.flush()
    if outcome != .found { throw ExitCode(outcome.rawValue) }
  }
}

extension Terminal.ColorChoice: ExpressibleByArgument {}

struct OutputOptions: ParsableArguments {
  @Flag(name: .long, help: "Print no progress, summaries or notes on standard error.")
  var quiet = false

  @Option(name: .long, help: "When to colour and underline: auto, always, never.")
  var color: Terminal.ColorChoice = .auto
}

struct JSONOption: ParsableArguments {
  @Flag(name: .long, help: "Print JSON Lines instead of text.")
  var json = false
}

/// The exit codes, for the help of every command.
let exitCodes = "Exit codes: 0 found, 1 nothing found, 2 failed, 64 wrong usage."

/// Runs a reading of a graph file, turning damage into a message.
func reading<Result>(_ graph: GraphFile, _ body: () throws -> Result) throws(Diagnostic) -> Result {
  do {
    return try body()
  } catch let corruption as Corruption {
    throw corruption.diagnostic(graph.path)
  } catch let diagnostic as Diagnostic {
    throw diagnostic
  } catch {
    throw Diagnostic(.error, "internal", String(describing: error), at: .init(path: graph.path))
  }
}

/// Finds the node that a name given on the command line means; tells the user about near misses and namesakes.
///
/// - Parameter kinds: Kinds to which the search is limited.
/// - Returns: `nil` if nothing bears the name; the candidates were listed then.
/// - Throws: A `Diagnostic` if several nodes bear it.
func resolve(_ name: String, in graph: GraphFile, _ terminal: Terminal, kinds: Set<NodeKind>? = nil)
  throws(Diagnostic) -> NodeID?
{
  try reading(graph) {
    func listed(_ ids: [NodeID]) throws -> String {
      try ids.map { id in
        let node = try graph.node(id)
        return
          "\n  n\(id.index)  \(Terminal.plain(node.label)) (\(node.kind.name), \(try graph.evidence(of: id).count) mentions)"
      }.joined()
    }
    switch try graph.resolve(name, kinds: kinds) {
    case .found(let id): return id
    case .ambiguous(let ids):
      throw Diagnostic(
        .error, "name.ambiguous",
        "\"\(name)\" may be any of these; give the number in its place:" + (try listed(ids)))
    case .unknown(let candidates):
      let advice = candidates.isEmpty ? "; nothing is spelt nearly so" : "; did you mean:" + (try listed(candidates))
      terminal.report(Diagnostic(.error, "name.unknown", "the graph has nothing called \"\(name)\"" + advice))
      return nil
    }
  }
}

/// Reads a date given on the command line.
func day(_ text: String?, option: String) throws -> CalendarDate? {
  guard let text else { return nil }
  guard let date = CalendarDate(iso8601: text) else {
    throw ValidationError("--\(option): found \"\(text)\"; expected a date such as 2025-12-28, 2025-12 or 2025")
  }
  return date
}
