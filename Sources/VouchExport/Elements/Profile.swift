/// The program that a file of nodes and edges is made for.
public enum ExportProfile: String, Sendable, CaseIterable {
  /// Any reader of GraphML: NetworkX, igraph, rustworkx, Neo4j's APOC, TinkerPop.
  case generic
  /// Gephi.
  case gephi
  /// yEd.
  case yed
  /// Cytoscape.
  case cytoscape
  /// Neo4j's bulk import; tables only.
  case neo4j
}

/// A column of a file: what it tells, and how it is called there.
struct Column {
  let attribute: Attribute
  /// The id of the key in GraphML.
  let id: String
  /// The name that programs show.
  let name: String
}

extension ExportProfile {
  /// The columns of nodes and of edges in GraphML.
  ///
  /// Readers look for some by id, for others by name: Neo4j for the ids `labels` and `label`, TinkerPop for `labelV` and
  /// `labelE`, Gephi for the names `label`, `weight`, `size`, `x`, `y`, `r`, `g`, `b`, Cytoscape for `name` and `interaction`.
  func columns(isNode: Bool, isCollapsed: Bool) -> [Column] {
    var wanted: [Attribute] = [.kind, .uri, .mentions] + Attribute.proof
    let common: [Attribute] = isNode ? [.label, .key, .articles] + Attribute.facts : [.label, .weight, .published]
    wanted += common
    if isCollapsed && !isNode { wanted += [.folded, .via, .modality, .polarity] }
    switch (self, isNode) {
    case (.generic, true), (.neo4j, true): wanted += [.name, .labels, .labelV]
    case (.generic, false), (.neo4j, false): wanted += [.labelE, .interaction]
    case (.gephi, true): wanted += [.name, .dateStart, .dateEnd, .r, .g, .b, .size, .x, .y]
    case (.gephi, false): wanted += [.dateStart, .dateEnd, .r, .g, .b]
    case (.cytoscape, true): wanted += [.name, .dateNumber, .color, .size, .x, .y]
    case (.cytoscape, false): wanted += [.interaction, .dateNumber, .color]
    case (.yed, _): wanted += [.graphics]
    }
    // The label says it.
    if !isNode && self != .gephi { wanted.removeAll { $0 == .kind } }
    let byID: Set<Attribute> = isNode ? [.name, .labels, .labelV] : [.label, .labelE, .interaction]
    return Attribute.allCases.filter(Set(wanted).contains).map { attribute in
      let name = attribute.fileName
      return Column(
        attribute: attribute, id: byID.contains(attribute) ? name : (isNode ? "n_" : "e_") + name, name: name)
    }
  }

  /// The attributes of GEXF, which has elements and attributes of its own for labels, weights, days and looks.
  func gexfColumns(isNode: Bool, isCollapsed: Bool) -> [Column] {
    let own: Set<Attribute> = [.label, .weight, .dateStart, .dateEnd, .r, .g, .b, .size, .x, .y]
    return columns(isNode: isNode, isCollapsed: isCollapsed).filter { !own.contains($0.attribute) }
  }

  /// The columns of tables, after those that name the element and its ends.
  func tableColumns(isNode: Bool, isCollapsed: Bool) -> [Column] {
    let shape: Set<Attribute> = [.labelV, .labelE, .r, .g, .b, .color, .size, .x, .y, .interaction, .graphics]
    let columns = (self == .neo4j ? ExportProfile.neo4j : .gephi).columns(isNode: isNode, isCollapsed: isCollapsed)
    return columns.filter { !shape.contains($0.attribute) }.map { column in
      let name: String
      switch (self, column.attribute) {
      case (.neo4j, .labels): name = ":LABEL"
      case (.neo4j, .label) where !isNode: name = ":TYPE"
      case (.neo4j, let attribute):
        name = attribute.fileName + (attribute.type == .int ? ":int" : attribute.type == .double ? ":double" : "")
      case (_, .label): name = "Label"
      case (_, .weight): name = "Weight"
      case (_, let attribute): name = attribute.fileName
      }
      return Column(attribute: column.attribute, id: "", name: name)
    }
  }
}
