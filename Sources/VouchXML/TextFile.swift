internal import CLibXML2
internal import Glibc
internal import VouchCore

/// The file behind text outputs: libxml2's writer.
///
/// One output writes at a time. Outputs on several threads each write parts, which have numbers: a part is held back until all
/// before it have ended, so the file is the same whichever thread is faster.
@safe final class TextFile: @unchecked Sendable {
  private let writer: OpaquePointer?
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let turned = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// The part whose turn it is, and whether there are no more turns; read and written with the lock held.
  private var part = 0
  private var isStopped = false

  /// - Parameter writer: An open writer, which this file closes; `nil` if memory ran out.
  init(_ writer: OpaquePointer?) {
    unsafe self.writer = writer
    unsafe lock.initialize(to: pthread_mutex_t())
    unsafe turned.initialize(to: pthread_cond_t())
    unsafe pthread_mutex_init(lock, nil)
    unsafe pthread_cond_init(turned, nil)
  }

  deinit {
    unsafe vouch_xml_free(writer)
    unsafe pthread_cond_destroy(turned)
    unsafe pthread_mutex_destroy(lock)
    unsafe turned.deallocate()
    unsafe lock.deallocate()
  }

  private func open() throws(ErrorNumber) -> OpaquePointer {
    guard let writer = unsafe writer else { throw ErrorNumber(code: ENOMEM) }
    return unsafe writer
  }

  private func check(_ code: Int32) throws(ErrorNumber) {
    if code != 0 { throw ErrorNumber(code: code) }
  }

  /// The first failure; `nil` as long as all went well.
  var failure: ErrorNumber? {
    guard let writer = unsafe writer else { return ErrorNumber(code: ENOMEM) }
    let code = unsafe vouch_xml_error(writer)
    return code == 0 ? nil : ErrorNumber(code: code)
  }

  // MARK: Writing

  func begin(isXML: Bool) throws(ErrorNumber) {
    let writer = unsafe try open()
    if isXML { try unsafe check(vouch_xml_start_document(writer)) }
  }

  func write(_ bytes: UnsafePointer<UInt8>, _ count: Int) throws(ErrorNumber) {
    try unsafe check(vouch_xml_write_raw(open(), bytes, count))
  }

  func flush() throws(ErrorNumber) { try unsafe check(vouch_xml_flush(open())) }

  func finish(isXML: Bool) throws(ErrorNumber) {
    if isXML { try unsafe check(vouch_xml_end_document(open())) }
    try flush()
  }

  /// What was flushed of a file in memory; empty for another.
  var bytes: [UInt8] {
    guard let writer = unsafe writer else { return [] }
    var length = 0
    guard let bytes = unsafe vouch_xml_memory(writer, &length) else { return [] }
    return unsafe Array(UnsafeBufferPointer(start: bytes, count: length))
  }

  // MARK: Taking turns

  /// Goes back to part 0, when no thread writes parts.
  func beginParts() {
    unsafe pthread_mutex_lock(lock)
    part = 0
    unsafe pthread_mutex_unlock(lock)
  }

  /// Waits until all parts before this one have ended.
  ///
  /// - Throws: `ECANCELED` if there are no more turns.
  func wait(forPart number: Int) throws(ErrorNumber) {
    unsafe pthread_mutex_lock(lock)
    while part < number && !isStopped { unsafe pthread_cond_wait(turned, lock) }
    let isStopped = isStopped
    unsafe pthread_mutex_unlock(lock)
    if isStopped { throw ErrorNumber(code: ECANCELED) }
  }

  /// Ends the part whose turn it is.
  func endPart() {
    unsafe pthread_mutex_lock(lock)
    part += 1
    unsafe pthread_cond_broadcast(turned)
    unsafe pthread_mutex_unlock(lock)
  }

  /// Lets nobody have a turn any more.
  func stop() {
    unsafe pthread_mutex_lock(lock)
    isStopped = true
    unsafe pthread_cond_broadcast(turned)
    unsafe pthread_mutex_unlock(lock)
  }
}
