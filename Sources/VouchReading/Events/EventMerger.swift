internal import VouchCore
internal import VouchLanguage

/// Collects the events of a document: what tells of one happening again becomes further evidence of it.
///
/// Two tellings are one happening if type and modality are equal, modes, dates and places do not differ, and the
/// participants of one are among those of the other.
struct EventMerger {
  /// Earlier events of a type that are compared at most.
  private static let reach = 64
  /// Sentences after which "the attack" no longer means the last one.
  private static let memory = 12

  /// Days around the article's own in which an event without a date may lie.
  private static let recent = 3

  /// The article's day of publication.
  let published: CalendarDate?
  private(set) var events: [Event] = []
  /// Indices of the events of each type, ascending.
  private var ofType: [String: [Int]] = [:]
  /// TIMEX3 value of the words that date each event.
  private var times: [String?] = []
  /// Lemma of each event's latest trigger, and the sentence it stands in.
  private var latest: [(lemma: String, sentence: Int)] = []

  init(published: CalendarDate?) { self.published = published }

  /// - Parameter time: TIMEX3 value of the words that date the event, which may lack what a date needs (`XXXX-10`).
  mutating func add(_ event: Event, time: String?, lemma: String, sentence: Int) {
    for index in (ofType[event.type] ?? []).suffix(Self.reach).reversed()
    where isSameTime(events[index].date, times[index], event.date, time) && isSame(events[index], event) {
      if times[index] == nil { times[index] = time }
      merge(event, into: index)
      latest[index] = (lemma, sentence)
      return
    }
    ofType[event.type, default: []].append(events.count)
    latest.append((lemma, sentence))
    times.append(time)
    events.append(event)
  }

  /// Takes a definite noun as another mention of the last event of its type that was told with the same word.
  mutating func repeatLast(_ type: String, _ lemma: String, _ trigger: Evidence, sentence: Int) {
    guard let index = last(type, lemma, sentence) else { return }
    events[index].triggers.append(trigger)
    latest[index].sentence = sentence
  }

  /// Adds that the last event of a type that was told with the same word did not happen.
  mutating func negateLast(_ type: String, _ lemma: String, _ trigger: Evidence, sentence: Int) {
    guard let index = last(type, lemma, sentence) else { return }
    let event = events[index]
    add(
      Event(
        type: type, mode: event.mode, triggers: [trigger], participants: event.participants, place: event.place,
        date: event.date, modality: .negated), time: times[index], lemma: lemma, sentence: sentence)
  }

  private func last(_ type: String, _ lemma: String, _ sentence: Int) -> Int? {
    (ofType[type] ?? []).suffix(Self.reach).last {
      latest[$0].lemma == lemma && sentence - latest[$0].sentence <= Self.memory
    }
  }

  private func isSame(_ a: Event, _ b: Event) -> Bool {
    guard a.modality == b.modality, a.mode == nil || b.mode == nil || a.mode == b.mode,
      a.mode != "visit" && b.mode != "visit" || a.mode == b.mode,
      a.place == nil || b.place == nil || a.place?.entity == b.place?.entity
    else { return false }
    let (left, right) = (Self.keys(a), Self.keys(b))
    // Meetings are many: only who meets tells them apart.
    let least = a.type == "CONSULT" ? 2 : 1
    return left == right || left.isSubset(of: right) && left.count >= least
      || right.isSubset(of: left) && right.count >= least
  }

  /// Whether two happenings may be at one time; what has no date is told as news.
  private func isSameTime(_ a: CalendarDate?, _ time: String?, _ b: CalendarDate?, _ other: String?) -> Bool {
    switch (a, b) {
    case (let a?, let b?): return a.dayNumber < b.endDayNumber && b.dayNumber < a.endDayNumber
    case (nil, nil):
      guard let time, let other else { return (time ?? other).map(Self.isRecent) ?? true }
      return time == other
    case (let date?, nil), (nil, let date?):
      guard let published else { return Self.isRecent(a == nil ? time : other) }
      return date.dayNumber <= published.dayNumber + Self.recent
        && date.endDayNumber >= published.dayNumber - Self.recent
    }
  }

  /// Whether a value without a year may be a day of this week: a weekday may, a month may not.
  private static func isRecent(_ time: String?) -> Bool { time?.hasPrefix("XXXX-WXX") ?? true }

  /// Entities with the side they stand on; those who do something together stand on one.
  private static func keys(_ event: Event) -> Set<Int> {
    let isMutual = event.type == "CONSULT" || event.type == "AGREE" || event.type == "COOPERATE"
    return Set(event.participants.map { $0.entity * 2 + (!isMutual && $0.role == .recipient ? 1 : 0) })
  }

  private mutating func merge(_ event: Event, into index: Int) {
    events[index].triggers += event.triggers
    for participant in event.participants
    where !events[index].participants.contains(where: { $0.entity == participant.entity }) {
      events[index].participants.append(participant)
    }
    if events[index].place == nil { events[index].place = event.place }
    if events[index].date == nil { events[index].date = event.date }
    if events[index].mode == nil { events[index].mode = event.mode }
    if events[index].code == nil { events[index].code = event.code }
  }
}
