import Glibc
import VouchLanguage
import VouchTestSupport

/// The encoder in plain arithmetic, as the description of the model's format tells it, without regard to speed.
struct ModelReference {
  let model: TinyModel
  private let hidden = TinyModel.hidden

  static func gelu(_ x: Double) -> Double {
    let inner: Double = 0.7978845608 * (x + 0.044715 * x * x * x)
    return x / (1 + exp(-2 * inner))
  }

  func floats(_ name: String) -> [Double] {
    guard let bytes = model.tensors[name]?.bytes else { return [] }
    return stride(from: 0, to: bytes.count, by: 4).map { index in
      var bits: UInt32 = 0
      for byte in bytes[index..<index + 4].reversed() { bits = bits << 8 | UInt32(byte) }
      return Double(Float(bitPattern: bits))
    }
  }

  func weights(_ name: String) -> [Double] {
    (model.tensors[name]?.bytes ?? []).map { Double(Int8(bitPattern: $0)) }
  }

  func linear(_ name: String, _ rows: [[Double]]) -> [[Double]] {
    let weight = weights("\(name).weight"), scale = floats("\(name).scale"), bias = floats("\(name).bias")
    return rows.map { row in
      let low = row.min() ?? 0, step = ((row.max() ?? 0) - low) / 255
      let x = row.map { low + step * (($0 - low) / step).rounded(.toNearestOrEven) }
      return scale.indices.map { output in
        var sum = 0.0
        for index in x.indices { sum += x[index] * weight[output * x.count + index] }
        return bias[output] + scale[output] * sum
      }
    }
  }

  func norm(_ name: String, _ rows: [[Double]]) -> [[Double]] {
    let weight = floats("\(name).weight"), bias = floats("\(name).bias")
    return rows.map { row in
      let mean = row.reduce(0, +) / Double(row.count)
      var squares = 0.0
      for x in row { squares += (x - mean) * (x - mean) }
      let deviation = (squares / Double(row.count) + 1e-12).squareRoot()
      return row.indices.map { (index: Int) -> Double in (row[index] - mean) / deviation * weight[index] + bias[index] }
    }
  }

  func attention(_ qkv: [[Double]]) -> [[Double]] {
    qkv.map { row in
      (0..<TinyModel.heads).flatMap { head -> [Double] in
        let scores = qkv.map { other -> Double in
          var sum = 0.0
          for item in head * 32..<head * 32 + 32 { sum += row[item] * other[hidden + item] }
          return sum / 32.0.squareRoot()
        }
        let most = scores.max() ?? 0
        let shares = scores.map { exp($0 - most) }
        let total = shares.reduce(0, +)
        return (0..<32).map { item -> Double in
          var sum = 0.0
          for (share, other) in zip(shares, qkv) { sum += share / total * other[2 * hidden + head * 32 + item] }
          return sum
        }
      }
    }
  }

  /// The word vectors of one window.
  func vectors(_ words: ModelWords, _ window: Range<Int>) -> [[Double]] {
    let word = weights("embeddings.word.weight"), scale = floats("embeddings.word.scale")
    let position = floats("embeddings.position"), shape = floats("embeddings.shape"), gap = floats("embeddings.gap")
    var rows: [[Double]] = [], places: [(first: Int, last: Int)] = []
    func add(_ id: Int, _ shapeRow: Int, _ gapRow: Int) {
      let row = rows.count
      rows.append(
        (0..<hidden).map { item -> Double in
          let own = word[id * hidden + item] * scale[id] + position[row * hidden + item]
          return own + shape[shapeRow * hidden + item] + gap[gapRow * hidden + item]
        })
    }
    add(101, 13, 0)
    for index in window {
      let pieces = words.firstPieces[index]..<words.firstPieces[index + 1]
      places.append((rows.count, rows.count + pieces.count - 1))
      for piece in pieces {
        add(
          Int(words.pieces[piece]), Int(words.shapes[index]),
          piece == pieces.lowerBound ? Int(words.gaps[index].rawValue) : 0)
      }
    }
    add(102, 13, 0)
    var x = norm("embeddings.norm", rows)
    for layer in 0..<TinyModel.layers {
      let name = "encoder.\(layer)"
      x = norm("\(name).norm1", sum(x, linear("\(name).out", attention(linear("\(name).qkv", x)))))
      let inner = linear("\(name).inner", x).map { $0.map(Self.gelu) }
      x = norm("\(name).norm2", sum(x, linear("\(name).outer", inner)))
    }
    let ends = linear("words.projection", places.map { x[$0.first] + x[$0.last] })
    let shapes = floats("words.shape")
    let added = window.map { Array(shapes[Int(words.shapes[$0]) * hidden..<(Int(words.shapes[$0]) + 1) * hidden]) }
    return norm("words.norm", sum(ends, added))
  }

  private func sum(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] { zip(a, b).map { zip($0, $1).map(+) } }
}
