internal import VouchCore
internal import VouchXML

/// How prose, links and marks are spread over a page's elements.
struct PageTree {
  /// Whether each block stands in a part of the page that is no article: navigation, comments, related links.
  private(set) var isForeign: [Bool] = []
  /// Bytes of prose of each block outside such parts.
  private(set) var prose: [Int] = []
  /// All of these.
  private(set) var total = 0

  private let nodes: [HTMLDocument.Node]
  private var isAroundTitle: [Bool]
  private var nearMarks: [PageMarks]
  private var farMarks: [PageMarks]
  /// Sums over the blocks of the nodes before each, so that an element's share is a subtraction.
  private var proseBefore: [Int] = []
  private var textBefore: [Int] = []
  private var linkedBefore: [Int] = []
  private var classHash: [UInt64]
  private var proseOfClass: [UInt64: Int] = [:]
  /// Elements between every node and the chain of those around the densest prose.
  private var distance: [UInt8]
  /// The smallest element that holds four fifths of the prose, and which of its children each node is in; -1 outside.
  private var region = 0
  private var branches: [Int]

  /// Adds up.
  ///
  /// - Parameters:
  ///   - isProse: Whether each block is prose.
  ///   - title: The block that is the headline.
  /// - Complexity: O(n).
  init(_ document: HTMLDocument, _ page: HTMLPage, isProse: [Bool], title: Int?) {
    nodes = document.nodes
    let count = nodes.count
    isAroundTitle = Array(repeating: false, count: count)
    nearMarks = Array(repeating: [], count: count)
    farMarks = nearMarks
    distance = Array(repeating: 0, count: count)
    branches = Array(repeating: -1, count: count)
    classHash = Array(repeating: 0, count: count)
    var ancestor = title.map { page.origins[$0].element } ?? -1
    while ancestor >= 0 {
      isAroundTitle[ancestor] = true
      ancestor = nodes[ancestor].parent
    }
    let all = isProse.indices.map { isProse[$0] ? page.drafts[$0].span.count : 0 }
    add(page, all)
    spreadMarks(page)
    isForeign = page.origins.map { !farMarks[$0.element].isDisjoint(with: .foreign) }
    prose = all.indices.map { isForeign[$0] ? 0 : all[$0] }
    // A page may be called foreign as a whole.
    if prose.reduce(0, +) < 200 {
      isForeign = Array(repeating: false, count: all.count)
      prose = all
    }
    total = prose.reduce(0, +)
    add(page, prose)
    addClasses(document, page)
    spreadDistance()
    findRegion()
  }

  /// Sums up over the blocks.
  private mutating func add(_ page: HTMLPage, _ prose: [Int]) {
    proseBefore = Array(repeating: 0, count: nodes.count + 1)
    textBefore = proseBefore
    linkedBefore = proseBefore
    for (index, origin) in page.origins.enumerated() {
      proseBefore[origin.element + 1] += prose[index]
      textBefore[origin.element + 1] += page.drafts[index].span.count
      linkedBefore[origin.element + 1] += origin.linked
    }
    for node in nodes.indices {
      proseBefore[node + 1] += proseBefore[node]
      textBefore[node + 1] += textBefore[node]
      linkedBefore[node + 1] += linkedBefore[node]
    }
  }

  /// Adds up over elements of the same name and class names.
  private mutating func addClasses(_ document: HTMLDocument, _ page: HTMLPage) {
    for (index, origin) in page.origins.enumerated() {
      let element = origin.element
      if classHash[element] == 0 {
        classHash[element] = WordHash.of(nodes[element].tag.rawValue.utf8)
        for byte in document.bytes(of: .class, at: element) ?? [] {
          classHash[element] = WordHash.adding(byte, to: classHash[element])
        }
      }
      proseOfClass[classHash[element], default: 0] += prose[index]
    }
  }

  /// Hands marks down from the elements to what is inside them.
  private mutating func spreadMarks(_ page: HTMLPage) {
    guard let total = proseBefore.last else { return }
    var own = page.marks
    if !own.isEmpty { own[0] = [] }
    for index in nodes.indices where nodes[index].tag != .text {
      let parent = nodes[index].parent
      guard parent >= 0 else { continue }
      // An element around the headline or most of the prose is the page, whatever it is called.
      if isAroundTitle[index] {
        own[index].formIntersection(.own)
      } else if prose(in: index) * 2 > total {
        own[index].formIntersection(PageMarks.own.union(.comment))
      }
      nearMarks[index] = own[index].union(own[parent])
      if nodes[parent].parent >= 0 { nearMarks[index].formUnion(own[nodes[parent].parent]) }
      farMarks[index] = farMarks[parent].union(own[index])
    }
  }

  /// Hands distances down from the element whose own blocks and those of its children and their children hold most prose.
  private mutating func spreadDistance() {
    let best = densest()
    guard nodes.indices.contains(best) else { return }
    var isAround = Array(repeating: false, count: nodes.count)
    var ancestor = best
    while ancestor >= 0 {
      isAround[ancestor] = true
      ancestor = nodes[ancestor].parent
    }
    for index in nodes.indices {
      let parent = nodes[index].parent
      guard parent >= 0, !isAround[index], !(best..<nodes[best].end).contains(index) else { continue }
      distance[index] = distance[parent] == .max ? .max : distance[parent] + 1
    }
  }

  private func densest() -> Int {
    var score = Array(repeating: 0, count: nodes.count)
    for index in nodes.indices {
      let own = proseBefore[index + 1] - proseBefore[index]
      guard own > 0 else { continue }
      score[index] += own / 2
      let parent = nodes[index].parent
      guard parent >= 0 else { continue }
      score[parent] += own
      if nodes[parent].parent >= 0 { score[nodes[parent].parent] += own / 2 }
    }
    return score.indices.max { score[$0] < score[$1] || (score[$0] == score[$1] && $0 > $1) } ?? 0
  }

  private mutating func findRegion() {
    // Elements that hold more than half are around each other, so the last one in document order is the innermost.
    for index in nodes.indices where nodes[index].tag != .text && prose(in: index) * 5 > total * 4 { region = index }
    guard nodes.indices.contains(region) else { return }
    for index in (region + 1)..<max(region + 1, nodes[region].end) {
      branches[index] = nodes[index].parent == region ? index : branches[nodes[index].parent]
    }
  }

  /// Whether an element lies in the smallest one that holds four fifths of the prose.
  func isInRegion(_ element: Int) -> Bool { element == region || branches[element] >= 0 }

  /// Share of the prose in that child of the region which an element lies in; of the element itself if it is outside.
  func branchProse(_ element: Int) -> Float { Float(prose(in: branch(element))) / Float(max(1, total)) }

  /// Share of that child's text that stands in links.
  func branchLinks(_ element: Int) -> Float {
    Float(sum(linkedBefore, branch(element))) / Float(max(1, sum(textBefore, branch(element))))
  }

  private func branch(_ element: Int) -> Int { branches[element] < 0 ? element : branches[element] }

  /// How far an element lies from the densest prose: steps up to an element around that.
  func steps(_ element: Int) -> Int { Int(distance[element]) }

  /// Whether elements of the same name and class names hold prose.
  func isOfProseClass(_ element: Int) -> Bool { (proseOfClass[classHash[element]] ?? 0) > 0 }

  /// What the element and the two around it say.
  func near(_ element: Int) -> PageMarks { nearMarks[element] }

  /// What the element and all those around it say.
  func far(_ element: Int) -> PageMarks { farMarks[element] }

  private func prose(in index: Int) -> Int { sum(proseBefore, index) }

  private func sum(_ before: [Int], _ index: Int) -> Int { before[nodes[index].end] - before[index] }
}
