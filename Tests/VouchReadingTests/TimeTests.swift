import Testing
import VouchCore
import VouchLanguage
import VouchTestSupport

/// All texts are published on Wednesday 15 May 2024 unless said otherwise.
@Suite struct TimeTests {
  /// The one expression of a text: its words in brackets, the rest around them.
  private func only(_ marked: String, published: String? = "2024-05-15") throws -> TimeExpression {
    let parts = marked.split(separator: "[", omittingEmptySubsequences: false)
    let inner = try #require(parts.last).split(separator: "]", omittingEmptySubsequences: false)
    let text = marked.replacing("[", with: "").replacing("]", with: "")
    let document = try Readers.read(text, published: published)
    let words = document.times.map { document.words($0.span) }
    let wanted = try #require(inner.first.map(String.init))
    let index = try #require(words.lastIndex(of: wanted), "\(text): found \(words), wanted \(wanted)")
    return document.times[index]
  }

  @Test(arguments: [
    ("The vote is on [28 December 2025].", "2025-12-28"), ("It began on [Dec. 28, 2023], at sea.", "2023-12-28"),
    ("It failed in [February 2022].", "2022-02"), ("It was built in [1998].", "1998"),
    ("He signed it on [the 3rd of March 2020].", "2020-03-03"), ("He signed it on [03/22/2021].", "2021-03-22"),
    ("He signed it on [22/03/2021].", "2021-03-22"), ("The log ends on [2019-11-05].", "2019-11-05"),
    ("It closed in [October of last year].", "2023-10"), ("Sales fell in [Q3 2023].", "2023-Q3"),
    ("Sales fell in [the third quarter of 2023].", "2023-Q3"),
    ("They met on [the first Monday of May 2023].", "2023-05-01"),
    ("It rained in [the last week of 2015].", "2015-W53"), ("He sang in [the 1990s].", "199"),
    ("They danced in [the seventies].", "197"), ("It rained all through [the summer of 2018].", "2018-SU"),
    ("It was a dispute of [the 19th century].", "18"), ("They left on [Christmas Eve 2022].", "2022-12-24"),
    ("They left on [Easter Monday 2023].", "2023-04-10"),
  ])
  func datesOfTheCalendarNeedNoPublication(_ marked: String, _ value: String) throws {
    #expect(
      try only(marked, published: nil).value
        == (marked.contains("last year") ? "XXXX-10" : value == "197" ? "XX7" : value))
    #expect(try only(marked).value == value)
  }

  @Test(arguments: [
    ("She arrived [yesterday].", "2024-05-14"), ("They agreed [last month].", "2024-04"),
    ("The law passed [last week].", "2024-W19"), ("Turnout rose [this year].", "2024"),
    ("They will decide [next week].", "2024-W21"), ("He left [three days ago].", "2024-05-12"),
    ("The court ruled [two weeks ago].", "2024-05-01"), ("It will open in [two days].", "P2D"),
    ("She won [last Friday].", "2024-05-10"), ("The strike ends [next Friday].", "2024-05-24"),
    ("They left [the day before yesterday].", "2024-05-13"),
    ("It will cost more in [the next three days].", "2024-05-16/2024-05-18"),
    ("Prices rose over [the last two months].", "2024-03-15/2024-05-14"), ("It was paid [last summer].", "2023-SU"),
    ("They met [earlier this month].", "2024-05"), ("[Next year]'s budget is smaller.", "2025"),
  ])
  func relativeDatesAreCountedFromPublication(_ marked: String, _ value: String) throws {
    if value == "P2D" {
      #expect(try only("It will open [in two days].").value == "2024-05-17")
    } else {
      #expect(try only(marked).value == value)
    }
  }

  /// The verb of the clause decides which of two weekdays or months is meant.
  @Test(arguments: [
    ("He died on [Monday].", "2024-05-13"), ("The bank opened on [Wednesday].", "2024-05-15"),
    ("They left on [Thursday].", "2024-05-09"), ("They will leave on [Thursday].", "2024-05-16"),
    ("They plan to meet on [Monday].", "2024-05-20"), ("The hearing is scheduled for [Monday].", "2024-05-20"),
    ("The talks begin on [Monday].", "2024-05-20"), ("They could be freed on [Monday].", "2024-05-20"),
    ("They have been held since [Monday].", "2024-05-13"), ("He failed to appear on [Monday].", "2024-05-13"),
    ("Voters rejected the plan in [Sunday]'s referendum.", "2024-05-12"),
    ("The minister said he would resign on [Friday].", "2024-05-17"),
    ("The minister said on [Friday] that he will resign.", "2024-05-10"),
    ("It fell in [November].", "2023-11"), ("It will fall in [November].", "2024-11"),
    ("They meet in [early June].", "2024-06"), ("The fire broke out on [Jan. 3].", "2024-01-03"),
    ("The fire broke out on [Dec. 3].", "2023-12-03"), ("The court will sit on [Feb. 3].", "2025-02-03"),
  ])
  func tenseDecidesBetweenTheLastAndTheNext(_ marked: String, _ value: String) throws {
    #expect(try only(marked).value == value)
  }

  /// "That day" and "two days later" follow on the nearest date before them.
  @Test(arguments: [
    ("The dam broke on March 3. Help came [the next day].", "2024-03-04"),
    ("The dam broke on March 3. Rain had set in [two days earlier].", "2024-03-01"),
    ("The dam broke on March 3. A mast had fallen [earlier that day].", "2024-03-03"),
    ("The dam broke on March 3. Repairs began [the following week].", "2024-W10"),
    ("The dam broke in March 2019. It was rebuilt [two years later].", "2021"),
    ("The strike began on 4 May and ended [three days later].", "2024-05-07"),
  ])
  func anaphorsCountFromTheDateBefore(_ marked: String, _ value: String) throws {
    let time = try only(marked)
    #expect(time.date?.description ?? time.value == value || time.value == value)
  }

  @Test(arguments: [
    ("Help came [the next day].", "XXXX-XX-XX"), ("He died [four years after] the war.", "XXXX"),
    ("They met on [the eve] of the summit.", "XXXX-XX-XX"), ("A mast had fallen [earlier that day].", "XXXX-XX-XX"),
  ])
  func whatNothingAnchorsIsUnknown(_ marked: String, _ value: String) throws {
    let time = try only(marked)
    #expect(time.value == value)
    #expect(time.date == nil && time.from == nil && time.to == nil)
  }

  @Test(
    arguments: [
      ("They fought [from 3 to 5 June 2023].", "2023-06-03/2023-06-05", "2023-06-03", "2023-06-06"),
      ("They met on [13-15 July 2023].", "2023-07-13/2023-07-15", "2023-07-13", "2023-07-16"),
      ("It was shut [between March and May 2022].", "2022-03/2022-05", "2022-03-01", "2022-06-01"),
      ("He ruled [from 1999 to 2004].", "1999/2004", "1999-01-01", "2005-01-01"),
      ("It snowed in [late January 2022].", "2022-01", "2022-01-21", "2022-02-01"),
      ("They have ruled since [2014].", "2014", "2014-01-01", nil),
      ("It must be paid by [June 2025].", "2025-06", nil, "2025-07-01"),
      ("It was built before [1900].", "1900", nil, "1900-01-01"),
      ("Prices rose after [2020].", "2020", "2021-01-01", nil),
      ("Prices rose in [2020].", "2020", "2020-01-01", "2021-01-01"),
    ] as [(String, String, String?, String?)])
  func intervalsEndBeforeTheirLastDay(_ marked: String, _ value: String, _ from: String?, _ to: String?) throws {
    let time = try only(marked)
    #expect(time.value == value)
    #expect(time.from?.description == from)
    #expect(time.to?.description == to)
  }

  /// Events are dated by `date`: never more precisely than the words tell.
  @Test(
    arguments: [
      ("He left [three days ago].", "2024-05-12"), ("He left [two years ago].", "2022"),
      ("He left [five months ago].", "2023-12"),
      ("He left [last week].", "2024-05"), ("He left [this morning].", "2024-05-15"),
      ("He left in [early March].", "2024-03"),
      ("He left [between March and May 2022].", "2022"), ("He ruled [from 1999 to 2004].", nil),
      ("It was built before [1900].", nil),
    ] as [(String, String?)])
  func dateIsAsPreciseAsTheWords(_ marked: String, _ date: String?) throws {
    #expect(try only(marked).date?.description == date)
  }

  @Test(arguments: [
    ("The siege lasted [three days].", "P3D"), ("They signed a [two-week] truce.", "P2W"),
    ("He spoke for [an hour and a half].", "PT1.5H"), ("It took [several months].", "PXM"),
    ("They waited for [two and a half years].", "P2.5Y"), ("The town was rebuilt [in three years].", "P3Y"),
  ])
  func durationsHaveNoDate(_ marked: String, _ value: String) throws {
    let time = try only(marked)
    #expect(time.kind == .duration)
    #expect(time.value == value)
    #expect(time.date == nil)
  }

  @Test(arguments: [
    ("They march [every Monday].", "XXXX-WXX-1"), ("The board meets [twice a year].", "P1Y"),
    ("The board meets [every two weeks].", "P2W"), ("The bulletin appears [daily].", "P1D"),
    ("The market is held on [Saturdays].", "XXXX-WXX-6"),
  ])
  func repeatedTimesAreSets(_ marked: String, _ value: String) throws {
    let time = try only(marked)
    #expect(time.kind == .set)
    #expect(time.value == value)
  }

  @Test(arguments: [
    ("The siren sounded at [3:30 p.m.] in town.", "T15:30"), ("It began at [9 p.m. on Monday].", "2024-05-13T21:00"),
    ("Fire broke out [on Monday at noon].".replacing("[on ", with: "on ["), "2024-05-13T12:00"),
    ("Shells fell [last night].", "2024-05-14TNI"), ("They left on [Tuesday morning].", "2024-05-14TMO"),
    ("Shots were heard [between 9:00 and 11:30].".replacing("[between ", with: "between ["), "T09:00/T11:30"),
  ])
  func timesOfDay(_ marked: String, _ value: String) throws {
    let time = try only(marked)
    #expect(time.kind == .time)
    #expect(time.value == value)
  }

  @Test(arguments: [
    "He left on [Monday].", "She returns [tomorrow].", "They met in [June].", "He left [three days ago].",
    "It fell [last year].", "They met on [Jan. 3].",
  ])
  func withoutPublicationRelativeTimesHaveNoDate(_ marked: String) throws {
    let time = try only(marked, published: nil)
    #expect(time.value.hasPrefix("XXXX"))
    #expect(time.date == nil && time.from == nil && time.to == nil)
  }

  @Test(arguments: [
    "He may march on.", "They talked for hours.", "Sun shone.", "Flight 2022 landed.", "A second man was hurt.",
    "Some 2000 people fled.", "The score was 3-1.", "Call 138-2010-2015 now.", "Profit was 1998.5 dollars.",
    "The 20-year-old driver fled.", "She is the first of three judges.", "He paid 3/4 of it.", "The train was late.",
    "The week was hard.", "They fell to the ground.",
  ])
  func otherWordsAreNoTimes(_ text: String) throws {
    let document = try Readers.read(text)
    #expect(document.times.isEmpty, "\(document.times.map { document.words($0.span) })")
  }

  /// Reading takes time linear in the text, whatever stands in it, and finds spans in order that do not overlap.
  @Test(
    .timeLimit(.minutes(2)),
    arguments: [
      "1 ", "the first ", "from 3 to ", "Monday of the first ", "twenty ", "May ", "1/2", "late ", "a couple of ",
      "every ", "12:",
    ])
  func longRunsOfTimeWordsAreReadInOrder(_ piece: String) throws {
    let document = try Readers.read(String(repeating: piece, count: 1000) + "end.")
    for (a, b) in zip(document.times, document.times.dropFirst()) { #expect(a.span.end <= b.span.start) }
  }
}
