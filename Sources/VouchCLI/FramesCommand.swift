import ArgumentParser
import Glibc
import Vouch

struct FramesCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "frames",
    abstract: "Explain which frames of the ontology a text triggers, and why others do not.",
    discussion: """
      For each sentence, the words that have frames in Ontology/frames: those that fired with type, modality and \
      participants, then those that did not with the reason.
      Exit codes: 0 some word has a frame, 1 none has, 2 failed, 64 wrong usage.
      """)

  @Argument(
    help: ArgumentHelp("A text, a file or folder of articles, or - for standard input.", valueName: "text"),
    completion: .file())
  var input: String
  @Option(
    name: .customLong("ontology"),
    help: ArgumentHelp("A folder of tables whose rows add to or replace the built-in ones.", valueName: "folder"),
    completion: .directory)
  var ontologyFolder: String?
  @OptionGroup var format: JSONOption
  @OptionGroup var output: OutputOptions

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    var tables = Ontology()
    if let ontologyFolder { tables = try Ontology(adding: try TableFolder.files(in: ontologyFolder)) }
    let (reader, explainer) = (try Reader(ontology: tables), try FrameExplainer(ontology: tables))
    let lexicon = try PageLexicon(tables)
    var count = 0
    for item in articles {
      switch item {
      case .diagnostic(let diagnostic): terminal.report(diagnostic)
      case .made: break
      case .article(let raw):
        // A text on the command line is no page: nothing is looked for around it.
        var options = ArticleOptions()
        options.isPlain = true
        switch Document.make(from: raw, options: options, lexicon: lexicon) {
        case .failure(let diagnostic): terminal.report(diagnostic)
        case .success(let document):
          let document = reader.read(document)
          let uses = explainer.uses(in: document)
          count += uses.count
          if format.json { writeLines(uses, document, terminal) } else { list(uses, document, terminal) }
        }
      }
    }
    if terminal.errorCount > 0 { return .failed }
    return count > 0 ? .found : .nothing
  }

  /// The articles that the argument names; an argument that names no file is a text itself.
  private var articles: [ArticleReader.Item] {
    let isFile = unsafe access(input, F_OK) == 0
    guard input == "-" || isFile else {
      return [.article(RawArticle(kind: .text, bytes: Array(input.utf8), id: "text", origin: "text"))]
    }
    let source = ArticleReader([ArticleReader.Input(argument: input)])
    return Array(sequence(state: source) { $0.next() })
  }

  // MARK: Text

  private func list(_ uses: [FrameUse], _ document: Document, _ terminal: Terminal) {
    var sentence: Int?
    var word: Span?
    for use in uses {
      if use.sentence != sentence {
        terminal.line(terminal.bold(Terminal.plain(document.words(document.sentences[use.sentence].span))))
      }
      if use.sentence != sentence || use.span != word {
        terminal.line("  " + terminal.underlined(Terminal.plain(document.words(use.span))))
      }
      (sentence, word) = (use.sentence, use.span)
      if let reason = use.reason {
        terminal.line(terminal.dim("    no   \(use.rule)  \(use.label): \(Terminal.plain(reason))"))
      } else {
        var told = use.participants.map { "\($0.role) \(Terminal.plain($0.name))" }.joined(separator: ", ")
        if let modality = use.modality { told += " (\(modality.rawValue))" }
        terminal.line("    yes  \(use.rule)  \(use.label): \(told)")
      }
    }
  }

  // MARK: JSON

  private func writeLines(_ uses: [FrameUse], _ document: Document, _ terminal: Terminal) {
    var json = JSONWriter()
    for use in uses {
      json.beginObject()
      json.string("type", "frame")
      json.integer("schema", 1)
      json.string("article", document.article.id)
      json.integer("sentence", use.sentence)
      json.string("word", document.words(use.span))
      json.string("layer", use.layer.rawValue)
      json.string("rule", use.rule.string)
      json.string("label", use.label)
      json.boolean("fired", use.reason == nil)
      json.string("modality", use.modality?.rawValue)
      json.beginArray("participants")
      for participant in use.participants {
        json.beginObject()
        json.string("role", participant.role)
        json.string("name", participant.name)
        json.endObject()
      }
      json.endArray()
      json.string("reason", use.reason)
      json.endObject()
      json.newline()
    }
    terminal.write(json.bytes)
  }
}
