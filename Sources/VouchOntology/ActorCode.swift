public import VouchCore

/// Codes of actors as event data use them: a country, or what stands in its place, then sectors (`FRA`, `FRAGOV`, `SYRREB`).
public enum ActorCode {
  /// The code that a cell gives for a day.
  ///
  /// The items of a cell are codes, each alone or with the days in which it holds: `KENGOV 2013-04-09..2022-09-13|KENELI`.
  /// Either end of a range may be missing; a date may break off after year or month. The first item whose range holds the
  /// day counts, else the first without a range; without a day only the latter.
  public static func current(in cell: String, on day: CalendarDate?) -> String? {
    let (dated, undated) = items(of: cell, on: day)
    return dated ?? undated
  }

  /// Whether a cell has an item whose range holds a day.
  public static func isDated(_ cell: String, on day: CalendarDate?) -> Bool { items(of: cell, on: day).dated != nil }

  /// The first code whose range holds a day, and the first without a range.
  private static func items(of cell: String, on day: CalendarDate?) -> (dated: String?, undated: String?) {
    var fallback: String?
    for item in cell.split(separator: "|") {
      let parts = item.split(separator: " ", maxSplits: 1)
      guard let code = parts.first else { continue }
      guard parts.count == 2 else {
        fallback = fallback ?? String(code)
        continue
      }
      guard let day = day?.description else { continue }
      let ends = parts[1].split(separator: ".", omittingEmptySubsequences: false)
      guard let from = ends.first, let to = ends.last else { continue }
      let isBegun = from.prefix(day.count) <= day.prefix(from.count)
      if isBegun, to.isEmpty || day.prefix(to.count) <= to { return (String(code), fallback) }
    }
    return (nil, fallback)
  }

  /// A code with those of the words around a name: "French" and "soldiers" make `FRAMIL`.
  ///
  /// What a code holds already is not said twice. A sector that ends in `~` goes before the country: `NGO~`.
  public static func joined(_ base: String?, _ sectors: [String]) -> String? {
    var code = base ?? ""
    for sector in sectors {
      let isFirst = sector.hasSuffix("~")
      let plain = isFirst ? String(sector.dropLast()) : sector
      if chunks(code).contains(plain) || plain.count > 3 && code.contains(plain) { continue }
      let rest = plain.count % 3 == 0 ? chunks(plain).filter { !chunks(code).contains($0) }.joined() : plain
      code = isFirst ? rest + code : code + rest
    }
    return code.isEmpty ? nil : code
  }

  /// The parts of three letters that a code is made of; the last may be shorter.
  private static func chunks(_ code: String) -> [String] {
    var chunks: [String] = []
    var rest = Substring(code)
    while !rest.isEmpty {
      chunks.append(String(rest.prefix(3)))
      rest = rest.dropFirst(3)
    }
    return chunks
  }
}
