/// The words and signs that decide where tokens are cut; lower case unless said otherwise.
enum TokenWords {
  /// Prefixes after which a hyphen does not part a word.
  static let prefixes: Set<String> = [
    "anti", "arch", "bi", "co", "counter", "cross", "de", "e", "ex", "extra", "hyper", "infra", "inter", "intra",
    "macro", "mega", "meta", "micro", "mid", "mini", "mis", "mono", "multi", "neo", "non", "over", "pan", "para",
    "poly", "post", "pre", "pro", "proto", "pseudo", "psycho", "re", "semi", "socio", "sub", "super", "supra", "trans",
    "tri", "ultra", "un", "under",
  ]
  /// Suffixes before which a hyphen does not part a word.
  static let suffixes: Set<String> = ["esque", "wise", "ish", "ness"]
  /// Interjections that are written with a hyphen.
  static let interjections: Set<String> = [
    "uh-oh", "uh-huh", "uh-uh", "mm-hm", "mm-hmm", "m-hm", "hm-m", "m-m", "m-mm", "oh-ho", "ha-ha", "whoo-hoo",
  ]
  /// Words with a slash.
  static let slashed: Set<String> = [
    "w/o", "w/out", "b/c", "b/t", "l/c", "i/c", "i/s", "s/he", "n/a", "a/c", "i/o", "w/in",
  ]
  /// Degrees with an inner dot, without their last dot.
  static let degrees: Set<String> = [
    "ph.d", "m.sc", "b.sc", "m.phil", "d.phil", "ed.d", "b.ed", "m.ed", "ll.b", "ll.m", "b.com", "w.va",
  ]
  /// Contractions without an apostrophe and what else is cut inside: form → lengths after which it is cut.
  static let contractions: [String: [Int]] = [
    "cannot": [3], "gonna": [3], "wanna": [3], "gotta": [3], "lotta": [3], "outta": [3], "gimme": [3], "lemme": [3],
    "dunno": [2, 3], "gotcha": [3], "whatcha": [4], "c'mon": [3], "y'all": [2], "i'ma": [1, 3], "d'you": [2],
    "d'ya": [2], "'tis": [2], "'twas": [2],
    "dont": [2], "doesnt": [4], "didnt": [3], "wont": [2], "cant": [2], "couldnt": [5], "wouldnt": [5],
    "shouldnt": [6], "arent": [3], "arnt": [2], "isnt": [2], "wasnt": [3], "werent": [4], "havent": [4], "hasnt": [3],
    "hadnt": [3], "aint": [2],
    "im": [1], "ive": [1], "youre": [3], "theyre": [4], "thats": [4], "whats": [4], "theres": [5], "hes": [2],
    "youll": [3],
  ]
  /// Clitics, without their apostrophe.
  static let clitics: Set<String> = ["s", "d", "m", "re", "ve", "ll"]
  /// Words that lack their beginning, without their apostrophe.
  static let shortened: Set<String> = ["em", "cause", "cuz", "til", "till", "bout", "n", "round", "nuff"]

  /// Words before which "its" is "it's".
  static let afterItIs: Set<String> = [
    "a", "an", "the", "not", "really", "been", "just", "gonna", "so", "too", "for", "from", "in", "between", "as",
  ]
  /// Abbreviations that keep their dot only before a number.
  static let numbered: Set<String> = [
    "no", "nos", "art", "fig", "figs", "ch", "chap", "sec", "secs", "sect", "op", "ops", "pg", "pp", "pt", "vol",
    "vols", "tel",
    "ext", "apt", "hwy", "rte", "para",
  ]
  /// Abbreviations that are also words, or that often end a sentence.
  static let ambiguous: Set<String> = [
    "Sun", "Sat", "Mar", "Miss", "Mass", "Wash", "Ill", "Ore", "Ind", "Mo", "Pa", "La", "Ed", "Pl", "Div", "Isl", "Ct",
    "Ent", "Rep", "Gen", "Det", "Del", "Fr", "Hon", "Ens", "Ing", "Hr", "Pres", "Tex", "Penn", "Ga", "Inst", "Riv",
    "Mont",
    "Vic", "Batt", "Gov", "hr", "hrs", "min", "mins", "max", "yr", "yrs", "wk", "wks", "lb", "lbs", "oz", "ft", "sq",
    "misc",
    "pref", "prev", "rev", "est", "mos", "gov", "orig", "tr", "intro", "resp", "div", "repr", "trans",
  ]

  /// Units that are cut off a number; case counts.
  static let units: Set<String> = [
    "am", "pm", "AM", "PM", "k", "K", "m", "mm", "MM", "cm", "km", "ft", "in", "kg", "g", "mg", "ml", "lb", "lbs", "oz",
    "bn", "tn", "mn", "Hz", "kHz", "MHz", "GHz", "hz", "hh", "mph", "kph", "km/h", "hrs", "hr", "min", "mins", "sec",
    "secs", "yrs", "yr", "GB", "MB", "KB", "TB", "gb", "mb", "kb", "W", "kW", "MW", "GW", "kWh", "MWh", "V", "C", "F",
    "x", "pt", "pts", "bp", "bps", "dpi", "px", "percent", "people", "years", "miles",
  ]
  /// Signs of currencies.
  static let currencies: Set<UInt32> = [0x24, 0xA3, 0xA5, 0x20AC, 0x20B9, 0x20A9, 0x20BD, 0x20AA, 0x20BA, 0x20B4]

  /// a, e, i, o, u.
  static let vowels: Set<UInt32> = [0x61, 0x65, 0x69, 0x6F, 0x75]
  /// Full stops, question and exclamation marks, ellipses: any run of them is one token.
  static let stops: Set<UInt32> = [0x2E, 0x21, 0x3F, 0x2026]
  /// Characters of which a run is one token.
  static let runs: Set<UInt32> = [0x2D, 0x2013, 0x2014, 0x5F, 0x2A, 0x3D, 0x7E, 0x2B, 0x23, 0x3C, 0x3E]
  /// Characters of which two are one token.
  static let doubled: Set<UInt32> = [0x27, 0x60, 0x2018, 0x2019]

  /// Emoticons; case counts.
  static let emoticons: Set<String> = [
    ":)", ":(", ":-)", ":-(", ";)", ";-)", ":D", ":-D", ";D", ":P", ":-P", ":p", ":-p", ";P", ":O", ":o", ":/", ":-/",
    ":|",
    ":'(", ":')", "=)", "=(", "=D", "=P", "=]", "(:", "(;", "^_^", "^^", "-_-", "T_T", "o_O", "O_o", ">:(", ">:)", "<3",
    "XD",
    "xD", "XP", ":S", ":3", ":\\", ">.<",
  ]
  /// The first characters of the emoticons.
  static let emoticonStarts: Set<UInt32> = Set(emoticons.compactMap { $0.unicodeScalars.first?.value })

  /// Ends of file names.
  static let fileEndings: Set<String> = [
    "doc", "docx", "xls", "xlsx", "ppt", "pptx", "pdf", "txt", "csv", "htm", "html", "jpg", "jpeg", "png", "gif", "mp3",
    "mp4", "mov", "avi", "zip", "exe", "url", "xml", "json", "wav", "rtf", "asp", "php",
  ]
  /// Top-level domains that are no English words.
  static let domains: Set<String> = [
    "com", "org", "net", "edu", "gov", "mil", "info", "biz", "uk", "au", "nz", "ca", "de", "eu", "fr", "tv", "io", "ru",
    "cn", "jp", "ua", "il", "ir", "ie", "es", "nl", "ch", "se", "pl", "br", "mx", "kr", "tw", "hk", "za", "us", "fm",
  ]
  /// First labels of newsgroups.
  static let newsgroups: Set<String> = ["alt", "comp", "misc", "rec", "sci", "soc", "talk", "news", "ba", "biomed"]
  /// Characters at which an address ends: angle brackets, double quotation marks.
  static let addressLimits: Set<UInt32> = [0x3C, 0x3E, 0x22, 0x201C, 0x201D]
  /// Punctuation that ends a sentence or bracket and not an address.
  static let addressTrailing: Set<UInt32> = [
    0x2E, 0x2C, 0x3B, 0x3A, 0x21, 0x3F, 0x29, 0x5D, 0x27, 0x2019, 0x2026, 0x2A,
  ]
}
