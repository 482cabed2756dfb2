import Glibc
import WaproRPC

extension Format<Role> {
    static let role = Format(
        "one of \(Role.allCases.map(\.slug).joined(separator: ", "))",
        read: { text throws(Complaint) in
            if let role = Role(slug: text) { return role }
            let words = Role.allCases.map(\.slug)
            throw Complaint("\(quoted(text)) is not one of \(words.joined(separator: ", "))\(didYouMean(text, among: words))")
        },
        write: { $0.slug }
    )
}

extension Format<UInt32> {
    /// Names are looked up when the configuration is read; the daemon compares numbers only.
    static let user = named("user", command: "id -u") { name in getpwnam(name).map { $0.pointee.pw_uid } }
    static let group = named("group", command: "getent group") { name in getgrnam(name).map { $0.pointee.gr_gid } }

    private static func named(_ what: String, command: String, _ find: @escaping @Sendable (String) -> UInt32?) -> Format {
        Format(
            "a \(what) of this machine, by name or number",
            read: { text throws(Complaint) in
                // The highest number means nobody to the kernel.
                if let number = UInt32(text), number != .max { return number }
                guard !text.isEmpty, let number = find(text) else {
                    throw Complaint(
                        "this machine has no \(what) \(quoted(text)); \(command) says what there is, and a number is taken as it is"
                    )
                }
                return number
            },
            write: { String($0) }
        )
    }
}
