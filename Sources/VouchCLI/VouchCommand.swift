import ArgumentParser
import Glibc
import Vouch

@main
struct VouchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vouch",
    abstract: "Reads news articles into a knowledge graph in which every edge shows the words that say so.",
    // What it says costs some milliseconds, and is only asked for so.
    version: CommandLine.arguments.contains("--version") ? VouchVersion.all : VouchVersion.creator,
    subcommands: [
      BuildCommand.self, ExtractCommand.self, ExportCommand.self, ReportCommand.self, PathCommand.self,
      QueryCommand.self, ShowCommand.self,
      WhyCommand.self,
      EventsCommand.self, StancesCommand.self, StatementsCommand.self, ConflictsCommand.self, SourcesCommand.self,
      StatsCommand.self, RetractCommand.self, MergeCommand.self, CompactCommand.self, LogCommand.self,
      CheckCommand.self,
      SalvageCommand.self, OntologyCommand.self, FramesCommand.self, DoctorCommand.self,
    ])

  static func main() async {
    // A pipe whose reader went away is reported by write(), not by a signal.
    _ = signal(SIGPIPE, SIG_IGN)
    if CommandLine.arguments.dropFirst() == [Isolation.argument] { Glibc.exit(IsolatedServer.run() ? 0 : 2) }
    await main(nil)
  }
}
