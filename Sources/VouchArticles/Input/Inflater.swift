internal import CZlib

/// Unpacks one compressed stream after the other.
@safe final class Inflater {
  /// How a stream is wrapped.
  enum Form {
    case gzip, zlib, raw
    fileprivate var code: VouchInflaterForm {
      switch self {
      case .gzip: VOUCH_INFLATE_GZIP
      case .zlib: VOUCH_INFLATE_ZLIB
      case .raw: VOUCH_INFLATE_RAW
      }
    }
  }

  /// How far a step came.
  enum State { case more, end, damaged }

  // Nil if memory ran out: every stream counts as damaged then.
  private let inflater: OpaquePointer?

  init(_ form: Form) { unsafe inflater = vouch_inflater_make(form.code) }

  deinit { unsafe vouch_inflater_free(inflater) }

  /// Begins with another stream.
  func restart() { if let inflater = unsafe inflater { unsafe vouch_inflater_restart(inflater) } }

  /// Unpacks bytes to the end of `output`, at most `room` of them.
  ///
  /// - Returns: How many bytes were taken from `input`, and whether the stream goes on.
  func step(_ input: ArraySlice<UInt8>, into output: inout [UInt8], room: Int) -> (used: Int, state: State) {
    guard let inflater = unsafe inflater else { return (0, .damaged) }
    let old = output.count
    var (used, made) = (0, 0)
    output.append(contentsOf: repeatElement(0, count: room))
    let state = unsafe input.withUnsafeBufferPointer { input in
      unsafe output.withUnsafeMutableBufferPointer { output in
        guard let start = output.baseAddress else { return VOUCH_INFLATE_DAMAGED }
        return unsafe vouch_inflate(inflater, input.baseAddress, input.count, &used, start + old, room, &made)
      }
    }
    output.removeSubrange((old + made)...)
    switch state {
    case VOUCH_INFLATE_MORE: return (used, .more)
    case VOUCH_INFLATE_END: return (used, .end)
    default: return (used, .damaged)
    }
  }

  /// Why bytes could not be unpacked.
  enum Failure: Error { case damaged, tooLarge }

  /// Unpacks one whole stream; what stands behind it is left out of account.
  ///
  /// - Throws: `Failure`: damage, an early end among it, or more than `limit` bytes.
  static func unpack(_ bytes: ArraySlice<UInt8>, _ form: Form, limit: Int) throws(Failure) -> [UInt8] {
    let inflater = Inflater(form)
    var output: [UInt8] = []
    var rest = bytes
    while true {
      let before = output.count
      let (used, state) = inflater.step(rest, into: &output, room: min(256 << 10, limit + 1 - output.count))
      rest = rest.dropFirst(used)
      if output.count > limit { throw .tooLarge }
      switch state {
      case .end: return output
      case .damaged: throw .damaged
      case .more: if used == 0, output.count == before { throw .damaged }
      }
    }
  }
}
