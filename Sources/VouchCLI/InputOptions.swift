import ArgumentParser
import Glibc
import Vouch

/// What `build` and `extract` have in common: where articles come from and how they are read.
struct InputOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Articles: text, HTML, JSON Lines, WARC, WET, RSS, Atom, CoNLL-U files, packed with gzip or not, folders of them; for build also what extract --with-text printed; - for standard input.",
      valueName: "input"), completion: .file())
  var inputs: [String]

  @Option(
    help: ArgumentHelp(
      "What the inputs hold: auto (by their names, else their first bytes), \(InputFormat.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "format"), completion: .list(["auto"] + InputFormat.allCases.map(\.rawValue)))
  var inputFormat = "auto"

  @Option(
    help: ArgumentHelp(
      "Name of the file whose content, or a part of it, standard input brings: articles and messages are called by it.",
      valueName: "name"))
  var inputName: String?

  @Option(
    help: ArgumentHelp(
      "Which line of JSON Lines, or record of an archive, an input that is part of a file begins with.",
      valueName: "number"))
  var firstRecord = ArticleOptions().firstRecord

  @Flag(help: "Read texts whole: no headline, byline, date or boilerplate is looked for in them.")
  var plain = false

  @Option(help: ArgumentHelp("Day of publication of articles that state none (2025-12-29).", valueName: "date"))
  var published: String?

  @Option(
    name: .customLong("ontology"),
    help: ArgumentHelp(
      "A folder of tables (people.tsv, cues.tsv …) whose rows add to or replace the built-in ones.", valueName: "folder"
    ), completion: .directory)
  var ontologyFolder: String?

  @Option(
    help: ArgumentHelp(
      "A language model to read with in place of the built-in one: FILE.safetensors with FILE.json.", valueName: "file"),
    completion: .file(extensions: ["safetensors", "json"]))
  var model: String?

  @Option(help: "Articles read at a time; the result does not depend on it.")
  var threads = sysconf(Int32(_SC_NPROCESSORS_ONLN))

  @Option(help: ArgumentHelp("Largest article, in MiB.", valueName: "MiB"))
  var maxSize = ArticleOptions.defaultArticleLimit >> 20

  @Option(help: ArgumentHelp("Most words of an article that are read.", valueName: "words"))
  var maxWords = ArticleOptions().wordLimit

  @Option(help: ArgumentHelp("Most records of one file.", valueName: "records"))
  var maxRecords = ArticleOptions().recordCountLimit

  @Option(help: ArgumentHelp("Most that one gzip file is unpacked to, in MiB.", valueName: "MiB"))
  var maxUnpacked = ArticleOptions().unpackedLimit >> 20

  @Option(
    help: ArgumentHelp("Most times its size that what is packed may unpack to, from 16 MiB on.", valueName: "ratio"))
  var maxRatio = ArticleOptions().ratioLimit

  @Flag(help: "Read articles in other languages than English too.")
  var anyLanguage = false

  @Flag(help: "Open and parse files in other processes, with limits on memory and time; the result is the same.")
  var isolate = false

  @Option(help: ArgumentHelp("Most memory of each such process, in MiB of address space.", valueName: "MiB"))
  var isolateMemory = Isolation().memoryLimit >> 20

  func validate() throws {
    guard !inputs.isEmpty else { throw ValidationError("no input; name files or folders, or - for standard input") }
    guard inputs.filter({ $0 == "-" }).count <= 1 else { throw ValidationError("- (standard input) may be given once") }
    guard (1...1024).contains(threads) else { throw ValidationError("--threads: found \(threads); expected 1 to 1024") }
    guard (1...1024).contains(maxSize) else {
      throw ValidationError("--max-size: found \(maxSize); expected 1 to 1024")
    }
    for (name, value, most) in [
      ("words", maxWords, 500_000_000), ("records", maxRecords, 1 << 40), ("unpacked", maxUnpacked, 1 << 30),
      ("ratio", maxRatio, 10_000),
    ] where !(1...most).contains(value) {
      throw ValidationError("--max-\(name): found \(value); expected 1 to \(most)")
    }
    guard (1...1 << 40).contains(firstRecord) else {
      throw ValidationError("--first-record: found \(firstRecord); expected 1 to \(1 << 40)")
    }
    guard inputName == nil || inputs == ["-"] else {
      throw ValidationError("--input-name tells what standard input is; the only input must be -")
    }
    guard inputName != "" else { throw ValidationError("--input-name: found nothing; expected a name") }
    guard (64...1 << 20).contains(isolateMemory) else {
      throw ValidationError("--isolate-memory: found \(isolateMemory); expected 64 to \(1 << 20)")
    }
    guard inputFormat == "auto" || InputFormat(rawValue: inputFormat) != nil else {
      let known = InputFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--input-format: found \"\(inputFormat)\"; expected auto, \(known)")
    }
    _ = try day(published, option: "published")
  }

  var articleInputs: [ArticleReader.Input] {
    if let inputName { return [.descriptor(0, name: inputName)] }
    return inputs.map { argument in
      // What is no UTF-8 has become U+FFFD; the argument as the system gave it names the file.
      guard argument.unicodeScalars.contains("\u{FFFD}"), let given = Self.bytes(ofArgument: argument) else {
        return ArticleReader.Input(argument: argument)
      }
      return .file(FilePath(bytes: given))
    }
  }

  /// The bytes of the first argument of the program that Swift shows as this text.
  private static func bytes(ofArgument text: String) -> [UInt8]? {
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = unsafe CommandLine.unsafeArgv[index] else { continue }
      let bytes = unsafe Array(UnsafeBufferPointer(start: argument, count: strlen(argument))).map {
        UInt8(bitPattern: $0)
      }
      if String(decoding: bytes, as: UTF8.self) == text { return bytes }
    }
    return nil
  }

  /// Loads the tables; `watch` calls the work of each stage.
  func extractor(watch: StageWatch? = nil) throws(Diagnostic) -> Extractor {
    var options = ArticleOptions()
    options.format = InputFormat(rawValue: inputFormat)
    options.isPlain = plain
    options.published = published.flatMap(CalendarDate.init(iso8601:))
    options.articleLimit = maxSize << 20
    options.recordLimit = max(options.recordLimit, 4 * options.articleLimit)
    options.wordLimit = maxWords
    options.recordCountLimit = maxRecords
    options.firstRecord = firstRecord
    options.unpackedLimit = maxUnpacked << 20
    options.ratioLimit = maxRatio
    options.readsAnyLanguage = anyLanguage
    let isolation = isolate ? Isolation(ontologyFolder: ontologyFolder, memoryLimit: isolateMemory << 20) : nil
    return try Extractor(
      ontology: try ontology(), options: options, model: model, isolation: isolation, watch: watch)
  }

  private func ontology() throws(Diagnostic) -> Ontology {
    guard let folder = ontologyFolder else { return Ontology() }
    let files = try TableFolder.files(in: folder)
    return try Ontology(adding: files)
  }
}
