internal import Glibc

extension String {
  /// Whether another string's bytes occur in this one's.
  ///
  /// The standard library's search compares characters, which is far slower; folded texts need bytes only.
  /// - Complexity: O(n).
  func holds(_ needle: String) -> Bool {
    let found = unsafe utf8.withContiguousStorageIfAvailable { text in
      unsafe needle.utf8.withContiguousStorageIfAvailable { part -> Bool in
        guard let start = text.baseAddress, let word = part.baseAddress, !part.isEmpty else { return part.isEmpty }
        var position = 0
        while position + part.count <= text.count {
          let room = text.count - part.count + 1 - position
          guard let hit = unsafe memchr(start + position, Int32(word[0]), room) else { return false }
          unsafe position = UnsafeRawPointer(hit) - UnsafeRawPointer(start)
          if unsafe memcmp(start + position, word, part.count) == 0 { return true }
          position += 1
        }
        return false
      }
    }
    return (found ?? nil) ?? contains(needle)
  }
}
