internal import VouchCore

/// Hands out what one open file holds, article by article.
protocol ItemSource {
  /// The next article or message; `nil` after the last.
  ///
  /// - Throws: The system's error number if the file cannot be read further.
  mutating func next() throws(ErrorNumber) -> ArticleReader.Item?
}
