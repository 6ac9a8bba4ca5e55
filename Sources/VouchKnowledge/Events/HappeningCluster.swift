internal import VouchCore
internal import VouchLanguage

/// Reports of one happening, told in one way, at most one of each article.
struct HappeningCluster: Sendable {
  private(set) var members: [Occurrence]
  /// The articles that the members are of.
  private(set) var articles: Set<Int>
  /// The report whose key is the happening's: that of the first article.
  private var first: Occurrence
  /// Why the second and later ones joined.
  private(set) var rules: Set<String> = []
  private(set) var mode: String?
  private(set) var date: CalendarDate?
  private(set) var agents: Set<String>
  private(set) var recipients: Set<String>
  private(set) var place: String?
  private(set) var placeKind: NodeKind?
  private(set) var country: String?
  private var trigger: Set<UInt64>
  /// Days of publication, ascending, distinct, of reports and thus of the happening if its date is unknown.
  private(set) var published: [Int]

  init(_ first: Occurrence) {
    members = [first]
    articles = [first.article]
    self.first = first
    mode = first.mode
    date = first.date
    agents = first.agents
    recipients = first.recipients
    place = first.place
    placeKind = first.placeKind
    country = first.country
    trigger = first.trigger
    published = first.published.map { [$0] } ?? []
  }

  var type: String { members[0].type }
  var modality: Modality { members[0].modality }
  /// The key of the happening's node.
  var key: String { first.key }

  mutating func add(_ other: Occurrence, by rule: String) {
    members.append(other)
    articles.insert(other.article)
    if other.article < first.article { first = other }
    rules.insert(rule)
    mode = mode ?? other.mode
    date = date ?? other.date
    agents.formUnion(other.agents)
    recipients.formUnion(other.recipients)
    if place == nil { (place, placeKind, country) = (other.place, other.placeKind, other.country) }
    trigger.formUnion(other.trigger)
    if let day = other.published {
      let place = published.partition { $0 >= day }
      if place == published.count || published[place] != day { published.insert(day, at: place) }
    }
  }

  /// The rule by which a report tells of this happening; `nil` if it does not.
  ///
  /// - Parameter isDenial: Whether the report denies it, so that who takes part may be left unsaid.
  func rule(for other: Occurrence, isDenial: Bool = false) -> String? {
    guard type == other.type, mode == nil || other.mode == nil || mode == other.mode,
      Self.meet(agents, other.agents), Self.meet(recipients, other.recipients), placesAgree(other),
      let time = time(other)
    else { return nil }
    let mine = agents.union(recipients)
    let theirs = other.participants
    let shared = mine.intersection(theirs).count
    let wording = !trigger.isDisjoint(with: other.trigger)
    // OTHER may be anything: only the words tell what.
    guard wording || type != "OTHER" else { return nil }
    let context = similarity(to: other)
    let samePlace = place != nil && place == other.place
    if shared >= 2 {
      let isSame = time == .day || wording || context >= 0.3
      return isSame ? "event.participants-\(time.rawValue)" : nil
    }
    if shared == 1 {
      // With one in common nobody else may stand against it: a call with one leader is not that with another.
      guard wording || type == other.type && isDenial, mine.isSubset(of: theirs) || theirs.isSubset(of: mine) else {
        return nil
      }
      if time == .day, samePlace || context >= 0.25 { return "event.participant-day" }
      return context >= (isDenial ? 0.25 : 0.4) ? "event.participant-wording" : nil
    }
    guard wording, samePlace, time == .day || isDenial, context >= 0.25 else { return nil }
    return "event.place-day"
  }

  /// How the dates of two reports agree.
  private enum Time: String { case day, period, publication }

  private func time(_ other: Occurrence) -> Time? {
    if let date, let theirs = other.date {
      guard date.dayNumber < theirs.endDayNumber, theirs.dayNumber < date.endDayNumber else { return nil }
      if date.day != nil, theirs.day != nil { return .day }
      return isPublishedNear(other.published, days: 5) ? .period : nil
    }
    guard isPublishedNear(other.published, days: 3) else { return nil }
    // What is told as past did not happen after it was told.
    if modality != .planned, modality != .demanded, modality != .hypothetical {
      if let date, let day = other.published, date.dayNumber > day || day - date.dayNumber > 7 { return nil }
      if let date = other.date, let last = published.last, date.dayNumber > last || last - date.dayNumber > 14 {
        return nil
      }
    }
    return .publication
  }

  private func isPublishedNear(_ day: Int?, days: Int) -> Bool {
    guard let day else { return false }
    let next = published.partition { $0 >= day }
    return [next - 1, next].contains { published.indices.contains($0) && abs(published[$0] - day) <= days }
  }

  private func placesAgree(_ other: Occurrence) -> Bool {
    guard let place, let theirs = other.place else { return true }
    if place == theirs { return true }
    // A hall, the town that it stands in, and the region around may be one place; two towns are not.
    return placeKind != other.placeKind && (country == nil || other.country == nil || country == other.country)
  }

  /// Who is named by both must be named alike; one of both may name nobody.
  private static func meet(_ a: Set<String>, _ b: Set<String>) -> Bool {
    a.isEmpty || b.isEmpty || !a.isDisjoint(with: b)
  }

  /// The greatest part of the words around the triggers that the report and a member share.
  private func similarity(to other: Occurrence) -> Double {
    var best = 0.0
    for member in members.prefix(8) {
      let size = min(member.context.count, other.context.count)
      guard size > 0 else { continue }
      best = max(best, Double(member.context.intersection(other.context).count) / Double(size))
    }
    return best
  }
}
