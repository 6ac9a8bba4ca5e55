extension String {
  /// The form under which names are compared: lower case, no diacritics, one kind of apostrophe and hyphen, single spaces.
  ///
  /// Latin letters lose their marks (`Zélenský` and `zelensky` meet); other scripts are only lower-cased.
  /// - Complexity: O(n).
  public var folded: String {
    if let plain = foldedASCII { return plain }
    var result: [UInt8] = []
    result.reserveCapacity(utf8.count)
    var pendingSpace = false
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x300...0x36F, 0xAD, 0x200B...0x200F, 0xFEFF: continue
      case 0x09...0x0D, 0x20, 0xA0, 0x2000...0x200A, 0x2028, 0x2029, 0x202F:
        pendingSpace = !result.isEmpty
        continue
      default: break
      }
      if pendingSpace { result.append(0x20) }
      pendingSpace = false
      switch scalar.value {
      case 0x41...0x5A: result.append(UInt8(truncatingIfNeeded: scalar.value + 0x20))
      case 0xB4, 0x2018, 0x2019, 0x2BC: result.append(0x27)
      case 0..<0x80: result.append(UInt8(truncatingIfNeeded: scalar.value))
      case 0x2010...0x2015, 0x2212: result.append(0x2D)
      case 0x201C, 0x201D: result.append(0x22)
      default:
        result += Self.baseLetters[scalar.value]?.utf8 ?? scalar.properties.lowercaseMapping.utf8
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The same for a text of ASCII alone; `nil` for others.
  private var foldedASCII: String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count)
    var pendingSpace = false
    for byte in utf8 {
      guard byte < 0x80 else { return nil }
      if byte == 0x20 || byte &- 0x09 < 5 {
        pendingSpace = !bytes.isEmpty
        continue
      }
      if pendingSpace { bytes.append(0x20) }
      pendingSpace = false
      bytes.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Lower-case base letters of the accented Latin letters (Latin-1, Extended-A, and those of Romanian and Vietnamese names).
  private static let baseLetters: [UInt32: String] = {
    let groups: [(String, String)] = [
      ("a", "àáâãåāăąǎạảấầẩẫậắằẳẵặ"), ("ae", "æä"), ("c", "çćĉċč"), ("d", "ďđð"), ("e", "èéêëēĕėęěẹẻẽếềểễệ"),
      ("g", "ĝğġģ"), ("h", "ĥħ"), ("i", "ìíîïĩīĭįıǐịỉ"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"), ("n", "ñńņňŉ"),
      ("o", "òóôõōŏőøǒọỏốồổỗộơớờởỡợ"), ("oe", "œö"), ("r", "ŕŗř"), ("s", "śŝşšș"), ("ss", "ß"), ("t", "ţťŧț"),
      ("th", "þ"),
      ("u", "ùúûũūŭůűųǔụủưứừửữự"), ("ue", "ü"), ("w", "ŵ"), ("y", "ýÿŷỳỵỷỹ"), ("z", "źżž"),
    ]
    var letters: [UInt32: String] = [:]
    for (base, variants) in groups {
      // An umlaut folds to its plain vowel: news prints "Erdogan" for "Erdoğan" and "Goring" as often as "Goering".
      let plain = ["ae": "a", "oe": "o", "ue": "u"][base] ?? base
      for variant in variants.unicodeScalars {
        let isLigature = variant == "æ" || variant == "œ"
        letters[variant.value] = isLigature ? base : plain
        for upper in variant.properties.uppercaseMapping.unicodeScalars where upper.value > 0x7F {
          letters[upper.value] = isLigature ? base : plain
        }
      }
    }
    letters[0x130] = "i"
    return letters
  }()
}

extension String {
  /// Whether the string's UTF-8 comes before another's, byte by byte.
  ///
  /// Swift's own order takes different spellings of one accent for equal; results need an order that tells all strings apart.
  public func precedesBytewise(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
