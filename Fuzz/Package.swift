// swift-tools-version: 6.2
import PackageDescription

/// Fuzz targets of what reads untrusted bytes, for libFuzzer; `run.sh` builds and runs them.
let package = Package(
  name: "fuzz",
  dependencies: [.package(name: "vouch", path: "..")],
  targets: [
    .target(name: "FuzzSupport", dependencies: [.product(name: "Vouch", package: "vouch")])
  ]
    + ["FuzzWARC", "FuzzJSONLines", "FuzzFeed"].map { name in
      .executableTarget(
        name: name, dependencies: ["FuzzSupport"], swiftSettings: [.unsafeFlags(["-parse-as-library"])])
    }
)
