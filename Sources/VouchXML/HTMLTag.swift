/// The elements of HTML that mean something for a page's text; `other` for every other element.
public enum HTMLTag: String, CaseIterable, Sendable {
  /// No element but a piece of text.
  case text = "#text"
  /// An element of another name.
  case other = "*"
  case a, abbr, acronym, address, applet, article, aside, audio, b, bdi, bdo, big, blockquote, body, br
  case button, canvas, caption, center, cite, code, data, datalist, dd, del, details, dfn, dialog, div, dl, dt
  case em, embed, fieldset, figcaption, figure, font, footer, form, h1, h2, h3, h4, h5, h6, head, header, hr
  case html, i, iframe, img, input, ins, kbd, label, legend, li, link, main, map, mark, math, menu, meta, nav
  case nobr, noscript, object, ol, option, p, pre, q, rp, rt, ruby, s, samp, script, section, select, small
  case span, strike, strong, style, sub, summary, sup, svg, table, tbody, td, template, textarea, tfoot, th
  case thead, time, title, tr, tt, u, ul, `var`, video, wbr

  /// Tags by the hashes of their names.
  private static let byHash = WordMap(allCases.map { (WordHash.of($0.rawValue.utf8), $0) })

  /// The element of a name in lower case, given as the name's `WordHash`.
  init(hash: UInt64) { self = Self.byHash[hash] ?? .other }
}

/// The attributes that are kept of a page's elements.
public enum HTMLAttribute: String, CaseIterable, Sendable {
  case `class`, content, datetime, hidden, href, id, itemprop, itemscope, itemtype, lang, name, property, rel, role
  case style, type

  private static let byHash = WordMap(allCases.map { (WordHash.of($0.rawValue.utf8), $0) })

  init?(hash: UInt64) {
    guard let known = Self.byHash[hash] else { return nil }
    self = known
  }
}

/// Hashes of words whose ASCII letters are taken in lower case: FNV-1a with 64 bits.
public enum WordHash {
  /// The hash of no bytes.
  public static let empty: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The hash of what was hashed and one byte more.
  @inlinable
  @inline(__always)
  public static func adding(_ byte: UInt8, to hash: UInt64) -> UInt64 {
    let lower = byte &- 0x41 < 26 ? byte | 0x20 : byte
    return (hash ^ UInt64(lower)) &* 0x100_0000_01B3
  }

  /// The hash of a word.
  @inlinable
  public static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash = empty
    for byte in bytes { hash = adding(byte, to: hash) }
    return hash
  }
}
