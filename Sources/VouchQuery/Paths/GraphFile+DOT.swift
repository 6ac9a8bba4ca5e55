internal import VouchKnowledge
public import VouchStore

extension GraphFile {
  /// A part of the graph in the DOT language of Graphviz: nodes by number with label and kind, edges with their number, kind
  /// and independent sources.
  ///
  /// - Throws: `Corruption` if the graph file is damaged.
  public func dot(_ part: Subgraph) throws(Corruption) -> String {
    var text = "digraph vouch {\n  node [shape=box, style=rounded];\n"
    for id in part.nodes {
      let node = try node(id)
      text += "  n\(id.index) [label=\(Self.quoted(node.label)), tooltip=\(Self.quoted(node.kind.name))];\n"
    }
    for index in part.edges {
      let edge = try edge(index)
      let sources = try witnessCount(of: edge.evidence)
      text += "  n\(edge.subject.index) -> n\(edge.object.index) "
      text += "[label=\(Self.quoted(edge.kind.name)), id=\"e\(index)\", penwidth=\(min(sources, 5)), "
      text += "tooltip=\"\(sources) independent \(sources == 1 ? "source" : "sources")\"];\n"
    }
    return text + "}\n"
  }

  /// A quoted string of DOT, on one line.
  ///
  /// A backslash would begin an escape such as `\N`, the node's name.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case _ where scalar.properties.generalCategory == .control: quoted += " "
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
