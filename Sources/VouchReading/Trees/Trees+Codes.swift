internal import VouchArticles
internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

extension Trees {
  /// Words before the head of a phrase that are looked at for agents.
  private static let reach = 8

  /// The code of whoever takes part: that of the name or the country in the phrase, with the sectors of its other words.
  ///
  /// - Complexity: O(1); eight words before the head count.
  func code(_ part: Part) -> String? {
    let base = document.entities[part.entity].code
    return part.head >= 0 ? code(ofPhrase: part.head, base) : base
  }

  /// The code of whoever a phrase means, of whom the code may be known already.
  func code(ofPhrase head: Int, _ known: String?) -> String? {
    let base = known ?? owner(of: head) ?? inherited(head)
    return ActorCode.joined(base, sectors(of: head, named: base != nil))
  }

  /// The code of the country or body that a phrase belongs to.
  private func owner(of head: Int) -> String? {
    let owned = [head] + children[head].filter { [.nmodDesc, .compound, .appos].contains(relations[$0]) }
    for noun in owned {
      if let code = owners(noun, isAgent: true).lazy.compactMap({ document.entities[$0.entity].code }).first {
        return code
      }
    }
    return nil
  }

  /// The country in a name that no table knows: "French military".
  private func inherited(_ head: Int) -> String? {
    for token in window(head) where isCapital(token) {
      let id = words.demonymCountry(document.words(document.tokens[token].span))
      if let id, let country = words.gazetteer.entry(id).country {
        return words.codes.country(country, on: document.article.metadata.published)
      }
    }
    return nil
  }

  /// The words of a phrase up to its head, or to the end of a name that the head begins: "Kenya Prime Minister Anna Keller".
  private func window(_ head: Int) -> Range<Int> {
    var end = head + 1
    for child in children[head] where child > head && child <= head + Self.reach && relations[child] == .flat {
      end = child + 1
    }
    return max(subtrees[head].lowerBound, head - Self.reach)..<end
  }

  /// The sectors of the agents in a phrase, the longest descriptions first found from the left.
  ///
  /// - Parameter isNamed: Whether the words of the name have their code already.
  private func sectors(of head: Int, named isNamed: Bool) -> [String] {
    var found: [String] = []
    let window = window(head)
    // "the minister of justice"
    let limit = max(window.upperBound, min(subtrees[head].upperBound + 1, head + words.codes.longest))
    var token = window.lowerBound
    while token < window.upperBound {
      if isNamed, nameOver[token] >= 0, document.entities[document.mentions[nameOver[token]].entity].code != nil {
        token += 1
      } else if let agent = agent(from: token, upTo: limit) {
        found.append(agent.sector)
        token = agent.end
      } else {
        token += 1
      }
    }
    return found
  }

  /// The longest description of an agent that begins at a token.
  private func agent(from first: Int, upTo limit: Int) -> (sector: String, end: Int)? {
    for end in stride(from: min(limit, first + words.codes.longest), to: first, by: -1) {
      if let sector = sector(first..<end) { return (sector, end) }
    }
    return nil
  }

  /// The sector of the description that ends at a noun; `nil` if none does.
  func agent(endingAt token: Int) -> String? {
    for first in max(subtrees[token].lowerBound, token - words.codes.longest + 1)...token {
      if let sector = sector(first..<token + 1) { return sector }
    }
    return nil
  }

  private func sector(_ tokens: Range<Int>) -> String? {
    let last = tokens.upperBound - 1
    for word in lemma(last) == norm(last) ? [norm(last)] : [norm(last), lemma(last)] where words.codes.isLast(word) {
      let text = (document.tokens[tokens.lowerBound..<last].map(\.norm) + [word]).joined(separator: " ")
      if let sector = words.codes.sector(text) { return sector }
    }
    return nil
  }
}
