import Foundation
import Testing
import VouchArticles
import VouchCore

/// The corpus of the fuzz targets, read once more: nothing crashes, and what is made of it is sound.
@Suite struct CorpusTests {
  static let corpus = Files.repository.appending(path: "Fuzz/Corpus")

  @Test(arguments: [InputFormat.warc, .jsonl, .feed, .html])
  func nothingOfTheCorpusBreaksAnything(_ format: InputFormat) throws {
    let folder = Self.corpus.appending(path: format.rawValue)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!files.isEmpty)
    for limit in [ArticleOptions.defaultArticleLimit, 300] {
      var options = ArticleOptions()
      options.format = format
      options.articleLimit = limit
      options.recordLimit = limit
      let (raw, _) = items(files.sorted().map { .path(folder.path + "/" + $0) }, options)
      for raw in raw {
        if case .success(let article) = Article.make(from: raw, options: options, lexicon: lexicon) {
          checkInvariants(article)
        }
      }
    }
  }
}
