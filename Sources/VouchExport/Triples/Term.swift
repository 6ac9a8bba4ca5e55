/// A vocabulary that exports use terms of.
enum Vocabulary: Int, CaseIterable, Sendable {
  case rdf, rdfs, owl, xsd, skos, dcterms, prov, oa, nif, sem, grasp, schema, foaf, org, cito, void, wgs84, v

  /// Its usual prefix.
  var prefix: StaticString {
    switch self {
    case .rdf: "rdf"
    case .rdfs: "rdfs"
    case .owl: "owl"
    case .xsd: "xsd"
    case .skos: "skos"
    case .dcterms: "dcterms"
    case .prov: "prov"
    case .oa: "oa"
    case .nif: "nif"
    case .sem: "sem"
    case .grasp: "grasp"
    case .schema: "schema"
    case .foaf: "foaf"
    case .org: "org"
    case .cito: "cito"
    case .void: "void"
    case .wgs84: "wgs84"
    case .v: "v"
    }
  }

  /// Its namespace.
  var namespace: StaticString {
    switch self {
    case .rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    case .rdfs: "http://www.w3.org/2000/01/rdf-schema#"
    case .owl: "http://www.w3.org/2002/07/owl#"
    case .xsd: "http://www.w3.org/2001/XMLSchema#"
    case .skos: "http://www.w3.org/2004/02/skos/core#"
    case .dcterms: "http://purl.org/dc/terms/"
    case .prov: "http://www.w3.org/ns/prov#"
    case .oa: "http://www.w3.org/ns/oa#"
    case .nif: "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
    case .sem: "http://semanticweb.cs.vu.nl/2009/11/sem/"
    case .grasp: "http://groundedannotationframework.org/grasp#"
    case .schema: "http://schema.org/"
    case .foaf: "http://xmlns.com/foaf/0.1/"
    case .org: "http://www.w3.org/ns/org#"
    case .cito: "http://purl.org/spar/cito/"
    case .void: "http://rdfs.org/ns/void#"
    case .wgs84: "http://www.w3.org/2003/01/geo/wgs84_pos#"
    case .v: "https://vouch.example/ns#"
    }
  }
}

/// A class, property or datatype of a vocabulary.
struct Term: Sendable {
  let vocabulary: Vocabulary
  let name: StaticString

  init(_ vocabulary: Vocabulary, _ name: StaticString) {
    self.vocabulary = vocabulary
    self.name = name
  }

  /// Whether two terms are written in the same place of this program: equal terms elsewhere need not be told so.
  func isSame(as other: Term?) -> Bool {
    guard let other else { return false }
    return vocabulary == other.vocabulary && String(describing: name) == String(describing: other.name)
  }
}

/// What a literal is.
enum LiteralKind {
  /// A string.
  case plain
  /// A string in a language, by its tag.
  case language(String)
  /// A value of an XML Schema type.
  case typed(StaticString)
}
