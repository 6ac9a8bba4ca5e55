import Testing
import VouchCore
import VouchLanguage
import VouchTestSupport

@Suite struct EncoderTests {
  static let tiny = TinyModel()

  private static let best = Result { try load(.best, pieces: 48) }

  static func model() throws -> LanguageModel { try best.get() }

  static func load(_ kernel: Kernel, pieces: Int) throws -> LanguageModel {
    var tiny = Self.tiny
    tiny.pieces = pieces
    let weights = tiny.weights
    return try LanguageModel(weights: weights, description: tiny.description(of: weights), kernel: kernel)
  }

  /// Made-up words, some of many pieces, with a sentence end now and then.
  static func words(_ count: Int, seed: UInt64, for model: LanguageModel) -> ModelWords {
    var random = TestRandom(seed: seed)
    var words = ModelWords()
    for _ in 0..<count {
      let length = Int(random.next() % 9) + 1
      let letters = (0..<length).map { _ in ["a", "e", "T", "7", "the", "x"][Int(random.next() % 6)] }
      let word = random.next() % 7 == 0 ? "." : letters.joined()
      let gap = ModelWords.Gap(rawValue: UInt8([0, 1, 1, 1, 1, 2, 3, 1][Int(random.next() % 8)])) ?? .none
      words.append(Array(word.utf8)[...], gap: gap, for: model)
    }
    return words
  }

  @Test(arguments: [1, 2, 14, 30, 33, 90])
  func wordVectorsAreThoseOfPlainArithmetic(_ count: Int) throws {
    let model = try Self.load(.best, pieces: 512)
    let words = Self.words(count, seed: UInt64(count), for: model)
    let encoded = model.encoder.encode(words)
    #expect(encoded.vectors.count == count)
    var far = 0.0
    for window in encoded.windows {
      for (index, expected) in zip(window, ModelReference(model: Self.tiny).vectors(words, window)) {
        far += zip(encoded.vectors.floats(index), expected).reduce(0) { $0 + abs(Double($1.0) - $1.1) }
      }
    }
    // Half a step of the word vectors is 0.01; a value between two steps may be rounded either way before a layer.
    #expect(far / Double(count * TinyModel.hidden) < 0.02)
  }

  @Test func allKernelsGiveTheSameBytes() throws {
    let model = try Self.load(.portable, pieces: 48)
    let words = Self.words(300, seed: 5, for: model)
    let expected = model.encoder.encode(words)
    #expect(expected.windows.count > 5)
    for kernel in Kernel.available {
      let encoded = try Self.load(kernel, pieces: 48).encoder.encode(words)
      #expect(encoded == expected, "\(kernel)")
    }
  }

  @Test func windowsDoNotSeeEachOther() throws {
    let model = try Self.model()
    let words = Self.words(400, seed: 6, for: model)
    let encoded = model.encoder.encode(words)
    for window in encoded.windows {
      var alone = ModelWords()
      for index in window { alone.append(words, word: index) }
      #expect(model.encoder.encode(alone).vectors == encoded.vectors[window])
    }
  }

  @Test func nothingIsEncodedAsNothing() throws {
    let encoded = try Self.model().encoder.encode(ModelWords())
    #expect(encoded.windows.isEmpty && encoded.vectors.count == 0)
  }

  @Test(arguments: NastyTexts.all)
  func nastyTextsAreEncoded(_ text: String) throws {
    let model = try Self.model()
    var words = ModelWords()
    for word in text.split(separator: " ").prefix(60) { words.append(Array(word.utf8)[...], gap: .space, for: model) }
    words.append(Array(text.utf8.prefix(2000))[...], gap: .block, for: model)
    words.append([0xFF, 0xC3], gap: .none, for: model)
    let encoded = model.encoder.encode(words)
    #expect(encoded.vectors.count == words.count)
    #expect(encoded.vectors.low.allSatisfy { $0.isFinite })
  }
}
