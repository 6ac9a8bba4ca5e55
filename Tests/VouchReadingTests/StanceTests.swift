import Testing
import VouchCore
import VouchLanguage
import VouchOntology
import VouchTestSupport

@Suite struct StanceTests {
  static func stances(_ document: Document) -> [String] {
    document.stances.map { stance in
      let target: String
      switch stance.target {
      case .entity(let entity): target = document.entities[entity].name
      case .event(let event): target = "event " + document.events[event].type
      case .issue(let label): target = label
      }
      return "\(document.entities[stance.holder].name) \(stance.polarity.rawValue) \(target)"
    }
  }

  @Test(arguments: [
    ("Japan rejected the temporary truce.", "Japan oppose temporary truce"),
    ("Malta supports a carbon tax.", "Malta support carbon tax"),
    ("Malta does not support a carbon tax.", "Malta oppose carbon tax"),
    ("Japan called for an immediate truce.", "Japan support immediate truce"),
    ("Angela Merkel condemned North Korea.", "Angela Merkel oppose North Korea"),
    ("Malta is opposed to the harbour tax.", "Malta oppose harbour tax"),
    ("Japan wants Malta to paint the port.", "Japan support paint port"),
    ("Japan called for “a fair deal” in May.", "Japan support fair deal"),
    ("Japan demands that Malta not paint the port.", "Japan oppose paint port"),
    ("Japan turned down a truce.", "Japan oppose truce"),
    ("Japan and Malta welcomed the harbour ruling.", "Japan support harbour ruling"),
  ])
  func positionsAreRead(_ string: String, _ expected: String) throws {
    let found = Self.stances(try Readers.read(string))
    #expect(found.contains(expected), "\(found)")
  }

  @Test(arguments: [
    "Japan could reject the truce.", "Japan did not reject the truce.", "Critics of Japan rejected the truce.",
    "It rejected the truce.", "Japan rejected it.",
  ])
  func unclearPositionsMakeNothing(_ string: String) throws {
    #expect(Self.stances(try Readers.read(string)).isEmpty)
  }
}
