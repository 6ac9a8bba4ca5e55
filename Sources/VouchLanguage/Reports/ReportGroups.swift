/// Groups spans that belong to one report: each span points to the place where its report is anchored.
///
/// A report is anchored at the first word of its first cue; without a cue, of its first source; else of its first content.
/// The idea of pointing to a word that stands for the group is that of biaffine head selection (Zhang et al. 2017).
package enum ReportGroups {
  /// The spans of each group.
  ///
  /// A span that points to its own start anchors a group; the others join the group whose anchor they point to most.
  ///
  /// - Parameter scores: a row for each span: how much it points to the start of each span.
  /// - Returns: Indices of spans, ascending within a group; groups in the order of their anchors.
  /// - Complexity: O(s²) in spans.
  package static func groups(_ scores: [[Float]]) -> [[Int]] {
    let anchors = scores.indices.filter { best(scores[$0], among: scores.indices) == $0 }
    var members: [Int: [Int]] = [:]
    for span in scores.indices {
      let anchor = anchors.isEmpty ? span : best(scores[span], among: anchors)
      members[anchor, default: []].append(span)
    }
    return scores.indices.compactMap { members[$0] }
  }

  /// The candidate of the highest score, the first of equal ones.
  private static func best(_ scores: [Float], among candidates: some Collection<Int>) -> Int {
    var best: Int?
    for candidate in candidates where candidate < scores.count {
      guard let known = best, !(scores[candidate] > scores[known]) else {
        best = candidate
        continue
      }
    }
    return best ?? 0
  }
}
