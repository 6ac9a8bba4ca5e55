internal import Glibc
internal import VouchOntology

extension Installation {
  /// What the system lets a process have.
  static var limits: [Finding] { [processors, memory, files] }

  private static var processors: Finding {
    let count = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    return .ok("processors", "\(count): so many articles are read at a time unless --threads says otherwise")
  }

  /// The least of what the machine has, the control group and the limit of address space allow.
  private static var memory: Finding {
    let page = sysconf(Int32(_SC_PAGESIZE))
    var sizes = [(bytes: sysconf(Int32(_SC_PHYS_PAGES)) * page, from: "of the machine")]
    if let bytes = controlGroup { sizes.append((bytes, "that the control group allows")) }
    if let bytes = limit(RLIMIT_AS) { sizes.append((bytes, "of address space")) }
    let least = sizes.min { $0.bytes < $1.bytes } ?? sizes[0]
    let found = "\(least.bytes >> 20) MiB \(least.from)"
    guard least.bytes < 1 << 30 else { return .ok("memory", found) }
    return .warning(
      "memory", found,
      advice: "an article of some MiB may need 0.8 GiB for each thread: read with --threads 1 and a smaller --max-size")
  }

  private static var files: Finding {
    let open = limit(RLIMIT_NOFILE)
    if let open, open < 256 {
      return .warning("files", "\(open) open files at most", advice: "allow 256 or more (ulimit -n)")
    }
    if let size = limit(RLIMIT_FSIZE) {
      return .warning(
        "files", "files of at most \(size) bytes can be written", advice: "graphs can be larger (ulimit -f)")
    }
    return .ok("files", "\(open.map(String.init) ?? "any number of") open files at most, of any size")
  }

  /// What a resource is limited to; `nil` if it is not.
  private static func limit(_ resource: __rlimit_resource) -> Int? {
    var limits = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(resource.rawValue), &limits) == 0, limits.rlim_cur != rlim_t.max else {
      return nil
    }
    return Int(clamping: limits.rlim_cur)
  }

  /// Most memory of the process's control group (version 2, as seen from inside it); `nil` if there is no limit.
  private static var controlGroup: Int? {
    guard let bytes = try? TableFolder.contents("/sys/fs/cgroup/memory.max") else { return nil }
    return Int(String(decoding: bytes, as: UTF8.self).prefix { $0.isNumber })
  }
}
