import ArgumentParser
import Vouch

/// What shells offer where ArgumentParser cannot know it by itself.
extension CompletionKind {
  /// A graph file.
  static let graph = CompletionKind.file(extensions: ["vouch"])
  /// A kind of edge.
  static let edgeKind = CompletionKind.list(EdgeKind.allCases.map(\.name))
  /// A type of event, without modes such as `CONSULT-visit`.
  static let eventType = CompletionKind.list(eventTypes)
  /// A kind of stance.
  static let stanceKind = CompletionKind.list(stanceKinds)
  /// What two sides can contradict each other in.
  static let conflictType = CompletionKind.list(eventTypes + stanceKinds)

  private static let eventTypes = concepts("event:").filter { !$0.contains("-") }
  private static let stanceKinds = concepts("kind:")

  /// The concepts that the built-in schemes declare under a prefix.
  private static func concepts(_ prefix: String) -> [String] {
    let declaration = " a skos:Concept ;"
    return String(decoding: Ontology.resource("schemes.ttl") ?? [], as: UTF8.self).split(separator: "\n")
      .filter { $0.hasPrefix(prefix) && $0.hasSuffix(declaration) }
      .map { String($0.dropFirst(prefix.count).dropLast(declaration.count)) }
  }
}
