/// A date of the Gregorian calendar as precisely as it is known: a year, a month or a day.
public struct CalendarDate: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
  /// Year, 1 ...
  ///
  /// 9999.
  public let year: Int
  /// Month, 1 ...
  ///
  /// 12; `nil` if only the year is known.
  public let month: Int?
  /// Day of the month from 1; `nil` if only the month is known.
  public let day: Int?

  /// Makes a date if there is such a one in the calendar.
  public init?(year: Int, month: Int? = nil, day: Int? = nil) {
    guard (1...9999).contains(year), month != nil || day == nil else { return nil }
    if let month, !(1...12).contains(month) { return nil }
    if let month, let day, !(1...Self.days(inMonth: month, of: year)).contains(day) { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads `2025`, `2025-12` or `2025-12-28`; a time after `T` or a space is left out of account.
  public init?(iso8601 string: String) {
    let date = string.prefix { $0 != "T" && $0 != " " }
    let parts = date.split(separator: "-", omittingEmptySubsequences: false)
    let widths = [4, 2, 2]
    guard (1...3).contains(parts.count) else { return nil }
    var numbers: [Int] = []
    for (part, width) in zip(parts, widths) {
      guard part.utf8.count == width, part.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(part)
      else { return nil }
      numbers.append(number)
    }
    self.init(year: numbers[0], month: numbers.count > 1 ? numbers[1] : nil, day: numbers.count > 2 ? numbers[2] : nil)
  }

  /// Days in a month of the Gregorian calendar.
  public static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }

  /// Days since 1970-01-01 of the date's first day.
  ///
  /// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`.
  public var dayNumber: Int {
    let month = self.month ?? 1
    let year = month <= 2 ? self.year - 1 : self.year
    let era = year / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + (day ?? 1) - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The day that lies `dayNumber` days after 1970-01-01; `nil` outside the years 1 ...
  ///
  /// 9999.
  public init?(dayNumber: Int) {
    let shifted = dayNumber + 719_468
    guard shifted >= 0 else { return nil }
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    self.init(year: year, month: month, day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// Day of the week of the date's first day: 0 Monday ...
  ///
  /// 6 Sunday.
  public var weekday: Int { ((dayNumber + 3) % 7 + 7) % 7 }

  /// First day after the period that the date names, as a day number.
  public var endDayNumber: Int {
    if day != nil { return dayNumber + 1 }
    if let month { return dayNumber + Self.days(inMonth: month, of: year) }
    return dayNumber + (Self.days(inMonth: 2, of: year) == 29 ? 366 : 365)
  }

  /// ISO 8601 with the precision known: `2025`, `2025-12` or `2025-12-28`.
  public var description: String {
    func pad(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return pad(year, 4) + (month.map { "-" + pad($0, 2) } ?? "") + (day.map { "-" + pad($0, 2) } ?? "")
  }

  /// Orders by first day; of two periods that begin together the shorter comes first.
  public static func < (a: CalendarDate, b: CalendarDate) -> Bool {
    (a.dayNumber, a.endDayNumber) < (b.dayNumber, b.endDayNumber)
  }
}
