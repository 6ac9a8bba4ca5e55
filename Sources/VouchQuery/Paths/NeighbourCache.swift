/// Neighbour lists that were unpacked before, so that hubs are unpacked once.
final class NeighbourCache {
  /// Most neighbours that are kept: 128 MiB.
  private static let capacity = 1 << 25
  /// Shorter lists are unpacked as fast as found.
  static let shortest = 16

  /// Longer lists are not unpacked to find a single neighbour.
  static let longestAtOnce = 1 << 16

  private var lists: [Int: [UInt32]] = [:]
  private var count = 0

  /// The list whose entries begin with `entry`.
  subscript(_ entry: Int) -> [UInt32]? { lists[entry] }

  /// Keeps a list, if there is room.
  func keep(_ list: [UInt32], at entry: Int) {
    guard list.count >= Self.shortest, count + list.count <= Self.capacity else { return }
    count += list.count
    lists[entry] = list
  }
}
