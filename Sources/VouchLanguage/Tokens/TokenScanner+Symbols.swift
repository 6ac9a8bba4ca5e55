extension TokenScanner {
  /// The end of an emoji with all that is joined to it.
  func emojiEnd(_ start: Int) -> Int {
    var end = start + 1
    if (0x1F1E6...0x1F1FF).contains(s.value(start)), (0x1F1E6...0x1F1FF).contains(s.value(end)) { end += 1 }
    while end < s.count {
      if s.kind(end) == .mark {
        end += 1
      } else if s.value(end - 1) == 0x200D, s.kind(end) == .emoji {
        end += 1
      } else {
        break
      }
    }
    return end
  }

  /// The end of the symbol or of the run of symbols that is one sign.
  func symbolEnd(_ start: Int) -> Int {
    let value = s.value(start)
    var end = start + 1
    if value == 0x2B || value == 0x2E, s.kind(end) == .digit, !s.isWord(start - 1) {
      while s.kind(end) == .digit { end += 1 }
    } else if TokenWords.stops.contains(value) {
      while TokenWords.stops.contains(s.value(end)) { end += 1 }
    } else if TokenWords.runs.contains(value) {
      while s.value(end) == value { end += 1 }
      if [0x2D, 0x3D, 0x3C].contains(value), arrowEnd(end) != end { end = arrowEnd(end) }
    } else if TokenWords.doubled.contains(value), s.value(end) == value || value == 0x2018 && s.value(end) == 0x2019 {
      end += 1
    } else if value == 0x5B, s.value(end) == 0x2E, s.value(end + 1) == 0x2E, s.value(end + 2) == 0x2E,
      s.value(end + 3) == 0x5D
    {
      end += 4
    }
    while s.kind(end) == .mark { end += 1 }
    return end
  }

  /// The end of an arrow (`->`, `=>`, `<-`, `>=`) whose first characters end at an index; that index if it is none.
  private func arrowEnd(_ end: Int) -> Int {
    if s.value(end) == 0x3E, s.value(end - 1) != 0x3C { return end + 1 }
    if s.value(end - 1) == 0x3C, s.value(end) == 0x2D || s.value(end) == 0x3D, !s.isWord(end + 1) { return end + 1 }
    return end
  }

  /// The end of an emoticon of ASCII characters (`:)`) that starts at an index.
  func emoticonEnd(_ start: Int) -> Int? {
    guard TokenWords.emoticonStarts.contains(s.value(start)) else { return nil }
    for length in [4, 3, 2] where start + length <= s.count {
      guard !s.isWord(start + length), TokenWords.emoticons.contains(form(start..<start + length)) else { continue }
      // Those with letters, and those that look like other punctuation, stand by themselves.
      let last = s.value(start + length - 1)
      let isLoose = ![0x29, 0x28, 0x5E].contains(last)
      if isLoose || s.value(start) == 0x28 || s.value(start) == 0x78 || s.value(start) == 0x58 {
        guard s.kind(start - 1) == .space, s.value(start + length) != last else { continue }
      }
      if s.value(start) == 0x28, s.kind(start + length) != .space { continue }
      var end = start + length
      while !isLoose, s.value(end) == last { end += 1 }
      return end
    }
    return nil
  }
}
