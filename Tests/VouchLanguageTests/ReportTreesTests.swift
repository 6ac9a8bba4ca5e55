import Testing
import VouchCore
import VouchLanguage
import VouchTestSupport

/// What the dependency tree makes of the spans that the model puts into one group.
@Suite struct ReportTreesTests {
  static let twoSayings = """
    1 Berg Berg PROPN NNP _ 2 nsubj
    2 said say VERB VBD _ 0 root
    3 rain rain NOUN NN _ 4 nsubj
    4 fell fall VERB VBD _ 2 ccomp
    5 although although SCONJ IN _ 7 mark
    6 Dahl Dahl PROPN NNP _ 7 nsubj
    7 denied deny VERB VBD _ 2 advcl
    8 a a DET DT _ 9 det
    9 flood flood NOUN NN _ 7 obj
    """
  static let coordination = """
    1 Berg Berg PROPN NNP _ 2 nsubj
    2 promised promise VERB VBD _ 0 root
    3 new new ADJ JJ _ 4 amod
    4 roads road NOUN NNS _ 2 obj
    5 and and CCONJ CC _ 6 cc
    6 left leave VERB VBD _ 2 conj
    7 town town NOUN NN _ 6 obj
    """

  private static func show(_ parts: ReportParts) -> String {
    [parts.source, parts.cue, parts.content].map { pieces in
      pieces.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: "+")
    }.joined(separator: " ")
  }

  /// Source, cue and content as ranges of tokens, before and after.
  @Test(
    arguments: [
      // Two cues with contents of their own are two reports, each with its subject.
      (twoSayings, [0..<1, 5..<6], [1..<2, 6..<7], [2..<4, 7..<9], ["0-1 1-2 2-4", "5-6 6-7 7-9"]),
      // A source that is missing is the subject; a content that breaks off goes to the end of its phrase.
      (coordination, [], [1..<2], [2..<3], ["0-1 1-2 2-4"]),
      // What is coordinated with the cue is no content of it.
      (coordination, [0..<1], [1..<2], [2..<7], ["0-1 1-2 2-4"]),
      // Without a content there is no report.
      (coordination, [0..<1], [1..<2], [], []),
    ] as [(String, [Range<Int>], [Range<Int>], [Range<Int>], [String])])
  func groupsBecomeReports(
    _ tree: String, _ source: [Range<Int>], _ cue: [Range<Int>], _ content: [Range<Int>], _ expected: [String]
  ) throws {
    let document = try Document.conllu(tree).get()
    let found = ReportTrees(document).reports(ReportParts(source: source, cue: cue, content: content))
    #expect(found.map(Self.show) == expected)
  }
}
