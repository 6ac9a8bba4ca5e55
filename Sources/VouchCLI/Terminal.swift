import Glibc
import Vouch

/// The program's two output streams: data on standard output, everything else on standard error.
final class Terminal {
  /// When colour and underlining are used.
  enum ColorChoice: String, CaseIterable { case auto, always, never }

  private static let flushSize = 64 << 10

  let usesColor: Bool
  let showsProgress: Bool
  private let isQuiet: Bool
  private var buffer: [UInt8] = []
  private var progressShown = false
  private(set) var errorCount = 0

  init(color: ColorChoice, quiet: Bool) {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let forbidsColor = unsafe getenv("NO_COLOR").map { unsafe $0[0] != 0 } ?? false
    usesColor = color == .always || (color == .auto && isTerminal && !forbidsColor)
    showsProgress = isatty(STDERR_FILENO) == 1 && !quiet
    isQuiet = quiet
  }

  /// Writes a line of data.
  func line(_ text: String = "") { write(Array((text + "\n").utf8)) }

  /// Writes data.
  func write(_ bytes: [UInt8]) {
    buffer += bytes
    if buffer.count >= Self.flushSize { flush() }
  }

  /// Hands what is buffered to standard output.
  ///
  /// A reader that went away ends the program quietly, as in any pipeline.
  func flush() {
    do throws(ErrorNumber) {
      try NewFile.write(buffer, to: STDOUT_FILENO)
    } catch {
      if error.code == EPIPE { exit(0) }
      note("error[output]: cannot write to standard output: \(error)")
      exit(2)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Tells the user something on standard error.
  func report(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .error { errorCount += 1 }
    if diagnostic.severity == .note && isQuiet { return }
    var shown = diagnostic
    shown.location.path = shown.location.path.map(Self.plain)
    // Lists of candidates stand on lines of their own.
    shown.message = shown.message.split(separator: "\n").map { line in
      (line.hasPrefix("  ") ? "  " : "") + Self.plain(String(line))
    }.joined(separator: "\n")
    note(shown.rendered)
  }

  /// Writes a line on standard error.
  func note(_ text: String) {
    clearProgress()
    tell(text + "\n")
  }

  /// Writes a line on standard error unless the user wants quiet.
  func summary(_ text: String) {
    clearProgress()
    if !isQuiet { note(text) }
  }

  /// Shows how far the work is, on a terminal only, over the line before.
  func progress(_ text: String) {
    guard showsProgress else { return }
    progressShown = true
    tell("\r\u{1B}[K" + text)
  }

  /// Writes to standard error; where nobody listens there is nobody to tell so.
  private func tell(_ text: String) { try? NewFile.write(Array(text.utf8), to: STDERR_FILENO) }

  private func clearProgress() {
    guard progressShown else { return }
    progressShown = false
    tell("\r\u{1B}[K")
  }

  func bold(_ text: String) -> String { usesColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  func dim(_ text: String) -> String { usesColor ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
  func underlined(_ text: String) -> String { usesColor ? "\u{1B}[4m\(text)\u{1B}[0m" : text }

  /// Article text made fit for a terminal: one line, no control characters that could steer it.
  static func plain(_ text: String) -> String {
    var result = ""
    var pendingSpace = false
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .spaceSeparator, .lineSeparator, .paragraphSeparator: pendingSpace = !result.isEmpty
      case .format: continue
      default:
        if pendingSpace { result.append(" ") }
        pendingSpace = false
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
