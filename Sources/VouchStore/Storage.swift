package import VouchCore

/// What a graph file is written to: a file of the disk, or one that a test makes fail.
///
/// As with the system's own calls, `write` may write less than it was given, and every call may be interrupted.
package protocol Storage: AnyObject {
  /// Bytes from `offset` on, at most `count`; fewer at the end of the file.
  func read(at offset: Int, count: Int) throws(ErrorNumber) -> [UInt8]
  /// Writes some bytes, at least one; returns how many.
  func write(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(ErrorNumber) -> Int
  /// Length in bytes.
  func size() throws(ErrorNumber) -> Int
  /// Cuts the file off.
  func truncate(to length: Int) throws(ErrorNumber)
  /// The whole file, to be read while bytes are appended; messages call it `path`.
  func mapped(path: String) throws(Diagnostic) -> MappedFile
  /// Returns when everything written survives a loss of power.
  func sync() throws(ErrorNumber)
}

/// A storage that takes the place of a graph file, or begins one, when it is whole.
package protocol NewStorage: Storage {
  /// Puts the file in its place, synchronised, in one step: a crash leaves what was there or all of this.
  func publish() throws(NewFile.Failure)
}

extension Storage {
  /// Writes all of some bytes.
  func writeAll(_ bytes: [UInt8], at offset: Int) throws(ErrorNumber) {
    var written = 0
    while written < bytes.count {
      let count: Int
      do {
        count = try write(bytes[written...], at: offset + written)
      } catch let error where error.isInterruption {
        continue
      }
      guard count > 0 else { throw .noSpace }
      written += count
    }
  }
}
