internal import CZlib

/// Versions of zlib.
package enum ZlibLibrary {
  /// The one that runs, such as `1.2.13`.
  package static var running: String { unsafe String(cString: vouch_zlib_running_version()) }
  /// The one whose headers the program was built with.
  package static var built: String { unsafe String(cString: vouch_zlib_built_version()) }
}
