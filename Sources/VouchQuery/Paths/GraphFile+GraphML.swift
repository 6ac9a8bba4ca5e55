internal import VouchCore
internal import VouchKnowledge
public import VouchStore

extension GraphFile {
  /// A part of the graph as GraphML: nodes with label, kind and key; edges with kind, independent sources and, of their first
  /// piece of evidence, the words and the article.
  ///
  /// Attributes are named as in an export of the whole graph. Characters that XML forbids become U+FFFD.
  ///
  /// - Throws: `Corruption` if the graph file is damaged.
  public func graphML(_ part: Subgraph) throws(Corruption) -> String {
    var text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <graphml xmlns="http://graphml.graphdrawing.org/xmlns">

      """
    for (id, scope, name, type) in [
      ("n_label", "node", "label", "string"), ("n_kind", "node", "kind", "string"), ("n_key", "node", "key", "string"),
      ("label", "edge", "label", "string"), ("e_sources", "edge", "sources", "int"),
      ("ep_quote", "edge", "prov_quote", "string"), ("ep_article", "edge", "prov_article", "string"),
    ] {
      text += "<key id=\"\(id)\" for=\"\(scope)\" attr.name=\"\(name)\" attr.type=\"\(type)\"/>\n"
    }
    text += "<graph id=\"vouch\" edgedefault=\"directed\">\n"
    func data(_ key: String, _ value: String) -> String { "<data key=\"\(key)\">\(Self.escaped(value))</data>" }
    for id in part.nodes {
      let node = try node(id)
      text += "<node id=\"n\(id.index)\">" + data("n_label", node.label) + data("n_kind", node.kind.name)
      text += data("n_key", node.key) + "</node>\n"
    }
    var proofs = try ProofReader(self)
    for index in part.edges {
      let edge = try edge(index)
      text += "<edge id=\"e\(index)\" source=\"n\(edge.subject.index)\" target=\"n\(edge.object.index)\">"
      text += data("label", edge.kind.name) + data("e_sources", "\(try witnessCount(of: edge.evidence))")
      if let first = edge.evidence.first {
        let proof = try proofs.proof(first)
        text += data("ep_quote", proof.words) + data("ep_article", proof.source.article)
      }
      text += "</edge>\n"
    }
    return text + "</graph>\n</graphml>\n"
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\r": escaped += "&#13;"
      case "\t", "\n", " "..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"...: escaped.unicodeScalars.append(scalar)
      default: escaped += "\u{FFFD}"
      }
    }
    return escaped
  }
}
