import ArgumentParser
import Vouch

struct ExtractCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "extract", abstract: "Print what each article says: a JSON object per line, or CoNLL-U.",
    discussion: """
      Offsets are Unicode code points into the article's text, end exclusive. Nothing is stored. Sentences, words and syntax \
      that a CoNLL-U input gives are kept; columns that hold _ are filled in.
      Exit codes: 0 all articles read, 1 no article found, 2 some articles failed, 64 wrong usage.
      """)

  @OptionGroup var input: InputOptions
  @Flag(help: "Add each article's text to its record, and what build needs to make a graph of it.") var withText = false
  @Flag(help: "Add tokens with their syntax, and names, to each record.") var withSyntax = false
  @Flag(help: "Print a record for what could not be read too: where it is, and why.") var withFailures = false
  @Option(help: ArgumentHelp("What is printed: record (JSON Lines) or conllu.", valueName: "format"))
  var format = RecordFormat.record
  @Flag(help: "Tell on standard error how many seconds of processor time each stage took.") var timings = false
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if format == .conllu, withText || withSyntax || withFailures {
      throw ValidationError(
        "--format conllu prints words and syntax; --with-text, --with-syntax and --with-failures belong to records")
    }
  }

  func execute(_ terminal: Terminal) async throws(Diagnostic) -> Outcome {
    let clock = timings ? StageClock() : nil
    let extractor = try input.extractor(watch: clock?.watch)
    var options: ReadingRecord.Options = []
    if withText { options.insert(.text) }
    if withSyntax { options.insert(.syntax) }
    let chosen = options
    let format = format
    var count = 0
    var foreign = 0
    await extractor.forEach(in: input.articleInputs, threads: input.threads) { document in
      var printed: [UInt8] = []
      func write() { printed = format == .conllu ? document.conllu : Self.record(document, chosen, extractor) }
      if let clock { clock.measure("output/1", write) } else { write() }
      return printed
    } consume: { outcome in
      for diagnostic in outcome.diagnostics { terminal.report(diagnostic) }
      if outcome.isForeign { foreign += 1 }
      guard let record = outcome.output, !(outcome.isForeign && format == .conllu) else {
        if withFailures { Self.writeFailure(outcome.diagnostics, terminal) }
        return
      }
      terminal.write(record)
      // Whoever reads the records knows how far the reading is, also if it ends here.
      terminal.flush()
      count += 1
      terminal.progress("\(count) articles read")
    }
    for line in clock?.report ?? [] { terminal.note(line) }
    if foreign > 0 { terminal.summary("\(count) articles, \(foreign) of them not in English and not read") }
    if terminal.errorCount > 0 { return .failed }
    return count > 0 ? .found : .nothing
  }

  private static func writeFailure(_ diagnostics: [Diagnostic], _ terminal: Terminal) {
    var json = JSONWriter()
    ReadingRecord.writeFailure(diagnostics, to: &json)
    guard !json.bytes.isEmpty else { return }
    json.newline()
    terminal.write(json.bytes)
    terminal.flush()
  }

  private static func record(_ document: Document, _ options: ReadingRecord.Options, _ extractor: Extractor) -> [UInt8]
  {
    var json = JSONWriter()
    extractor.writeRecord(of: document, options: options, to: &json)
    json.newline()
    return json.bytes
  }
}

/// What `extract` prints.
enum RecordFormat: String, CaseIterable, ExpressibleByArgument { case record, conllu }
