extension TokenScanner {
  /// The end of a telephone number, a date in digits or a postal code that starts at an index; `nil` for other numbers.
  func numberEnd(_ start: Int) -> Int? {
    var lengths: [Int] = []
    var end = start
    while lengths.count < 5 {
      let next = digitsEnd(end, limit: 6)
      guard next > end, next - end <= 5 else { return nil }
      lengths.append(next - end)
      end = next
      guard [0x2D, 0x2F, 0x2E, 0x2010, 0x2011].contains(s.value(end)), s.kind(end + 1) == .digit else { break }
      end += 1
    }
    guard lengths.count > 1, s.kind(end) != .letter, !(s.isHyphen(end) && s.isWord(end + 1)) else { return nil }
    switch lengths {
    case [3, 3, 4], [1, 3, 3, 4], [4, 2, 2], [5, 4]: return end
    case [3, 4]: return s.value(end - 1) == 0x30 && s.value(end - 2) == 0x30 ? nil : end
    case let date where date.count == 3: return date[0] <= 2 && date[1] <= 2 && [2, 4].contains(date[2]) ? end : nil
    default: return nil
    }
  }

  /// Where the unit of a number with letters begins ("5km", "10:30am", "$3bn"); `nil` if the word is one token.
  func unitStart(_ start: Int, _ end: Int) -> Int? {
    var unit = end
    while unit > start, s.kind(unit - 1) == .letter { unit -= 1 }
    if s.isApostrophe(unit - 1) {
      // "the 1960's" is one token, "2003's best" is not.
      return s.lower(unit) == 0x73 && unit + 1 == end && s.value(unit - 2) != 0x30 ? unit - 1 : nil
    }
    guard unit > start, unit < end, (start..<unit).allSatisfy({ s.kind($0) != .letter && !s.isHyphen($0) }) else {
      return dottedUnitStart(start, end)
    }
    let word = form(unit..<end)
    if TokenWords.units.contains(word) { return ["C", "F"].contains(word) && unit - start > 3 ? nil : unit }
    guard unit - 1 >= start, end - unit <= 3, TokenWords.currencies.contains(s.value(start - 1)) else { return nil }
    return ["s", "th"].contains(word) ? nil : unit
  }

  /// Where "a.m." of "10a.m." begins.
  private func dottedUnitStart(_ start: Int, _ end: Int) -> Int? {
    guard end - start > 3 else { return nil }
    for length in [3, 4] where end - start > length && s.kind(end - length - 1) == .digit {
      let word = lowered(end - length..<end)
      if ["a.m.", "p.m.", "a.m", "p.m"].contains(word) { return end - length }
    }
    return nil
  }
}
