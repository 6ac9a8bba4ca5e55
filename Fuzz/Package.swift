// swift-tools-version: 6.2
import PackageDescription

// Fuzz targets of the store and of queries, apart from the package so that users do not build them:
//   swift build --package-path Fuzz -c release --sanitize=fuzzer --sanitize=address
let package = Package(
  name: "fuzz",
  dependencies: [.package(name: "vouch", path: "..")],
  targets: ["FuzzGraph", "FuzzContribution", "FuzzQuery"].map {
    .executableTarget(
      name: $0, dependencies: [.product(name: "Vouch", package: "vouch")],
      swiftSettings: [.unsafeFlags(["-parse-as-library"])])
  }
)
