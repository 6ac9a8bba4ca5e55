import ArgumentParser
import Glibc
import Vouch

/// What the inputs hold, as `--input-format` names it.
enum InputFormat: String, CaseIterable, ExpressibleByArgument {
  case auto, text, html, jsonl, conllu

  var kind: RawArticle.Kind? {
    switch self {
    case .auto: nil
    case .text: .text
    case .html: .html
    case .jsonl: .record
    case .conllu: .conllu
    }
  }
}

/// What `build` and `extract` have in common: where articles come from and how they are read.
struct InputOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Articles: text, HTML, JSON Lines, CoNLL-U files, folders of them; for build also what extract --with-text printed; - for standard input.",
      valueName: "input"))
  var inputs: [String]

  @Option(
    help: ArgumentHelp(
      "What the inputs hold: auto (by their names), text, html, jsonl, conllu.", valueName: "format"))
  var inputFormat = InputFormat.auto

  @Flag(help: "Read texts whole: no headline, byline, date or boilerplate is looked for in them.")
  var plain = false

  @Option(help: ArgumentHelp("Day of publication of articles that state none (2025-12-29).", valueName: "date"))
  var published: String?

  @Option(
    name: .customLong("ontology"),
    help: ArgumentHelp(
      "A folder of tables (people.tsv, cues.tsv …) whose rows add to or replace the built-in ones.", valueName: "folder"
    ))
  var ontologyFolder: String?

  @Option(
    help: ArgumentHelp(
      "A language model to read with in place of the built-in one: FILE.safetensors with FILE.json.", valueName: "file")
  )
  var model: String?

  @Option(help: "Articles read at a time; the result does not depend on it.")
  var threads = sysconf(Int32(_SC_NPROCESSORS_ONLN))

  @Option(help: ArgumentHelp("Largest article, in MiB.", valueName: "MiB"))
  var maxSize = ArticleOptions.defaultArticleLimit >> 20

  func validate() throws {
    guard !inputs.isEmpty else { throw ValidationError("no input; name files or folders, or - for standard input") }
    guard inputs.filter({ $0 == "-" }).count <= 1 else { throw ValidationError("- (standard input) may be given once") }
    guard (1...1024).contains(threads) else { throw ValidationError("--threads: found \(threads); expected 1 to 1024") }
    guard (1...1024).contains(maxSize) else {
      throw ValidationError("--max-size: found \(maxSize); expected 1 to 1024")
    }
    _ = try day(published, option: "published")
  }

  var articleInputs: [ArticleReader.Input] { inputs.map(ArticleReader.Input.init(argument:)) }

  /// Loads the tables; `watch` calls the work of each stage.
  func extractor(watch: StageWatch? = nil) throws(Diagnostic) -> Extractor {
    var options = ArticleOptions()
    options.kind = inputFormat.kind
    options.isPlain = plain
    options.published = published.flatMap(CalendarDate.init(iso8601:))
    options.articleLimit = maxSize << 20
    options.recordLimit = max(options.recordLimit, 4 * options.articleLimit)
    return try Extractor(ontology: try ontology(), options: options, model: model, watch: watch)
  }

  private func ontology() throws(Diagnostic) -> Ontology {
    guard let folder = ontologyFolder else { return Ontology() }
    let files = try TableFolder.files(in: folder)
    return try Ontology(adding: files)
  }
}
