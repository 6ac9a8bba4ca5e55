import ArgumentParser
import Vouch

/// What the listings have in common: the graph, and filters that all of them know.
struct ListingOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The graph file.", valueName: "graph"), completion: .graph) var path: String
  @OptionGroup var version: GenerationOption

  @Option(help: "Only from this day, month or year on.") var since: String?
  @Option(help: "Only up to this day, month or year.") var until: String?
  @Option(help: "Only what this outlet or agency tells; repeat for several, any of them.") var outlet: [String] = []
  @Option(help: "Fewest independent sources.") var minSources = 1
  @Flag(help: "Print the sentences that say so.") var evidence = false
  @OptionGroup var format: JSONOption

  func validate() throws {
    guard minSources >= 1 else { throw ValidationError("--min-sources: found \(minSources); expected at least 1") }
    _ = try day(since, option: "since")
    _ = try day(until, option: "until")
  }

  /// The filter, names resolved; `nil` if nothing bears one of them, which the user was told.
  func filter(
    _ graph: GraphFile, _ terminal: Terminal, actors: [String] = [], places: [String] = [], targets: [String] = []
  ) throws(Diagnostic) -> ListingFilter? {
    var filter = ListingFilter()
    filter.since = since.flatMap(CalendarDate.init(iso8601:))?.dayNumber
    filter.until = until.flatMap(CalendarDate.init(iso8601:)).map { $0.endDayNumber - 1 }
    filter.minSources = minSources
    func ids(_ names: [String], _ kinds: Set<NodeKind>?) throws(Diagnostic) -> [NodeID]? {
      var ids: [NodeID] = []
      for name in names {
        guard let id = try resolve(name, in: graph, terminal, kinds: kinds) else { return nil }
        ids.append(id)
      }
      return ids
    }
    guard let actors = try ids(actors, Set(NodeKind.allCases.filter(\.isActor))),
      let places = try ids(places, Set(NodeKind.allCases.filter(\.isPlace))), let targets = try ids(targets, nil),
      let outlets = try ids(outlet, [.outlet, .agency])
    else { return nil }
    filter.actors = actors
    filter.places = places
    filter.targets = targets
    filter.outlets = outlets
    return filter
  }
}

/// Checks a word given on the command line against those allowed.
func checked(_ word: String?, option: String, among words: [String]) throws {
  guard let word, !words.contains(word) else { return }
  throw ValidationError("--\(option): found \"\(word)\"; expected one of: \(words.joined(separator: ", "))")
}
