internal import VouchKnowledge

/// How nodes and edges look where a program draws what the file says.
enum Appearance {
  /// A colour of red, green and blue.
  struct Color: Hashable {
    let r, g, b: Int

    init(_ hexadecimal: Int) {
      r = hexadecimal >> 16 & 255
      g = hexadecimal >> 8 & 255
      b = hexadecimal & 255
    }

    /// `#rrggbb`.
    var text: String {
      let digits = String(r << 16 | g << 8 | b, radix: 16)
      return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }
  }

  /// Colour of a kind of node.
  ///
  /// Source: Okabe and Ito, "Color Universal Design" (2008), which colour-blind people can tell apart, and tints of it.
  static func color(_ kind: NodeKind) -> Color {
    switch kind {
    case .person, .author: Color(0x0072B2)
    case .organization, .outlet, .agency: Color(0x56B4E9)
    case .government: Color(0x7A5EA8)
    case .group: Color(0xCC79A7)
    case .country: Color(0x009E73)
    case .city, .region, .facility, .place: Color(0x8FD0B8)
    case .event: Color(0xE69F00)
    case .issue: Color(0xF0E442)
    case .stance: Color(0xD55E00)
    case .statement: Color(0xBFBFBF)
    case .article: Color(0xE6E6E6)
    }
  }

  /// Colour of an edge: of a stance by its polarity, red for contradictions, light for what only tells where a report is from.
  static func color(_ kind: EdgeKind) -> Color {
    switch kind {
    case .contradicts: Color(0xCC0000)
    case .reports, .publishedBy, .fromAgency, .writtenBy, .sameStoryAs: Color(0xD9D9D9)
    case .holds, .toward: Color(0xD55E00)
    case .said, .about: Color(0xA6A6A6)
    case .actor, .recipient, .coActor, .at: Color(0xB37B00)
    case .memberOf, .leads, .partOf: Color(0x5A8FB0)
    }
  }

  /// Colour of an edge between actors: of stances by their polarity, of mere mentions light.
  static func color(_ edge: CollapsedEdge) -> Color {
    switch (edge.polarity, edge.name) {
    case ("support", _): Color(0x009E73)
    case ("oppose", _): Color(0xD55E00)
    case ("conditional", _): Color(0x56B4E9)
    case (_?, _): Color(0x8C8C8C)
    case (nil, CollapsedEdge.mention): Color(0xCCCCCC)
    case (nil, "member-of"), (nil, "leads"): Color(0x5A8FB0)
    default: Color(0xB37B00)
    }
  }

  /// Diameter of a node: by its kind, growing with the logarithm of its mentions.
  static func size(_ kind: NodeKind, mentions: Int) -> Int {
    let base =
      switch kind {
      case .person, .organization, .government, .group, .country: 24
      case .city, .region, .facility, .place, .issue: 18
      case .event: 16
      case .outlet, .agency, .author: 14
      case .stance, .statement, .article: 10
      }
    return base + 5 * (Int.bitWidth - max(1, mentions).leadingZeroBitCount - 1)
  }

  /// Where a place lies on a drawn map: degrees times ten, east to the right; `up` is 1 where y grows upwards, else -1.
  static func position(latitude: String, longitude: String, up: Int) -> (x: Int, y: Int)? {
    guard let latitude = Double(latitude), let longitude = Double(longitude), (-90...90).contains(latitude),
      (-180...180).contains(longitude)
    else { return nil }
    return (Int((longitude * 10_000).rounded()), up * Int((latitude * 10_000).rounded()))
  }

  /// Where a node without coordinates begins, in thousandths: the nodes lie on a spiral around the map, none on another.
  ///
  /// Source: Vogel, "A better way to construct the sunflower head" (1979).
  static func spiral(_ number: Int) -> (x: Int, y: Int) {
    let angle = Double(number) * 2.399963229728653
    let radius = 2200 + 90 * Double(number).squareRoot()
    let (sine, cosine) = Turn.sineAndCosine(angle)
    return (Int((radius * cosine * 1000).rounded()), Int((radius * sine * 1000).rounded()))
  }

  /// A label short enough to be drawn: whole words up to `limit` characters, then an ellipsis.
  static func short(_ label: String, limit: Int = 36) -> String {
    guard label.utf8.count > limit, let end = label.index(label.startIndex, offsetBy: limit, limitedBy: label.endIndex),
      end < label.endIndex
    else { return label }
    let head = label[..<end]
    let cut = head.lastIndex(of: " ").map { head[..<$0] } ?? head
    return (cut.count > limit / 2 ? cut : head) + "…"
  }
}

/// Sine and cosine that are the same on every machine: of an angle's remainder, by their series.
enum Turn {
  static func sineAndCosine(_ angle: Double) -> (Double, Double) {
    let turn = 2 * Double.pi
    let x = angle - (angle / turn).rounded() * turn
    var sine = 0.0
    var cosine = 0.0
    var term = 1.0
    for power in 0..<30 {
      switch power % 4 {
      case 0: cosine += term
      case 1: sine += term
      case 2: cosine -= term
      default: sine -= term
      }
      term *= x / Double(power + 1)
    }
    return (sine, cosine)
  }
}
