/// A feature file of the openCypher Technology Compatibility Kit: the part of Gherkin that it uses.
struct TCKFeature {
  struct Step {
    var text: String
    var document = ""
    var table: [[String]] = []
  }

  struct Scenario {
    var name: String
    var steps: [Step]
  }

  private(set) var scenarios: [Scenario] = []

  /// Reads a file; outlines become one scenario for each example.
  init(_ text: String) {
    var background: [Step] = []
    var current: (name: String, isOutline: Bool, steps: [Step])?
    var isBackground = false
    var examples: [[String]]?
    var document: [String]?
    var indentation = 0

    func close(_ scenarios: inout [Scenario]) {
      guard let scenario = current else { return }
      if scenario.isOutline, let table = examples, let header = table.first {
        for (number, row) in table.dropFirst().enumerated() {
          func filled(_ text: String) -> String {
            zip(header, row).reduce(text) { $0.replacing("<\($1.0)>", with: $1.1) }
          }
          let steps = scenario.steps.map { step in
            Step(text: filled(step.text), document: filled(step.document), table: step.table.map { $0.map(filled) })
          }
          scenarios.append(Scenario(name: scenario.name + " #\(number + 1)", steps: background + steps))
        }
      } else {
        scenarios.append(Scenario(name: scenario.name, steps: background + scenario.steps))
      }
      current = nil
      examples = nil
    }
    func change(_ body: (inout Step) -> Void) {
      if isBackground, !background.isEmpty {
        body(&background[background.count - 1])
      } else if var scenario = current, let last = scenario.steps.indices.last {
        body(&scenario.steps[last])
        current = scenario
      }
    }

    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let trimmed = Self.trimmed(line)
      if trimmed == "\"\"\"" {
        if let lines = document {
          change { $0.document = lines.joined(separator: "\n") }
          document = nil
        } else {
          document = []
          indentation = line.prefix { $0 == " " }.count
        }
      } else if document != nil {
        document?.append(String(line.dropFirst(min(indentation, line.prefix { $0 == " " }.count))))
      } else if trimmed.hasPrefix("#") || trimmed.hasPrefix("@") || trimmed.isEmpty || trimmed.hasPrefix("Feature:") {
        continue
      } else if trimmed.hasPrefix("Background:") {
        isBackground = true
      } else if trimmed.hasPrefix("Scenario") {
        close(&scenarios)
        isBackground = false
        current = (Self.trimmed(trimmed.drop { $0 != ":" }.dropFirst()), trimmed.hasPrefix("Scenario Outline"), [])
      } else if trimmed.hasPrefix("Examples:") {
        examples = examples ?? []
      } else if trimmed.hasPrefix("|") {
        let cells = Self.cells(trimmed)
        if examples != nil { examples?.append(cells) } else { change { $0.table.append(cells) } }
      } else if isBackground {
        background.append(Step(text: trimmed))
      } else {
        current?.steps.append(Step(text: trimmed))
      }
    }
    close(&scenarios)
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    var part = text.drop(while: \.isWhitespace)
    while part.last?.isWhitespace == true { part.removeLast() }
    return String(part)
  }

  private static func cells(_ line: String) -> [String] {
    var cells: [String] = []
    var cell = ""
    var isEscaped = false
    for character in line.dropFirst() {
      if isEscaped {
        cell.append(character == "|" ? "|" : "\\\(character)")
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "|" {
        cells.append(trimmed(cell))
        cell = ""
      } else {
        cell.append(character)
      }
    }
    return cells
  }
}
