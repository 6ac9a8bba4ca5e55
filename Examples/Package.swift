// swift-tools-version: 6.2
import PackageDescription

// A program of its own that uses Vouch as a library. Outside this repository the dependency is
// .package(url: "…/vouch", from: "0.1.0").
let package = Package(
  name: "connect",
  dependencies: [.package(name: "vouch", path: "..")],
  targets: [
    .executableTarget(name: "Connect", dependencies: [.product(name: "Vouch", package: "vouch")])
  ]
)
