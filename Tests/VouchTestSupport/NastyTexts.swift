/// Texts that break careless readers.
public enum NastyTexts {
  /// The texts; each is valid UTF-8.
  public static let all: [String] = [
    "", " ", "\n\n\n", "\u{FEFF}Title\r\n\r\nA line.\r\nAnother line.\r\n", "A\u{0}B \u{0}\u{0} c.\u{1} \u{7F}",
    "e\u{301}te\u{301} \u{301}start \u{200D}\u{200D} cafe\u{301}s cost 5€.", "👩‍👩‍👧‍👦 said 👍🏽 🇩🇪🇫🇷 ok. 👨🏿‍🚒!",
    "שלום עולם, אמר דוד. مرحبا بالعالم، قال.",
    String(repeating: "(", count: 10_000), String(repeating: "\"", count: 5_001), String(repeating: "'", count: 5_001),
    String(repeating: "A.-", count: 3_000), String(repeating: "Smith ", count: 3_000),
    String(repeating: "U.S. ", count: 1_000),
    String(repeating: "a", count: 20_000), String(repeating: "Smith, who said ", count: 1_000),
    String(repeating: "said that ", count: 2_000),
    "\u{2028}\u{2029}\u{85}\u{3000}x\u{3000}y", "''Quoted'' ``too'' ‘single’ “double” „low“ «French» ‹one›",
    "....!!!???…… — – -- ---",
    "Mr. and Mrs. O’Brien-Smith’s dog can't, won’t, couldn't've. I'd've gone.",
    "http://example.org/a?b=c&d=e, www.example.org. me@example.org; #tag @user",
    "1,000.5% of $3.50 (€4) at 10:30 a.m. on 12/31/2024, e.g. 5-6.", "\u{202E}reversed\u{202C} \u{2066}isolate\u{2069}",
    "Ünïcödé Ñandú İstanbul ß ﬁ Ⅷ ½ ①",
    "A\u{300}\u{301}\u{302}\u{303}\u{304}\u{305} B", "x\u{FE0F}\u{20E3} 1\u{FE0F}\u{20E3}", "日本語の文章。中国說：「好」。",
    "\u{1F1E6}\u{1F1E6}\u{1F1E6}", ". . . , , ;",
    "Sunday Monday January Feb. 31, 2024 0000 9999 99 December 2 twenty years ago", "according to", "said", "\"said\"",
    "“\n\n”", "between and between and",
  ]
}
