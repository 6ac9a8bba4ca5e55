import ArgumentParser
import Vouch

/// Prints the nodes of a kind that pass a filter.
private func list(
  _ kind: NodeKind, _ filter: ListingFilter, _ graph: GraphFile, _ terminal: Terminal, _ options: ListingOptions,
  _ noun: String
) throws(Diagnostic) -> Outcome {
  try reading(graph) {
    let items = try Listing(graph, filter).items(kind)
    var printer = try ListingPrinter(graph, terminal, options)
    for item in items { try printer.print(item) }
    return items.isEmpty ? ListingPrinter.nothing(noun, terminal) : .found
  }
}

struct EventsCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "events", abstract: "List events: what happened, who took part, who says so, and who denies it.",
    discussion: """
      Reports of one happening in several articles are one event; what some tell and others deny are two, which contradict each other. \
      --since and --until mean when it happened; for an event of unknown date, when it was published.
      \(exitCodes)
      """)

  @OptionGroup var listing: ListingOptions
  @Option(help: "Only with this actor, recipient or co-actor; repeat for several, all of them.") var actor: [String] =
    []
  @Option(help: "Only at this place.") var place: [String] = []
  @Option(help: "Only of this PLOVER type, such as ASSAULT.", completion: .eventType) var type: String?
  @Option(
    help: "Only asserted, alleged, denied, planned, hypothetical, demanded or negated ones.",
    completion: .list(Modality.allCases.map(\.rawValue)))
  var modality: String?
  @OptionGroup var output: OutputOptions

  func validate() throws { try checked(modality, option: "modality", among: Modality.allCases.map(\.rawValue)) }

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    let graph = try listing.version.open(listing.path, terminal)
    guard var filter = try listing.filter(graph, terminal, actors: actor, places: place) else { return .nothing }
    filter.type = type
    filter.modality = modality
    return try list(.event, filter, graph, terminal, listing, "event")
  }
}

struct StancesCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "stances", abstract: "List stances: who is for or against what.",
    discussion: """
      --since and --until mean when it was published.
      \(exitCodes)
      """)

  @OptionGroup var listing: ListingOptions
  @Option(help: "Only held by, or toward, this person or body; repeat for several, all of them.") var actor: [String] =
    []
  @Option(help: "Only toward this issue, event, person or body.") var target: [String] = []
  @Option(help: "Only toward this place.") var place: [String] = []
  @Option(
    help: "Only support, oppose, conditional or neutral.",
    completion: .list(Stance.Polarity.allCases.map(\.rawValue)))
  var polarity: String?
  @Option(help: "Only of this kind, such as reject.", completion: .stanceKind) var type: String?
  @OptionGroup var output: OutputOptions

  func validate() throws { try checked(polarity, option: "polarity", among: Stance.Polarity.allCases.map(\.rawValue)) }

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    let graph = try listing.version.open(listing.path, terminal)
    guard var filter = try listing.filter(graph, terminal, actors: actor, places: place, targets: target) else {
      return .nothing
    }
    filter.type = type
    filter.polarity = polarity
    return try list(.stance, filter, graph, terminal, listing, "stance")
  }
}

struct StatementsCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "statements", abstract: "List statements: who said what.",
    discussion: """
      --since and --until mean when it was published.
      \(exitCodes)
      """)

  @OptionGroup var listing: ListingOptions
  @Option(help: "Only by this speaker.") var actor: [String] = []
  @Option(help: "Only that mention this person, body, place or event (n12); repeat for several, all of them.")
  var about: [String] = []
  @Option(help: "Only that mention this place.") var place: [String] = []
  @Option(help: "Only direct, indirect or mixed ones.", completion: .list(["direct", "indirect", "mixed"]))
  var type: String?
  @OptionGroup var output: OutputOptions

  func validate() throws { try checked(type, option: "type", among: ["direct", "indirect", "mixed"]) }

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    let graph = try listing.version.open(listing.path, terminal)
    guard var filter = try listing.filter(graph, terminal, actors: actor, places: place, targets: about) else {
      return .nothing
    }
    filter.type = type
    return try list(.statement, filter, graph, terminal, listing, "statement")
  }
}

struct ConflictsCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "conflicts",
    abstract: "List what contradicts each other: told and denied events, stances for and against.",
    discussion: """
      Both sides are kept, each with its sources. A filter admits a conflict if it admits one of its sides.
      \(exitCodes)
      """)

  @OptionGroup var listing: ListingOptions
  @Option(help: "Only with this person or body on a side; repeat for several, all of them.") var actor: [String] = []
  @Option(help: "Only at or toward this place.") var place: [String] = []
  @Option(help: "Only of this type of event or kind of stance.", completion: .conflictType) var type: String?
  @OptionGroup var output: OutputOptions

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    let graph = try listing.version.open(listing.path, terminal)
    guard var filter = try listing.filter(graph, terminal, actors: actor, places: place) else { return .nothing }
    filter.type = type
    return try reading(graph) {
      let conflicts = try Listing(graph, filter).conflicts()
      var printer = try ListingPrinter(graph, terminal, listing)
      for conflict in conflicts { try printer.print(conflict) }
      return conflicts.isEmpty ? ListingPrinter.nothing("conflict", terminal) : .found
    }
  }
}

struct SourcesCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "sources",
    abstract: "List the independent sources with their articles: copies of one story are one source.",
    discussion: """
      --since and --until mean when it was published; --min-sources is the fewest articles of a source.
      \(exitCodes)
      """)

  @OptionGroup var listing: ListingOptions
  @OptionGroup var output: OutputOptions

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    let graph = try listing.version.open(listing.path, terminal)
    guard let filter = try listing.filter(graph, terminal) else { return .nothing }
    return try reading(graph) {
      let groups = try Listing(graph, filter).sources()
      var printer = try ListingPrinter(graph, terminal, listing)
      for group in groups { try printer.print(group) }
      return groups.isEmpty ? ListingPrinter.nothing("source", terminal) : .found
    }
  }
}
