public import VouchCore

/// The closed lists of tags and relations: what a text brings from outside is taken only if it stands here.
package enum TagNames {
  /// Penn Treebank tags as the English treebanks of Universal Dependencies use them.
  package static let xpos: Set<String> = [
    "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "``", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "GW", "HYPH", "IN",
    "JJ", "JJR", "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS",
    "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "XX",
  ]

  /// Relations of Universal Dependencies, version 2, with the subtypes of its English treebanks.
  private static let relations: [String: Set<String>] = [
    "acl": ["relcl", "cleft"], "advcl": ["relcl"], "advmod": ["emph"], "amod": [], "appos": [], "aux": ["pass"],
    "case": [], "cc": ["preconj"], "ccomp": [], "clf": [], "compound": ["prt"], "conj": [], "cop": [],
    "csubj": ["outer", "pass"], "dep": [], "det": ["poss", "predet"], "discourse": ["filler"], "dislocated": [],
    "expl": [], "fixed": [], "flat": ["foreign", "name"], "goeswith": [], "iobj": [], "list": [], "mark": [],
    "nmod": ["desc", "npmod", "poss", "tmod", "unmarked"], "nsubj": ["outer", "pass"], "nummod": [], "obj": [],
    "obl": ["agent", "arg", "npmod", "tmod", "unmarked"], "orphan": [], "parataxis": [], "punct": [],
    "reparandum": [], "root": [], "vocative": [], "xcomp": [],
  ]

  /// The relation that a name means: without its subtype if English has no such subtype; `nil` for no relation at all.
  package static func relation(_ name: Substring) -> Symbol? {
    let sides = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let main = sides.first, let subtypes = relations[String(main)] else { return nil }
    let isKnown = sides.count == 2 && subtypes.contains(String(sides[1]))
    return Symbol(String(isKnown ? name : main))
  }
}

extension Symbol {
  /// The symbol of what is not known.
  public static let empty: Symbol = ""
}
