// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who uses Vouch builds it.
let package = Package(
  name: "vouch-benchmarks",
  dependencies: [.package(name: "vouch", path: "..")],
  targets: [
    .executableTarget(
      name: "path-benchmark", dependencies: [.product(name: "Vouch", package: "vouch")],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"), .treatAllWarnings(as: .error),
      ])
  ]
)
