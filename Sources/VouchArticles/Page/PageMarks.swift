internal import VouchXML

/// What an element's name, role and class names say of the text in it.
struct PageMarks: OptionSet, Hashable, Sendable {
  let rawValue: UInt32

  // Senses of `lexicons/page_words`, in this order; the names and roles of elements have some of them, too.
  static let content = Self(rawValue: 1 << 0)
  static let title = Self(rawValue: 1 << 1)
  static let summary = Self(rawValue: 1 << 2)
  static let byline = Self(rawValue: 1 << 3)
  static let meta = Self(rawValue: 1 << 4)
  static let caption = Self(rawValue: 1 << 5)
  static let media = Self(rawValue: 1 << 6)
  static let navigation = Self(rawValue: 1 << 7)
  static let chrome = Self(rawValue: 1 << 8)
  static let footer = Self(rawValue: 1 << 9)
  static let aside = Self(rawValue: 1 << 10)
  static let box = Self(rawValue: 1 << 11)
  static let comment = Self(rawValue: 1 << 12)
  static let community = Self(rawValue: 1 << 13)
  static let share = Self(rawValue: 1 << 14)
  static let tool = Self(rawValue: 1 << 15)
  static let advert = Self(rawValue: 1 << 16)
  static let related = Self(rawValue: 1 << 17)
  static let listing = Self(rawValue: 1 << 18)
  static let newsletter = Self(rawValue: 1 << 19)
  static let form = Self(rawValue: 1 << 20)
  static let consent = Self(rawValue: 1 << 21)
  static let tags = Self(rawValue: 1 << 22)
  static let hidden = Self(rawValue: 1 << 23)

  // What elements are by their names and roles.
  static let article = Self(rawValue: 1 << 24)
  static let main = Self(rawValue: 1 << 25)
  static let body = Self(rawValue: 1 << 26)
  static let figure = Self(rawValue: 1 << 27)
  static let list = Self(rawValue: 1 << 28)
  static let table = Self(rawValue: 1 << 29)
  static let link = Self(rawValue: 1 << 30)

  /// Number of marks.
  static let count = 31

  /// Parts of pages that are no article, unless they hold its headline.
  static let foreign: Self = [
    .navigation, .footer, .aside, .comment, .share, .advert, .related, .newsletter, .consent,
  ]
  /// Parts that hold articles.
  static let own: Self = [.content, .article, .main, .body]

  private static let senses = [
    "content", "title", "summary", "byline", "meta", "caption", "media", "navigation", "chrome", "footer", "aside",
    "box", "comment", "community", "share", "tool", "advert", "related", "listing", "newsletter", "form", "consent",
    "tags",
    "hidden",
  ]

  init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The mark of a sense in the table of words.
  init?(named sense: String) {
    guard let index = Self.senses.firstIndex(of: sense) else { return nil }
    rawValue = 1 << UInt32(index)
  }

  /// What an element's name says.
  init(_ tag: HTMLTag) {
    self =
      switch tag {
      case .article: .article
      case .main: .main
      case .nav, .menu: .navigation
      case .footer: .footer
      case .aside, .dialog: .aside
      case .header: .chrome
      case .form, .fieldset, .button, .label, .legend: .form
      case .figure, .figcaption, .caption: .figure
      case .ul, .ol, .dl: .list
      case .table: .table
      case .a: .link
      default: []
      }
  }

  /// What an element's `role` says.
  init(role: ArraySlice<UInt8>) {
    self =
      switch String(decoding: role, as: UTF8.self).lowercased() {
      case "main": .main
      case "article": .article
      case "navigation", "menu", "menubar", "toolbar": .navigation
      case "contentinfo": .footer
      case "complementary", "dialog", "alertdialog": .aside
      case "banner": .chrome
      case "form", "search", "button": .form
      default: []
      }
  }
}
