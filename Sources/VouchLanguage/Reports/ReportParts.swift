/// The spans of a report: ranges of tokens of a document, ascending.
package struct ReportParts: Hashable, Sendable {
  /// The words that name the source, the reporting words, the words reported.
  package var source: [Range<Int>], cue: [Range<Int>], content: [Range<Int>]

  /// Makes the parts.
  package init(source: [Range<Int>], cue: [Range<Int>], content: [Range<Int>]) {
    self.source = source
    self.cue = cue
    self.content = content
  }
}
