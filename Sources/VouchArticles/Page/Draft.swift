internal import VouchCore

/// A piece of a page before it is known what it is.
struct Draft {
  /// What the page's markup says of the piece; nothing for plain text.
  enum Hint: Int, CaseIterable {
    case none, title, heading, paragraph, item, caption, quote, byline, cell
  }

  /// Bytes of the text.
  var span: Span
  /// What the markup says.
  var hint = Hint.none
  /// Whether it lies in a region of the page that is no article: navigation, forms, related links.
  var isOutside = false
  /// Whether a blank line (or the edge of the text) stands before it.
  var gapBefore = true
}
