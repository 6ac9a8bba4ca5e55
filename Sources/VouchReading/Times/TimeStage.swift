internal import VouchArticles
internal import VouchCore
internal import VouchLanguage

/// Finds dates and durations and works out relative ones from the day of publication.
///
/// Without a day of publication a relative expression has no date. A weekday is the nearest such day on or before it, or,
/// after words of the future, the next one; a month without a year lies in the year that brings it closest.
struct TimeStage: Stage {
  static let id: Symbol = "times/1"
  static let requires: Layers = [.sentences, .tokens, .names]
  static let assigns: Layers = .times

  /// Adds the time expressions.
  ///
  /// - Complexity: O(n) in tokens.
  func run(on document: inout Document) {
    var inName = Array(repeating: false, count: document.tokens.count)
    for name in document.names where name.label != .date { for index in name.tokens { inName[index] = true } }
    let reader = TimeReader(document)
    var times: [TimeExpression] = []
    for sentence in document.sentences {
      var index = sentence.tokens.lowerBound
      while index < sentence.tokens.upperBound {
        if !inName[index], let (time, next) = reader.expression(at: index, sentence.tokens) {
          times.append(time)
          index = next
        } else {
          index += 1
        }
      }
    }
    document.times = times
  }
}
