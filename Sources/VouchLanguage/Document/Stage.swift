public import VouchCore

/// The layers that stages add to a document.
public struct Layers: OptionSet, Hashable, Sendable {
  /// One bit for each layer.
  public let rawValue: UInt16
  /// Makes a set from its bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Sentences of the article's text.
  public static let sentences = Layers(rawValue: 1 << 0)
  /// Tokens of all blocks.
  public static let tokens = Layers(rawValue: 1 << 1)
  /// Named spans with labels.
  public static let names = Layers(rawValue: 1 << 2)
  /// Mentions grouped into entities.
  public static let entities = Layers(rawValue: 1 << 3)
  /// Dates, times, durations.
  public static let times = Layers(rawValue: 1 << 4)
  /// Who is said to have said what.
  public static let attributions = Layers(rawValue: 1 << 5)
  /// Happenings with their participants.
  public static let events = Layers(rawValue: 1 << 6)
  /// Who is for or against what.
  public static let stances = Layers(rawValue: 1 << 7)
  /// Offices and memberships of people, places within places.
  public static let relations = Layers(rawValue: 1 << 8)
  /// Word classes, tags, features, lemmas and one dependency tree for each sentence.
  public static let syntax = Layers(rawValue: 1 << 9)
  /// A vector of the language model for each token.
  public static let encoding = Layers(rawValue: 1 << 10)
  /// Spans of what is reported, of the reporting words and of their sources.
  public static let reports = Layers(rawValue: 1 << 11)
  /// References by name, description and pronoun, in chains.
  public static let references = Layers(rawValue: 1 << 12)

  private static let named: [(Layers, String)] = [
    (.sentences, "sentences"), (.tokens, "tokens"), (.names, "names"), (.entities, "entities"), (.times, "times"),
    (.attributions, "attributions"), (.events, "events"), (.stances, "stances"), (.relations, "relations"),
    (.syntax, "syntax"), (.encoding, "encoding"), (.reports, "reports"),
    (.references, "references"),
  ]

  /// The layers' names, in order.
  public var names: [String] { Self.named.filter { contains($0.0) }.map(\.1) }
}

/// One step of reading: it needs some layers of a document and adds others.
///
/// A stage is an immutable value; scratch memory belongs to the call. It uses no clock, no randomness and no global state,
/// so a document's reading depends on nothing but its article and the ontology.
public protocol Stage: Sendable {
  /// Name and version, such as `tokens/2`.
  static var id: Symbol { get }
  /// Layers that must be there before it runs.
  static var requires: Layers { get }
  /// Layers that are there afterwards.
  static var assigns: Layers { get }
  /// Adds the layers to `document`; of several, it leaves alone what is there already.
  func run(on document: inout Document)
}

/// Calls the work that it is given, once, on the same thread: for measuring how long a stage takes.
public typealias StageWatch = @Sendable (_ stage: Symbol, _ work: () -> Void) -> Void

/// Stages in an order in which each finds the layers it needs.
public struct Pipeline: Sendable {
  /// Why stages cannot run in the order given.
  public struct Unmet: Error, Sendable {
    /// The stage that lacks something.
    public let stage: Symbol
    /// What it lacks.
    public let missing: Layers
  }

  /// The stages, in order.
  public let stages: [any Stage]

  /// Checks that every stage's requirements are met by the stages before it.
  ///
  /// - Throws: `Unmet` for the first stage that would lack a layer.
  public init(_ stages: [any Stage]) throws(Unmet) {
    var present: Layers = []
    for stage in stages {
      let stageType = type(of: stage)
      let missing = stageType.requires.subtracting(present)
      guard missing.isEmpty else { throw Unmet(stage: stageType.id, missing: missing) }
      present.formUnion(stageType.assigns)
    }
    self.stages = stages
  }

  /// Runs the stages whose layers are not all there.
  ///
  /// - Parameter watch: Calls each stage's work, once, with its id; what it measures changes nothing.
  public func run(on document: inout Document, watch: StageWatch? = nil) {
    for stage in stages {
      let assigned = type(of: stage).assigns
      if assigned.isSubset(of: document.layers) { continue }
      if let watch {
        watch(type(of: stage).id) { stage.run(on: &document) }
      } else {
        stage.run(on: &document)
      }
      document.layers.formUnion(assigned)
    }
  }
}
