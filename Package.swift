// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target is compiled with.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// A library target; it sees only the modules named here, all of which stand to its left in the data flow.
func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["VouchTestSupport"],
    exclude: excludedFixtures[name] ?? [], swiftSettings: strict)
}

/// Fixture folders that tests read from the source tree; they are no resources of the test bundle.
let excludedFixtures: [String: [String]] = [
  "VouchArticlesTests": ["Fixtures"],
  "VouchStoreTests": ["Golden", "Corpus"],
]

let package = Package(
  name: "vouch",
  products: [
    .executable(name: "vouch", targets: ["VouchCLI"]),
    .library(name: "Vouch", targets: ["Vouch"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    .systemLibrary(
      name: "CLibXML2System", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .target(name: "CLibXML2", dependencies: ["CLibXML2System"]),
    .target(name: "CVouchData"),
    .target(name: "CVouchModel", exclude: ["english.safetensors", "english.json"]),
    .target(name: "CVouchPage", exclude: ["page.html", "page.css", "page.js"]),
    .target(name: "CVouchKernels"),
    .target(name: "CSandbox"),
    .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),

    module("VouchCore", []),
    module("VouchOntology", ["VouchCore", "CVouchData"]),
    module("VouchXML", ["VouchCore", "CLibXML2"]),
    module("VouchArticles", ["VouchCore", "VouchOntology", "VouchXML", "CSandbox", "CZlib"]),
    module("VouchLanguage", ["VouchCore", "VouchOntology", "VouchArticles", "CVouchKernels", "CVouchModel"]),
    module("VouchReading", ["VouchCore", "VouchOntology", "VouchArticles", "VouchLanguage"]),
    module("VouchKnowledge", ["VouchCore", "VouchOntology", "VouchArticles", "VouchLanguage", "VouchReading"]),
    module("VouchStore", ["VouchCore", "VouchArticles", "VouchKnowledge"]),
    module("VouchQuery", ["VouchCore", "VouchKnowledge", "VouchStore"]),
    module("VouchExport", ["VouchCore", "VouchArticles", "VouchKnowledge", "VouchStore", "VouchXML"]),
    module(
      "VouchReport",
      [
        "VouchCore", "VouchArticles", "VouchKnowledge", "VouchStore", "VouchQuery", "VouchExport", "VouchXML",
        "CVouchPage",
      ]),
    module(
      "Vouch",
      [
        "VouchCore", "VouchOntology", "VouchArticles", "VouchLanguage", "VouchReading", "VouchKnowledge",
        "VouchStore", "VouchQuery", "VouchExport", "VouchReport", "VouchXML",
      ]),
    .executableTarget(
      name: "VouchCLI",
      dependencies: ["Vouch", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: strict),

    .target(
      name: "VouchTestSupport",
      dependencies: ["VouchCore", "VouchOntology", "VouchArticles", "VouchLanguage", "VouchReading", "VouchKnowledge"],
      path: "Tests/VouchTestSupport", swiftSettings: strict),
    tests("VouchCoreTests", ["VouchCore"]),
    tests("VouchOntologyTests", ["VouchCore", "VouchOntology"]),
    tests("VouchXMLTests", ["VouchCore", "VouchXML"]),
    tests("VouchArticlesTests", ["VouchCore", "VouchOntology", "VouchArticles"]),
    tests(
      "VouchLanguageTests", ["VouchCore", "VouchOntology", "VouchArticles", "VouchLanguage", "CVouchKernels"]),
    tests("VouchReadingTests", ["VouchCore", "VouchOntology", "VouchArticles", "VouchLanguage", "VouchReading"]),
    tests(
      "VouchKnowledgeTests",
      ["VouchCore", "VouchOntology", "VouchArticles", "VouchLanguage", "VouchReading", "VouchKnowledge"]),
    tests("VouchStoreTests", ["VouchCore", "VouchLanguage", "VouchKnowledge", "VouchStore"]),
    tests(
      "VouchQueryTests", ["VouchCore", "VouchArticles", "VouchLanguage", "VouchKnowledge", "VouchStore", "VouchQuery"]),
    tests(
      "VouchExportTests", ["VouchCore", "VouchLanguage", "VouchKnowledge", "VouchStore", "VouchExport", "VouchXML"]),
    tests(
      "VouchReportTests", ["VouchCore", "VouchLanguage", "VouchKnowledge", "VouchStore", "VouchExport", "VouchReport"]),
    tests("VouchTests", ["Vouch"]),
  ]
)
