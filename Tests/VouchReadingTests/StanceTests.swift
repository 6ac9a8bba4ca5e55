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

  /// What somebody says that something is, does or would do is their judgement of it.
  @Test(arguments: [
    ("Angela Merkel described the harbour tax as a disgrace.", "Angela Merkel oppose harbour tax"),
    ("Angela Merkel described the harbour tax as a breakthrough.", "Angela Merkel support harbour tax"),
    ("Angela Merkel called the harbour tax a form of blackmail.", "Angela Merkel oppose harbour tax"),
    ("Casting the harbour tax as a threat to trade, Angela Merkel left.", "Angela Merkel oppose harbour tax"),
    ("“This is a terrible mistake,” Angela Merkel said of the harbour tax.", "Angela Merkel oppose harbour tax"),
    ("Japan said that the tariffs would only hurt consumers.", "Japan oppose tariffs"),
    ("Japan said that the tariffs would protect jobs.", "Japan support tariffs"),
    ("Japan and Malta share the view that the dam would harm farmers.", "Japan oppose dam; Malta oppose dam"),
    ("Angela Merkel voiced doubts about the harbour tax.", "Angela Merkel oppose harbour tax"),
    ("Police arrested Angela Merkel. Japan criticised the police.", "Japan oppose Police"),
    ("The bill passed on Monday. Angela Merkel criticised it.", "Angela Merkel oppose bill"),
    ("Japan sees no need for a harbour tax.", "Japan oppose harbour tax"),
    ("Angela Merkel pleaded with Japan to paint the port.", "Angela Merkel support paint port"),
    ("The Maltese and Japanese proposal for a truce failed.", "Malta support truce; Japan support truce"),
  ])
  func judgementsAreRead(_ string: String, _ expected: String) throws {
    let found = Self.stances(try Readers.read(string))
    #expect(found.joined(separator: "; ") == expected)
  }

  @Test(arguments: [
    "Angela Merkel described the harbour tax as a tax.", "Angela Merkel did not call the harbour tax a disgrace.",
    "Japan said that the storm had damaged farms.", "Japan shared the photograph of the dam.",
  ])
  func whatIsToldIsNoJudgement(_ string: String) throws {
    #expect(Self.stances(try Readers.read(string)).isEmpty)
  }

  @Test func whoeverDoubtsAnAttitudeDoesNotSayThatItIsHeld() throws {
    let document = try Readers.read("Japan questioned Malta's commitment to the harbour tax.")
    #expect(Self.stances(document) == ["Japan oppose Malta's commitment to harbour tax"])
  }

  @Test(arguments: [
    "Japan could reject the truce.", "Japan did not reject the truce.", "Critics of Japan rejected the truce.",
    "It rejected the truce.", "Japan rejected it.",
  ])
  func unclearPositionsMakeNothing(_ string: String) throws {
    #expect(Self.stances(try Readers.read(string)).isEmpty)
  }
}
