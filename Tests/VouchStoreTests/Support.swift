import Foundation
import Testing
import VouchCore
import VouchKnowledge
import VouchLanguage
import VouchStore
import VouchTestSupport

/// How thoroughly the store is tried: `make torture` tries all there is to try, `make test` a part of it.
enum Effort {
  static let isTorture = ProcessInfo.processInfo.environment["VOUCH_TORTURE"] != nil

  /// Prints a figure for the closing lines of the tests.
  static func report(_ what: String, _ count: Int) { print("store: \(count) \(what)") }
}

/// Articles for tests of a graph's life: small ones that meet in people, places, stories and contradictions.
enum SampleArticles {
  private static let people = ["Ann Abel", "Bob Byrne", "Cid Cole", "Dora Dahl", "Eve Ek"]

  /// An article; the same numbers give the same one.
  ///
  /// - Parameter edition: Another edition has another text.
  static func article(_ number: Int, edition: Int = 0) throws -> Contribution {
    let first = people[number % people.count]
    let second = people[(number + 1 + edition) % people.count]
    let verb = number % 2 == 0 ? "met" : "warned"
    let text =
      "\(first) \(verb) \(second) in Ystad.\n\(second) rejected the harbour plan.\n"
      + "\(first) said the mayor backs the harbour plan \(edition).\n"
    var document = HandMadeDocument(
      "article-\(number).txt", text, title: "Talks \(number)", published: "2025-03-0\(1 + number % 9)",
      outlet: number % 2 == 0 ? "The Gull" : "The Heron", agency: number % 3 == 0 ? "Coast Press Agency" : nil)
    let one = document.entity(.person, first)
    let two = document.entity(.person, second)
    let place = document.entity(.place, "Ystad")
    document.event(
      number % 2 == 0 ? "CONSULT" : "THREATEN", verb, actors: [one], recipients: [two], place: place,
      date: "2025-02-28")
    document.stance(two, .oppose, "reject", .issue("harbour plan"), words: "harbour plan")
    document.attribution(one, cue: "said", content: "the mayor backs the harbour plan")
    return try document.contribution()
  }

  static func articles(_ count: Int) throws -> [Contribution] { try (0..<count).map { try article($0) } }
}

extension GraphUpdate {
  /// Opens what lies in a storage for a change, or begins a file there.
  static func of(_ storage: SimulatedStorage?, publishingTo new: SimulatedStorage = SimulatedStorage()) throws
    -> GraphUpdate
  {
    try GraphUpdate(storage, isNew: storage == nil, path: "test.vouch", creator: "test") { new }
  }

  func add(_ articles: [Contribution], reading: UInt64 = 1) {
    for article in articles { add(article, reading: reading) }
  }
}

/// The bytes of one build of some articles.
func built(_ articles: [Contribution], overrides: Overrides = Overrides()) throws -> [UInt8] {
  let storage = SimulatedStorage()
  let update = try GraphUpdate.of(nil, publishingTo: storage)
  update.overrides = overrides
  update.add(articles)
  _ = try update.commit()
  return storage.bytes
}

/// The bytes of a file after a change.
func changed(_ bytes: [UInt8], _ change: (GraphUpdate) throws -> Void) throws -> [UInt8] {
  let storage = SimulatedStorage(bytes)
  let update = try GraphUpdate.of(storage)
  try change(update)
  _ = try update.commit()
  return storage.bytes
}

/// The bytes of a file after its compaction.
func compacted(_ bytes: [UInt8]) throws -> [UInt8] {
  let new = SimulatedStorage()
  _ = try GraphUpdate.of(SimulatedStorage(bytes), publishingTo: new).compact()
  return new.bytes
}
