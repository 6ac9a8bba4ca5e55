import Testing
import VouchCore
import VouchOntology

@Suite struct ActorCodeTests {
  @Test(arguments: [
    ("FRA", "2020-01-01", "FRA"), ("FRA", "", "FRA"),
    ("KENGOV 2013-04-09..2022-09-13|KENELI", "2015-06-01", "KENGOV"),
    ("KENGOV 2013-04-09..2022-09-13|KENELI", "2013-04-09", "KENGOV"),
    ("KENGOV 2013-04-09..2022-09-13|KENELI", "2022-09-13", "KENGOV"),
    ("KENGOV 2013-04-09..2022-09-13|KENELI", "2022-09-14", "KENELI"),
    ("KENGOV 2013-04-09..2022-09-13|KENELI", "", "KENELI"),
    ("KENGOV ..2013|KENELI 2013..", "2013-05-01", "KENGOV"), ("KENGOV ..2013|KENELI 2013..", "2014-05-01", "KENELI"),
    ("KENGOV 2013..", "2012-12-31", ""), ("KENGOV 2013..", "", ""), ("", "2020-01-01", ""), ("| |", "2020-01-01", ""),
    ("KEN x", "2020-01-01", ""), ("KEN ..", "2020-01-01", "KEN"),
  ])
  func codesHoldOnTheirDays(cell: String, day: String, expected: String) {
    #expect((ActorCode.current(in: cell, on: CalendarDate(iso8601: day)) ?? "") == expected)
  }

  @Test(arguments: [
    ("FRA", ["MIL"], "FRAMIL"), ("FRA", [], "FRA"), ("", ["REB"], "REB"), ("FRAGOV", ["GOV"], "FRAGOV"),
    ("FRAGOV", ["GOVJRN"], "FRAGOVJRN"), ("FRA", ["NGO~", "GOV"], "NGOFRAGOV"),
    ("FRAGOV", ["GOV", "COP"], "FRAGOVCOP"),
    ("IGOV", ["GOV"], "IGOVGOV"), ("FRA", ["AB"], "FRAAB"), ("", [], ""),
  ])
  func sectorsAreAddedOnce(base: String, sectors: [String], expected: String) {
    #expect((ActorCode.joined(base.isEmpty ? nil : base, sectors) ?? "") == expected)
  }
}
