internal import CLibXML2

/// Versions of libxml2.
package enum XMLLibrary {
  /// The one that runs, such as `2.9.14`.
  package static var running: String { dotted(vouch_xml_running_version()) }
  /// The one whose headers the program was built with.
  package static var built: String { dotted(vouch_xml_built_version()) }

  private static func dotted(_ number: Int) -> String { "\(number / 10000).\(number / 100 % 100).\(number % 100)" }
}
