extension Format<String> {
    /// A text that is kept as it is written.
    private init(_ expected: String, when isRight: @escaping @Sendable (String) -> Bool) {
        self.init(expected, parse: { isRight($0) ? $0 : nil }, write: { $0 })
    }

    static let absolutePath = Format("an absolute path") { $0.hasPrefix("/") && !$0.contains("\0") }

    /// A database file.
    static let storePath = Format("an absolute path or :memory:") { $0 == ":memory:" || $0.hasPrefix("/") }

    /// `sockaddr_un.sun_path` has 108 bytes, one of them for the end.
    static let socketPath = Format("an absolute path of at most 107 bytes") { $0.hasPrefix("/") && $0.utf8.count <= 107 }

    /// A file of certificates, which must be readable now.
    static let certificates = Format(
        "an absolute path",
        read: { text throws(Complaint) in
            let path = try absolutePath.read(text)
            _ = try SmallFile.read(path, limit: 4 << 20)
            return path
        },
        write: { $0 }
    )

    static let graphVersion = Format("a Graph API version such as v25.0") { text in
        let parts = text.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
        return text.hasPrefix("v") && parts.count == 2 && parts.allSatisfy { UInt16($0) != nil }
    }

    static let baseURL = Format(
        "an https URL",
        read: { text throws(Complaint) in
            let url = try WebAddress.read(text, schemes: ["https", "http"])
            guard url.scheme == "https" || url.isLoopback else {
                throw Complaint("\(quoted(text)) would show the access token on the network; use https (http is for loopback only)")
            }
            return text.hasSuffix("/") ? String(text.dropLast()) : text
        },
        write: { $0 }
    )

    static let proxy = Format(
        "a proxy URL such as http://proxy.example:3128",
        read: { text throws(Complaint) in
            _ = try WebAddress.read(text, schemes: ["http", "https", "socks5", "socks5h"])
            return text
        },
        write: { $0 }
    )

    /// The name of an entry: safe in a path, in a metric label, in a log.
    static let name = Format("a name of 1 to 40 lower-case letters, digits, - and _") { text in
        let allowed = text.utf8.allSatisfy { byte in
            (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
        return allowed && (1...40).contains(text.utf8.count)
    }

    /// An id at Meta.
    static let metaID = Format("an id of Meta's (5 to 20 digits)") { text in
        (5...20).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
    }
}

extension Format<ListenAddress> {
    static let address = Format(
        "an IP address and port such as 127.0.0.1:8085 or [::1]:8085",
        parse: { ListenAddress($0) },
        write: { $0.description }
    )
}
