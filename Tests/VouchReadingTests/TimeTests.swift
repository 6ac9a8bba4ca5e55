import Testing
import VouchCore
import VouchLanguage
import VouchOntology
import VouchTestSupport

@Suite struct TimeTests {
  /// Published on Wednesday 15 May 2024.
  @Test(arguments: [
    ("The vote is on 28 December 2025.", "28 December 2025", "2025-12-28"),
    ("It began on Dec. 28, 2023, at noon.", "Dec. 28, 2023", "2023-12-28"),
    ("He died on Monday.", "Monday", "2024-05-13"), ("The bank opened on Wednesday.", "Wednesday", "2024-05-15"),
    ("They left on Thursday.", "Thursday", "2024-05-09"),
    ("They will leave on Thursday.", "Thursday", "2024-05-16"), ("She arrived yesterday.", "yesterday", "2024-05-14"),
    ("It failed in February 2022.", "February 2022", "2022-02"),
    ("They agreed last month.", "last month", "2024-04"), ("They meet in early June.", "early June", "2024-06"),
    ("It fell in November.", "November", "2023-11"),
    ("It was built in 1998.", "1998", "1998"), ("He left three days ago.", "three days ago", "2024-05-12"),
  ])
  func datesAreWorkedOut(_ string: String, _ words: String, _ value: String) throws {
    let document = try Readers.read(string)
    let time = try #require(document.times.first)
    #expect(document.words(time.span) == words)
    #expect(time.date?.description == value)
  }

  @Test func withoutPublicationRelativeTimesHaveNoDate() throws {
    let document = try Readers.read("He left on Monday and returns tomorrow, in June.", published: nil)
    #expect(document.times.count == 3)
    #expect(document.times.allSatisfy { $0.date == nil })
  }

  @Test(arguments: ["He may march on.", "They talked for hours.", "Sun shone.", "Flight 2022 landed."])
  func otherWordsAreNoTimes(_ string: String) throws { #expect(try Readers.read(string).times.isEmpty) }
}
