// swift-tools-version: 6.2
import PackageDescription

/// A program for libFuzzer; those that read articles share how.
func target(_ name: String, reads: Bool) -> Target {
  .executableTarget(
    name: name, dependencies: reads ? ["FuzzSupport"] : [.product(name: "Vouch", package: "vouch")],
    swiftSettings: [.unsafeFlags(["-parse-as-library"])])
}

// Fuzz targets of what takes untrusted bytes, apart from the package so that users do not build them; Tests/torture.sh builds and runs them.
let package = Package(
  name: "fuzz",
  dependencies: [.package(name: "vouch", path: "..")],
  targets: [.target(name: "FuzzSupport", dependencies: [.product(name: "Vouch", package: "vouch")])]
    + ["FuzzGraph", "FuzzContribution", "FuzzQuery"].map { target($0, reads: false) }
    + ["FuzzWARC", "FuzzJSONLines", "FuzzFeed", "FuzzHTML"].map { target($0, reads: true) }
)
