internal import VouchCore
internal import VouchLanguage

/// The relations of Universal Dependencies that reading tells apart; subtypes that it does not are their base relation.
enum Deprel: UInt8, Sendable {
  case root, nsubj, nsubjPass, csubj, obj, iobj, ccomp, xcomp, obl, oblAgent, oblUnmarked, expl, advcl, advmod
  case aux, auxPass, cop, mark, nmod, nmodPoss, nmodDesc, appos, nummod, acl, aclRelcl, amod, det, caseMark
  case conj, cc, fixed, flat, parataxis, compound, particle, punct, other

  private static let named: [Symbol: Deprel] = [
    "root": .root, "nsubj": .nsubj, "nsubj:outer": .nsubj, "nsubj:pass": .nsubjPass, "csubj": .csubj,
    "csubj:outer": .csubj, "csubj:pass": .csubj, "obj": .obj, "iobj": .iobj, "ccomp": .ccomp, "xcomp": .xcomp,
    "obl": .obl, "obl:arg": .obl, "obl:agent": .oblAgent, "obl:unmarked": .oblUnmarked, "obl:npmod": .oblUnmarked,
    "obl:tmod": .oblUnmarked, "expl": .expl, "advcl": .advcl, "advcl:relcl": .advcl, "advmod": .advmod, "aux": .aux,
    "aux:pass": .auxPass, "cop": .cop, "mark": .mark, "nmod": .nmod, "nmod:poss": .nmodPoss, "nmod:desc": .nmodDesc,
    "nmod:unmarked": .nmod, "nmod:tmod": .nmod, "nmod:npmod": .nmod, "appos": .appos, "nummod": .nummod, "acl": .acl,
    "acl:relcl": .aclRelcl, "amod": .amod, "det": .det, "det:predet": .det, "case": .caseMark, "conj": .conj,
    "cc": .cc, "cc:preconj": .cc, "fixed": .fixed, "flat": .flat, "flat:name": .flat, "parataxis": .parataxis,
    "compound": .compound, "compound:prt": .particle, "punct": .punct,
  ]

  /// The relation that a name stands for; `.other` for names that reading does not use.
  init(_ name: Symbol) { self = Self.named[name] ?? .other }

  /// Whether the dependent belongs to a noun phrase, so that what hangs on it hangs on the phrase.
  var isNominal: Bool {
    switch self {
    case .nmod, .nmodPoss, .nmodDesc, .appos, .amod, .compound, .flat, .nummod, .det, .conj: true
    default: false
    }
  }
}
