package import VouchCore
package import VouchOntology

/// Finds names: by gazetteer, by title, by given name, by head of an organisation, and again where they recur.
package struct NameStage: Stage {
  package static let id: Symbol = "names/1"
  package static let requires: Layers = [.sentences, .tokens]
  package static let assigns: Layers = .names

  private let gazetteer: Gazetteer
  private let words: NameWords
  private let lexicon: Lexicon

  /// Makes the stage.
  package init(gazetteer: Gazetteer, words: NameWords, lexicon: Lexicon) {
    self.gazetteer = gazetteer
    self.words = words
    self.lexicon = lexicon
  }

  /// Adds the names.
  ///
  /// - Complexity: O(n) in tokens; each start tries at most nine tokens.
  package func run(on document: inout Document) {
    let (joined, starts) = document.joiningHyphens(lexicon) { Self.pieces($0, document, gazetteer) }
    var finder = NameFinder(joined, gazetteer: gazetteer, words: words, lexicon: lexicon)
    for index in joined.sentences.indices { finder.scan(index) }
    document.names = finder.finish().map { name in
      var name = name
      name.tokens = starts[name.tokens.lowerBound]..<starts[name.tokens.upperBound]
      return name
    }
  }

  /// A hyphenated word whole, but parted after each name that the gazetteer knows before a small letter or another name.
  private static func pieces(_ range: Range<Int>, _ document: Document, _ gazetteer: Gazetteer) -> [Range<Int>] {
    func words(_ range: Range<Int>) -> String {
      document.words(document.tokens[range.lowerBound].span.union(document.tokens[range.upperBound - 1].span))
    }
    var pieces: [Range<Int>] = []
    var start = range.lowerBound
    while start + 2 < range.upperBound {
      let rest = words(start + 2..<range.upperBound)
      let isName = gazetteer.matches(for: words(start..<start + 1)).contains {
        $0.form != .demonym && gazetteer.entry($0.entry).kind != .city
      }
      guard isName, gazetteer.matches(for: words(start..<range.upperBound)).isEmpty,
        rest.unicodeScalars.first?.properties.isLowercase ?? false || !gazetteer.matches(for: rest).isEmpty
      else { break }
      pieces += [start..<start + 1, start + 1..<start + 2]
      start += 2
    }
    return pieces + [start..<range.upperBound]
  }
}
