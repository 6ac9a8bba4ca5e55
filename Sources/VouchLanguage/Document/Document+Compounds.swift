internal import VouchCore

extension Document {
  /// A copy in which hyphenated words are single tokens, for readers whose tables hold such words whole (`cease-fire`).
  ///
  /// Only tokens and the sentences' ranges of tokens change; layers that point to tokens still point to the old ones.
  /// `pieces` says into which tokens a hyphenated word, given as a range of tokens, is then cut. `starts` holds for each token
  /// of the copy its first token here, and at last the number of tokens here.
  ///
  /// - Complexity: O(n) in tokens.
  package func joiningHyphens(_ lexicon: Lexicon, pieces: (Range<Int>) -> [Range<Int>]) -> (
    document: Document, starts: [Int]
  ) {
    var copy = self
    var joined: [Token] = []
    var starts: [Int] = []
    joined.reserveCapacity(tokens.count)
    starts.reserveCapacity(tokens.count + 1)
    for sentence in sentences.indices {
      let first = joined.count
      var index = sentences[sentence].tokens.lowerBound
      while index < sentences[sentence].tokens.upperBound {
        let end = hyphenatedEnd(index, sentences[sentence].tokens.upperBound)
        for piece in end - index > 1 ? pieces(index..<end) : [index..<end] {
          starts.append(piece.lowerBound)
          joined.append(self.token(piece, lexicon))
        }
        index = end
      }
      copy.sentences[sentence].tokens = first..<joined.count
    }
    starts.append(tokens.count)
    copy.tokens = joined
    return (copy, starts)
  }

  private func token(_ range: Range<Int>, _ lexicon: Lexicon) -> Token {
    var token = tokens[range.lowerBound]
    guard range.count > 1 else { return token }
    token.span = token.span.union(tokens[range.upperBound - 1].span)
    token.norm = TokenStage.norm(text.bytes[token.span.range])
    token.lemma = lexicon.lemma(token.norm)
    return token
  }

  /// The end of the words that hyphens without spaces join to the token at an index.
  private func hyphenatedEnd(_ index: Int, _ limit: Int) -> Int {
    var end = index + 1
    while end + 1 < limit, tokens[end].gap == 0, tokens[end + 1].gap == 0, isHyphen(end), isWord(end - 1),
      isWord(end + 1)
    { end += 2 }
    return end
  }

  private func isHyphen(_ index: Int) -> Bool { ["-", "\u{2010}", "\u{2011}"].contains(tokens[index].norm) }

  private func isWord(_ index: Int) -> Bool {
    guard let first = tokens[index].norm.unicodeScalars.first else { return false }
    return first.properties.isAlphabetic || ("0"..."9").contains(first)
  }
}
