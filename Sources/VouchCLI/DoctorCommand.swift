import ArgumentParser
import Vouch

struct DoctorCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check that the program works here, and tell what to do where it does not.",
    discussion: """
      Reads a built-in article with every set of instructions that the processor has, and in processes of their own as --isolate \
      does; looks at what is built in, at the libraries and limits of the system. With --folder a small graph is written there, \
      locked, read and removed. With a graph that is verified, and it is told what building it again would add.
      Exit codes: 0 all is well, 1 there are warnings, 2 something does not work, 64 wrong usage.
      """)

  @Argument(help: ArgumentHelp("A graph file to check as well.", valueName: "graph"), completion: .graph)
  var graph: String?
  @Option(
    help: ArgumentHelp("A folder that graphs are to be written to, to check as well.", valueName: "folder"),
    completion: .directory)
  var folder: String?
  @OptionGroup var format: JSONOption
  @OptionGroup var output: OutputOptions

  func execute(_ terminal: Terminal) async throws(Diagnostic) -> Outcome {
    let findings = await Installation(isolation: Isolation()).findings(folder: folder, graph: graph)
    for finding in findings {
      if format.json { terminal.write(Self.json(finding)) } else { Self.print(finding, terminal) }
    }
    let states = Set(findings.map(\.state))
    return states.contains(.failure) ? .failed : states.contains(.warning) ? .nothing : .found
  }

  private static func print(_ finding: Finding, _ terminal: Terminal) {
    let state = pad(finding.state.rawValue, 8)
    terminal.line(
      (finding.state == .ok ? state : terminal.bold(state)) + pad(finding.check, 14) + Terminal.plain(finding.found))
    if let advice = finding.advice { terminal.line(pad("", 22) + Terminal.plain(advice)) }
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  private static func json(_ finding: Finding) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.string("type", "finding")
    json.integer("schema", 1)
    json.string("check", finding.check)
    json.string("state", finding.state.rawValue)
    json.string("found", finding.found)
    json.string("advice", finding.advice)
    json.endObject()
    json.newline()
    return json.bytes
  }
}
