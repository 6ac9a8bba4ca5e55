/// A writing system, as far as it helps to tell languages apart.
enum Script: String, Sendable, CaseIterable {
  /// Systems of letters and of syllables; `kana` stands for Japanese, Chinese characters among them.
  case latin, cyrillic, greek, arabic, hebrew, devanagari, bengali, gurmukhi, gujarati, tamil, telugu, kannada
  case malayalam, sinhala, thai, lao, myanmar, khmer, georgian, armenian, ethiopic, hangul, kana, han

  /// The system of a letter; `nil` for what is no letter, or of another system.
  init?(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F, 0x1E00...0x1EFF: self = .latin
    case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
    case 0x400...0x52F: self = .cyrillic
    case 0x531...0x58F: self = .armenian
    case 0x5D0...0x5F2: self = .hebrew
    case 0x620...0x64A, 0x66E...0x6D3, 0x6FA...0x6FF, 0x750...0x77F, 0xFB50...0xFDFF, 0xFE70...0xFEFC: self = .arabic
    case 0x900...0x963, 0x970...0x97F: self = .devanagari
    case 0x980...0x9E3: self = .bengali
    case 0xA00...0xA65, 0xA70...0xA7F: self = .gurmukhi
    case 0xA80...0xAE3: self = .gujarati
    case 0xB80...0xBE5: self = .tamil
    case 0xC00...0xC65: self = .telugu
    case 0xC80...0xCE5: self = .kannada
    case 0xD00...0xD65: self = .malayalam
    case 0xD80...0xDF3: self = .sinhala
    case 0xE01...0xE4E: self = .thai
    case 0xE81...0xEDF: self = .lao
    case 0x1000...0x103F, 0x1050...0x109F: self = .myanmar
    case 0x1780...0x17D3: self = .khmer
    case 0x10A0...0x10FF, 0x1C90...0x1CBF: self = .georgian
    case 0x1200...0x135F, 0x1380...0x139F: self = .ethiopic
    case 0x1100...0x11FF, 0xAC00...0xD7A3: self = .hangul
    case 0x3041...0x30FF, 0x31F0...0x31FF: self = .kana
    case 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: self = .han
    default: return nil
    }
  }
}
