import Testing
import VouchArticles
import VouchCore

/// Pages as sites of several kinds build them: what is the article, and what only stands around it.
@Suite struct WebPageTests {
  private static let one =
    "Members of the regional council voted on Tuesday to close two of the five swimming pools, after a debate that had lasted until midnight."
  private static let two =
    "The mayor said that the pools cost more than they earn, and that the money was needed for the roof of the school in the old town."
  private static let three =
    "Opponents of the plan handed over a list with four thousand names, and announced that they would go to court in the autumn."
  private static let other =
    "A storm that reached the coast in the night has torn down trees and closed the railway line to the capital for most of the day."
  private static let teasers = (0..<2)
    .map { "<li><a href=/\($0)>Storm closes railway line number \($0)</a><p>\(other)</p></li>" }.joined()
  private static let paragraphs = [one, two, three].map { "<p>\($0)</p>" }.joined()

  /// The body of a page, and what of it must not be read.
  struct Style: Sendable, CustomTestStringConvertible {
    var name: String
    var body: String
    var unread: [String] = []
    var testDescription: String { name }
  }

  static let styles = [
    Style(
      name: "semantic elements",
      body: """
        <header><nav><ul><li><a href=/>Home</a><li><a href=/w>World</a></ul></nav></header>
        <main><article><h1>Council closes two pools</h1>\(paragraphs)</article></main>
        <aside><h2>Most read</h2><p>\(other)</p></aside><footer><p>© 2026 The Coast Herald. All rights reserved.</p></footer>
        """, unread: ["storm that reached", "Home", "rights reserved"]),
    Style(
      name: "nested divs without any class",
      body: """
        <div><div><a href=/>Home</a> <a href=/w>World</a> <a href=/m>Money</a></div></div>
        <div><div><h1>Council closes two pools</h1><div>\(paragraphs)</div></div></div>
        <div><ul><li><a href=/a>Storm closes railway line to the capital</a><li><a href=/b>Ferry runs aground off the islands</a></ul></div>
        """, unread: ["Money", "Ferry runs"]),
    Style(
      name: "a blog whose article has class names of all sorts",
      body: """
        <div id=page class="site has-sidebar"><article class="post-17 type-post hentry category-news tag-pools author-jane comments-open">
        <h1 class=entry-title>Council closes two pools</h1><div class=entry-content>\(paragraphs)
        <div class="sharedaddy social-share"><p>Share this with your friends and with your family, wherever they are in the world.</p></div></div>
        </article><div id=comments class=comments-area><ol class=comment-list><li class=comment><p>\(other)</p></li></ol></div></div>
        """, unread: ["storm that reached", "Share this"]),
    Style(
      name: "more comments than article",
      body: """
        <div class=story><h1>Council closes two pools</h1><div class=story-body>\(paragraphs)</div></div>
        <section class=comments>\(String(repeating: "<div class=comment-body><p>\(other)</p></div>", count: 30))</section>
        """, unread: ["storm that reached"]),
    Style(
      name: "teasers below",
      body: """
        <div class=content><h1>Council closes two pools</h1>\(paragraphs)</div>
        <div class="latest-stories list">\(teasers)</div>
        """, unread: ["storm that reached", "railway line number"]),
    Style(
      name: "a layout of tables",
      body: """
        <table><tr><td><a href=/>Home</a><br><a href=/w>World</a></td><td><h1>Council closes two pools</h1>\(paragraphs)</td></tr></table>
        """, unread: ["World"]),
  ]

  @Test(arguments: styles)
  func findsTheArticle(_ style: Style) throws {
    let article = try make(
      "<html><head><title>Council closes two pools</title></head><body>\(style.body)</body></html>", .html)
    checkInvariants(article)
    #expect(article.words(.paragraph) == [Self.one, Self.two, Self.three])
    #expect(article.words(.title) == ["Council closes two pools"])
    for words in style.unread {
      // Kept in the text, left out of the reading.
      #expect(article.text[article.text.span].contains(words))
      #expect(!article.readWords.contains { $0.contains(words) }, "\(words)")
    }
  }

  @Test func typesTheBlocks() throws {
    let article = try make(
      """
      <article><h1>Council closes two pools</h1><p class=byline>By Jane Doe</p><figure><img><figcaption>The pool in the old town. Photo: Ida Moen</figcaption></figure>
      <p>\(Self.one)</p><h2>Costs</h2><p>\(Self.two)</p><ul><li>Pool in the old town: closed in May</li><li>Pool at the harbour: closed in June</li></ul>
      <blockquote>We shall see each other in court, and then we shall see who is right.</blockquote>
      <table><tr><th>Pool</th><th>Guests</th></tr><tr><td>Harbour</td><td>12,000</td></tr></table><p>\(Self.three)</p></article>
      """, .html)
    checkInvariants(article)
    #expect(article.words(.byline) == ["By Jane Doe"])
    #expect(article.words(.caption) == ["The pool in the old town. Photo: Ida Moen"])
    #expect(article.words(.heading) == ["Costs"])
    #expect(article.words(.item).count == 2)
    #expect(article.words(.quote).count == 1)
    #expect(article.words(.table) == ["Pool", "Guests", "Harbour", "12,000"])
    #expect(article.words(.paragraph) == [Self.one, Self.two, Self.three])
  }

  /// What a head says, and what is made of it.
  @Test(arguments: [
    """
    <script type=application/ld+json>{"@graph": [{"@type": "Person", "@id": "#p", "name": "Jane Doe"}, {"@type": "NewsArticle",
    "headline": "Council closes two pools", "author": {"@id": "#p"}, "publisher": {"@type": "Organization", "name": "Coast Herald"},
    "datePublished": "2026-02-03T08:00:00Z", "dateModified": "2026-02-04", "articleSection": ["Local", "Sport"], "inLanguage": "en-GB",
    "mainEntityOfPage": {"@id": "https://herald.example/pools"}, "sourceOrganization": {"name": "Example Wire"}}]}</script>
    """,
    """
    <meta property=og:title content="Council closes two pools | Coast Herald"><meta property=og:site_name content="Coast Herald">
    <meta property=article:published_time content=2026-02-03T08:00:00Z><meta property=article:modified_time content=2026-02-04>
    <meta property=article:section content=Local><meta property=og:locale content=en_GB><meta name=author content="Jane Doe, Example Wire">
    <link rel=canonical href=https://herald.example/pools>
    """,
    """
    <link rel=canonical href=https://herald.example/pools></head><body><div itemscope itemtype=https://schema.org/NewsArticle>
    <h2 itemprop=headline>Council closes two pools</h2><meta itemprop=inLanguage content=en-GB>
    <span itemprop=author itemscope itemtype=https://schema.org/Person><b itemprop=name>Jane Doe</b></span>
    <div itemprop=publisher itemscope itemtype=https://schema.org/Organization><meta itemprop=name content="Coast Herald"></div>
    <div itemprop=sourceOrganization itemscope><meta itemprop=name content="Example Wire"></div><i itemprop=articleSection>Local</i>
    <time itemprop=datePublished datetime=2026-02-03>Tuesday</time><meta itemprop=dateModified content=2026-02-04></div>
    """,
  ])
  func readsMetadata(_ head: String) throws {
    let article = try make(
      "<html><head>\(head)<article><h1>Council closes two pools</h1>\(Self.paragraphs)</article>", .html)
    checkInvariants(article)
    let metadata = article.metadata
    #expect(metadata.title?.value == "Council closes two pools")
    #expect(metadata.authors.map(\.value) == ["Jane Doe"])
    #expect(metadata.outlet?.value == "Coast Herald")
    #expect(metadata.agency?.value == "Example Wire")
    #expect(metadata.published?.description == "2026-02-03")
    #expect(metadata.modified?.description == "2026-02-04")
    #expect(metadata.section == "Local")
    #expect(metadata.language == "en-GB")
    #expect(metadata.url == "https://herald.example/pools")
  }

  @Test(
    arguments: [
      ("SANTIAGO, March 3, 2026 — ", "2026-03-03"), ("OSTHAVEN, 3 March 2026 (Reuters) - ", "2026-03-03"),
      ("PORT LOUIS (March 3, 2026): ", "2026-03-03"), ("On March 3, 2026 — ", nil),
      ("SANTIAGO, March 3, 2026, was ", nil),
      ("SANTIAGO, March 3 — ", nil),
    ] as [(String, String?)])
  func readsTheDateOfADateline(_ dateline: String, _ date: String?) throws {
    let article = try make("Council closes two pools after a long debate\n\n\(dateline)\(Self.one)\n\n\(Self.two)")
    checkInvariants(article)
    #expect(article.metadata.published?.description == date)
  }

  @Test func aDateLineGoesBeforeADateline() throws {
    let article = try make(
      "Council closes two pools after a long debate\n\nPublished 5 March 2026\n\nSANTIAGO, March 3, 2026 — \(Self.one)")
    #expect(article.metadata.published?.description == "2026-03-05")
  }
}

/// Plain text as copied from pages of several kinds: lines of furniture, which are kept and not read.
@Suite struct CopiedPageTests {
  @Test(arguments: [
    "Home | World | Business | Sport | Weather", "Skip to main content", "Published in: World", "Getty Images",
    "Photo: Jane Doe/Reuters", "Subscribe to our newsletter", "Support independent journalism", "Share this article",
    "Read more: Storm closes railway line", "Leave a comment", "© 2026 The Coast Herald. All rights reserved.",
    "Advertisement", "Follow us on Facebook", "Sign in", "3 min read", "Log in to comment", "Most popular",
    "Related articles", "Cookie settings", "Story continues below advertisement",
  ])
  func furnitureIsNotRead(_ line: String) throws {
    let first = LayoutTests.paragraph
    let text = "Parliament adopts budget after long debate\n\nBy Jane Doe\n\n\(first)\n\n\(line)\n"
    let article = try make(text)
    checkInvariants(article)
    #expect(article.text[article.text.span] == text)
    #expect(article.words(.paragraph) == [first])
    let isKept = article.blocks.contains {
      article.text[$0.span] == line && [.boilerplate, .caption].contains($0.kind)
    }
    #expect(isKept)
  }
}
