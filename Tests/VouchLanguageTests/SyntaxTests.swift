import Testing
import VouchArticles
import VouchCore
import VouchLanguage
import VouchTestSupport

@Suite struct SyntaxTests {
  @Test(arguments: [
    "_", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "Gender=Fem,Masc|Number=Sing",
    "Number=Plur|NumForm=Digit",
  ])
  func featuresReadAsTheyAreWritten(_ text: String) {
    let (features, unknown) = Features.parse(text[...])
    #expect(features.description == text && unknown.isEmpty)
  }

  @Test(arguments: [("Colour=Red|Number=Sing", ["Colour=Red"]), ("Number=Sing|", [""]), ("Number", ["Number"])])
  func featuresThatEnglishLacksAreTold(_ text: String, _ unknown: [String]) {
    #expect(Features.parse(text[...]).unknown == unknown)
  }

  /// Form, lemma, class, tag, head, relation; at the end the features that the rules give.
  @Test(arguments: [
    """
    1 She she PRON PRP _ 3 nsubj:pass Case=Nom|Gender=Fem|Number=Sing|Person=3|PronType=Prs
    2 was be AUX VBD _ 3 aux:pass Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin
    3 seen see VERB VBN _ 0 root Tense=Past|VerbForm=Part|Voice=Pass
    """,
    """
    1 They they PRON PRP _ 3 nsubj Case=Nom|Number=Plur|Person=3|PronType=Prs
    2 had have AUX VBD _ 3 aux Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin
    3 told tell VERB VBN _ 0 root Tense=Past|VerbForm=Part
    4 it it PRON PRP _ 3 obj Case=Acc|Gender=Neut|Number=Sing|Person=3|PronType=Prs
    """,
    """
    1 Do do AUX VB _ 3 aux Mood=Imp|VerbForm=Fin
    2 not not PART RB _ 3 advmod Polarity=Neg
    3 move move VERB VB _ 0 root Mood=Imp|VerbForm=Fin
    4 and and CCONJ CC _ 5 cc _
    5 wait wait VERB VB _ 3 conj Mood=Imp|VerbForm=Fin
    """,
    """
    1 I I PRON PRP _ 2 nsubj Case=Nom|Number=Sing|Person=1|PronType=Prs
    2 like like VERB VBP _ 0 root Mood=Ind|Number=Sing|Person=1|Tense=Pres|VerbForm=Fin
    3 sailing sail VERB VBG _ 2 xcomp VerbForm=Ger
    4 older old ADJ JJR _ 5 amod Degree=Cmp
    5 boats boat NOUN NNS _ 3 obj Number=Plur
    6 that that PRON WDT _ 7 nsubj PronType=Rel
    7 leak leak VERB VBP _ 5 acl:relcl Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin
    """,
    """
    1 To to PART TO _ 2 mark _
    2 read read VERB VB _ 5 csubj VerbForm=Inf
    3 the the DET DT _ 4 det Definite=Def|PronType=Art
    4 rules rule NOUN NNS _ 2 obj Number=Plur
    5 takes take VERB VBZ _ 0 root Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
    6 2.5 2.5 NUM CD _ 7 nummod NumForm=Digit|NumType=Frac
    7 hours hour NOUN NNS _ 5 obj Number=Plur
    """,
  ])
  func featuresFollowFromTagsAndTrees(_ lines: String) throws {
    let expected = lines.split(separator: "\n").map { String($0.split(separator: " ")[8]) }
    let bare = lines.split(separator: "\n").map { $0.split(separator: " ").dropLast().joined(separator: " ") }
    let document = try Document.conllu(bare.joined(separator: "\n") + "\n").get()
    #expect(document.layers.contains(.syntax) && document.article.diagnostics.isEmpty)
    #expect(document.tokens.map(\.features.description) == expected)
  }

  @Test func anyHeadsBecomeOneTree() {
    var random: UInt64 = 7
    for round in 0..<2_000 {
      let count = round % 9 + 1
      let heads = (0..<count).map { _ in
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(random >> 33) % (count + 3) - 1
      }
      let (mended, changed) = TreeMender.mend(heads)
      #expect(mended.count { $0 == nil } == 1)
      for start in 0..<count {
        var word = start
        var steps = 0
        while let head = mended[word], steps <= count {
          word = head
          steps += 1
        }
        #expect(steps < count, "\(heads)")
        if !changed.contains(start) { #expect(heads[start] == mended[start].map { $0 + 1 } ?? 0) }
      }
    }
    #expect(TreeMender.mend([2, 0, 2, 3]).mended.isEmpty)
    #expect(TreeMender.mend([]).heads.isEmpty)
  }
}
