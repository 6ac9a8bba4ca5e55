internal import VouchCore
internal import VouchLanguage

extension TimeGrammar {
  /// Two or three numbers with the same mark between them, one of them perhaps a month's name.
  private struct Figures {
    var numbers: [Int] = []
    var digits: [Int] = []
    var nameAt: Int?
    let mark: String
    var next: Int
  }

  /// A date in figures: "2016-01-03", "1/3/2016", "13.5.2015", "3/2015", "23-Sep-2020", "4/22", "20160103".
  ///
  /// The month stands before the day where both are possible.
  func numeric(_ index: Int) -> (PartialDate, Int)? {
    if let number = number(index), atoms[index].digits == 8, let date = PartialDate(compact: number) {
      return isGlued(index + 1) && self.number(index + 2) != nil ? nil : (date, index + 1)
    }
    guard let figures = figures(index) else { return nil }
    let date =
      figures.numbers.count == 3 ? PartialDate(figures.numbers, figures.digits, figures.nameAt) : pair(figures, index)
    return date.map { ($0, figures.next) }
  }

  private func figures(_ index: Int) -> Figures? {
    // Part of a longer number, an amount of money, an address.
    if index > 0, isGlued(index), number(index - 1) != nil || ["/", "$", ".", ":", ","].contains(text(index - 1)) {
      return nil
    }
    var figures = Figures(mark: text(index + 1), next: index)
    guard ["/", "-", "."].contains(figures.mark) else { return nil }
    let isTight = isGlued(index + 1) && isGlued(index + 2)
    guard isTight || figures.mark == "/" else { return nil }
    var start = index
    while figures.numbers.count < 3 {
      guard let value = number(start) ?? word(start)?.month else { break }
      if number(start) == nil {
        guard figures.nameAt == nil else { break }
        figures.nameAt = figures.numbers.count
      }
      figures.numbers.append(value)
      figures.digits.append(atoms[start].digits)
      figures.next = start + 1
      let isMark = text(start + 1) == figures.mark || figures.numbers.count == 2 && text(start + 1) == ","
      guard isMark, isGlued(start + 1) == isTight, isGlued(start + 2) == isTight else { break }
      start += 2
    }
    guard figures.numbers.count >= 2 else { return nil }
    // "30/4.85", "1/2/3/4", "3/4in" are no dates; a hyphen after one may join it to another.
    let next = figures.next
    if isGlued(next), isGlued(next + 1), number(next + 1) != nil, text(next) != "-" { return nil }
    if isGlued(next), atoms.indices.contains(next), word(next) == nil, text(next).first?.isLetter ?? false {
      return nil
    }
    return figures
  }

  /// A year with a month, or a month with a day.
  private func pair(_ figures: Figures, _ index: Int) -> PartialDate? {
    let (first, second) = (figures.numbers[0], figures.numbers[1])
    let years = 1800...2200
    if figures.digits[0] == 4, (1...2).contains(figures.digits[1]), figures.mark != "." || second < 10 {
      return years.contains(first) && (1...12).contains(second) ? PartialDate(year: first, month: second) : nil
    }
    if figures.digits[0] <= 2, figures.digits[1] == 4 {
      return years.contains(second) && (1...12).contains(first) ? PartialDate(year: second, month: first) : nil
    }
    guard figures.digits[0] <= 2, figures.digits[1] <= 2 else { return nil }
    switch figures.nameAt {
    case 0: return (1...31).contains(second) ? PartialDate(month: first, day: second) : nil
    case 1: return (1...31).contains(first) ? PartialDate(month: second, day: first) : nil
    default: break
    }
    // Two short numbers are a date only where the words beside them lead one to expect it.
    guard isExpected(figures, index) else { return nil }
    if (1...12).contains(first), (1...31).contains(second) { return PartialDate(month: first, day: second) }
    return (1...12).contains(second) && (1...31).contains(first) ? PartialDate(month: second, day: first) : nil
  }

  private func isExpected(_ figures: Figures, _ index: Int) -> Bool {
    let before = [",", "(", "."].contains(text(index - 1)) ? index - 2 : index - 1
    if word(before)?.weekday != nil || index == 0 && figures.next == atoms.count { return true }
    if text(index - 1) == "on" { return true }
    guard figures.mark == "/" else { return false }
    return text(figures.next) == "-" && number(figures.next + 1) != nil
      || ["since", "until", "by", "before", "after", "from", "to", "between", "-", "this"].contains(text(index - 1))
  }
}

extension PartialDate {
  /// `20161016`.
  init?(compact number: Int) {
    let date = CalendarDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    guard let date, (1500...2200).contains(date.year) else { return nil }
    self.init(year: date.year, month: date.month, day: date.day)
  }

  /// Three numbers, the one at `nameAt` a month's name: year first or last, month before day where both can be.
  init?(_ numbers: [Int], _ digits: [Int], _ nameAt: Int?) {
    let orders: [(year: Int, month: Int, day: Int)] =
      switch (digits[0], nameAt) {
      case (4, _): [(0, 1, 2)]
      case (_, 1): [(2, 1, 0)]
      case (_, 0): [(2, 0, 1)]
      default: [(2, 0, 1), (2, 1, 0)]
      }
    for order in orders where digits[order.day] <= 2 && digits[order.month] <= 2 {
      guard digits[order.year] == 4 || digits[order.year] == 2 && digits[0] <= 2 else { continue }
      let year = digits[order.year] == 4 ? numbers[order.year] : PartialDate.full(year: numbers[order.year])
      guard (1500...2200).contains(year),
        let date = CalendarDate(year: year, month: numbers[order.month], day: numbers[order.day])
      else { continue }
      self.init(year: date.year, month: date.month, day: date.day)
      return
    }
    return nil
  }

  /// The year that two digits mean: from 1950 to 2049.
  static func full(year: Int) -> Int { year + (year < 50 ? 2000 : 1900) }
}
