internal import VouchCore
internal import VouchKnowledge
internal import VouchStore
internal import VouchXML

/// The markup by which yEd draws nodes and edges.
enum YedGraphics {
  /// A shape with its colour, size, position and label.
  static func write(
    node id: NodeID, _ facts: NodeFacts, mentions: Int, _ properties: [(key: Property, value: String)],
    to output: inout TextOutput
  ) throws(ErrorNumber) {
    let label = Self.label(Appearance.short(facts.label))
    let kind = facts.kind
    let size = Appearance.size(kind, mentions: mentions)
    let isBox = label.count > 0 && !kind.isPlace && !kind.isActor
    // Wide enough for the label of what has a sentence for a name.
    let width = isBox ? max(size, 7 * label.count + 12) : size
    let latitude = properties.first { $0.key == .latitude }?.value ?? ""
    let longitude = properties.first { $0.key == .longitude }?.value ?? ""
    let place =
      Appearance.position(latitude: latitude, longitude: longitude, up: -1) ?? Appearance.spiral(Int(id.index))
    try output.write("<y:ShapeNode><y:Geometry height=\"")
    try output.write(isBox ? max(size, 24) : size)
    try output.write("\" width=\"")
    try output.write(width)
    try output.write("\" x=\"")
    try output.write(thousandths: place.x)
    try output.write("\" y=\"")
    try output.write(thousandths: place.y)
    try output.write("\"/><y:Fill color=\"")
    try output.write(markup: Appearance.color(kind).text)
    try output.write(
      "\" transparent=\"false\"/><y:BorderStyle color=\"#4D4D4D\" type=\"line\" width=\"1.0\"/><y:NodeLabel")
    // The label of a dot stands under it.
    try output.write(isBox ? ">" : " modelName=\"sides\" modelPosition=\"s\" fontSize=\"13\">")
    try output.write(label, as: .xmlText)
    try output.write("</y:NodeLabel><y:Shape type=\"")
    try output.write(shape(kind))
    try output.write("\"/></y:ShapeNode>")
  }

  /// An arrow with its colour, width and label; what is not told as fact is dashed.
  ///
  /// - Parameter place: Number of the edge among those from the same node to the same other, whose labels lie apart: near the
  ///   source, so that those of edges in both directions do not meet, in the middle, near the target.
  static func write(
    edge name: String, color: Appearance.Color, weight: Int, isFact: Bool, place: Int, to output: inout TextOutput
  ) throws(ErrorNumber) {
    try output.write("<y:PolyLineEdge><y:LineStyle color=\"")
    try output.write(markup: color.text)
    try output.write(isFact ? "\" type=\"line\" width=\"" : "\" type=\"dashed\" width=\"")
    try output.write(min(weight, 6))
    try output.write(
      ".0\"/><y:Arrows source=\"none\" target=\"standard\"/><y:EdgeLabel modelName=\"three_center\" modelPosition=\"")
    try output.write(place % 3 == 0 ? "scentr" : place % 3 == 1 ? "center" : "tcentr")
    try output.write("\" fontSize=\"10\" textColor=\"#4D4D4D\">")
    try output.write(label(name), as: .xmlText)
    try output.write("</y:EdgeLabel></y:PolyLineEdge>")
  }

  private static func shape(_ kind: NodeKind) -> StaticString {
    switch kind {
    case .person, .group, .author: "ellipse"
    case .organization, .government, .outlet, .agency: "hexagon"
    case .country, .city, .region, .facility, .place: "diamond"
    case .event: "roundrectangle"
    case .issue: "octagon"
    case .stance: "parallelogram"
    case .statement: "rectangle"
    case .article: "rectangle3d"
    }
  }

  /// yEd takes a label that begins so for markup; a character without width before it keeps it text.
  private static func label(_ text: String) -> String {
    text.prefix(6).lowercased() == "<html>" ? "\u{200B}" + text : text
  }
}
