import Testing
import VouchCore
import VouchLanguage
import VouchTestSupport

@Suite struct ModelFileTests {
  static let tiny = TinyModel()
  static let weights = tiny.weights
  static let headerEnd = 8 + Int(weights[0]) + Int(weights[1]) << 8 + Int(weights[2]) << 16

  /// Loads files whose checksum is right, whatever else is wrong.
  static func load(_ weights: [UInt8]) throws -> LanguageModel {
    try LanguageModel(weights: weights, description: Self.tiny.description(of: weights))
  }

  static func refusal(_ body: () throws -> LanguageModel) -> Diagnostic? {
    do {
      _ = try body()
      return nil
    } catch {
      return error as? Diagnostic
    }
  }

  @Test func changedWeightsAreRefused() throws {
    let description = Self.tiny.description(of: Self.weights)
    _ = try LanguageModel(weights: Self.weights, description: description)
    for offset in stride(from: 0, to: Self.weights.count, by: Self.weights.count / 50) {
      var changed = Self.weights
      changed[offset] ^= 1 << UInt8(offset % 8)
      let refusal = Self.refusal { try LanguageModel(weights: changed, description: description) }
      #expect(refusal?.code == "model.damaged" && refusal?.message.contains("checksum") == true)
    }
  }

  @Test func truncatedFilesAreRefused() {
    let ends = Array(0..<20) + (1..<40).map { Self.weights.count * $0 / 40 } + [Self.headerEnd, Self.weights.count - 1]
    for end in ends { #expect(Self.refusal { try Self.load(Array(Self.weights[..<end])) }?.code == "model.damaged") }
    #expect(Self.refusal { try Self.load(Self.weights + [0]) }?.code == "model.damaged")
  }

  @Test func damagedHeadersNeverTrap() {
    var random = TestRandom(seed: 9)
    var refused = 0
    for _ in 0..<300 {
      var changed = Self.weights
      let offset = Int(random.next() % UInt64(Self.headerEnd))
      changed[offset] =
        random.next() % 2 == 0
        ? changed[offset] ^ (1 << UInt8(random.next() % 8)) : UInt8.random(in: 0x20..<0x7F, using: &random)
      if let refusal = Self.refusal({ try Self.load(changed) }) {
        #expect(refusal.code == "model.damaged" && refusal.location.path == "weights")
        refused += 1
      }
    }
    #expect(refused > 250)
  }

  @Test func damagedDataNeverTraps() throws {
    var random = TestRandom(seed: 10)
    for _ in 0..<60 {
      var changed = Self.weights
      for _ in 0..<2000 {
        let offset = Self.headerEnd + Int(random.next() % UInt64(changed.count - Self.headerEnd))
        changed[offset] = UInt8(truncatingIfNeeded: random.next())
      }
      guard let model = try? Self.load(changed) else { continue }
      let encoded = model.encoder.encode(EncoderTests.words(20, seed: 1, for: model))
      #expect(encoded.vectors.count == 20)
    }
  }

  @Test(arguments: [
    ("missing", "embeddings.gap"), ("missing", "encoder.1.qkv.scale"), ("missing", "text.vocabulary"),
    ("expected F32 [64]", "words.norm.bias"), ("expected I8 [192, 64]", "encoder.0.qkv.weight"),
    ("no finite number", "words.shape"), ("expected I32", "text.fold.code"), ("kinds other than", "text.class.kind"),
    ("same piece", "text.vocabulary"),
  ])
  func whatIsWrongWithATensorIsTold(_ message: String, _ name: String) {
    var model = Self.tiny
    switch message {
    case "missing": model.tensors[name] = nil
    case "no finite number": model.tensors[name]?.bytes.replaceSubrange(0..<4, with: [0, 0, 0xC0, 0x7F])
    case "kinds other than": model.tensors[name]?.bytes[3] = 3
    case "same piece": model.tensors[name]?.bytes[13] = UInt8(ascii: "2")
    default:
      model.tensors[name]?.type = "U8"
      let count = model.tensors[name]?.bytes.count ?? 0
      model.tensors[name]?.shape = [count]
    }
    let refusal = Self.refusal { try Self.load(model.weights) }
    #expect(
      refusal?.message.contains(message) == true && refusal?.code == "model.damaged", "\(refusal?.rendered ?? "none")")
  }

  @Test(arguments: [
    (#""heads":2"#, #""heads":3"#, "model.damaged"), (#""layers":2"#, #""layers":1e9"#, "model.damaged"),
    (#""layers":2"#, #""layers":3"#, "model.damaged"), (#""hidden":64"#, #""hidden":-64"#, "model.damaged"),
    (#""inner":128"#, #""inner":"128""#, "model.damaged"), (#""upos":["A","B"]"#, #""upos":[]"#, "model.damaged"),
    (#""names":["A","B"]"#, #""names":["A",1]"#, "model.damaged"),
    (#""checksum":"#, #""checksum":1,"x":"#, "model.damaged"),
    ("vouch-language/1", "vouch-language/2", "model.unsupported"), ("{", "", "model.damaged"),
  ])
  func wrongDescriptionsAreRefused(_ found: String, _ written: String, _ code: String) {
    let text = String(decoding: Self.tiny.description(of: Self.weights), as: UTF8.self)
    guard let range = text.firstRange(of: found) else {
      Issue.record("nothing to change")
      return
    }
    let changed = text.replacingCharacters(range, written)
    let refusal = Self.refusal { try LanguageModel(weights: Self.weights, description: Array(changed.utf8)) }
    #expect(refusal?.code == code, "\(refusal?.rendered ?? "none")")
  }

  @Test func filesThatAreNotThereAreTold() {
    #expect(Self.refusal { try LanguageModel.read("/nonexistent/model") }?.code == "model.missing")
    #expect(Self.refusal { try LanguageModel.read("/dev/null/model") }?.code == "model.unreadable")
  }
}

extension String {
  func replacingCharacters(_ range: Range<String.Index>, _ text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
