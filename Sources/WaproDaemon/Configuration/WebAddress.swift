import Glibc

/// The little of a URL that has to be known to judge it.
struct WebAddress {
    let scheme: String
    let host: String

    var isLoopback: Bool {
        var address = in_addr()
        return host == "localhost" || host == "[::1]" || (host.hasPrefix("127.") && inet_pton(AF_INET, host, &address) == 1)
    }

    /// Reads `scheme://host[:port][/path]`. User and password are refused: they are a secret in a place that is not for secrets.
    static func read(_ text: String, schemes: [String]) throws(Complaint) -> WebAddress {
        let known = schemes.joined(separator: ", ")
        let printable = text.utf8.allSatisfy { (33...126).contains($0) }
        guard let separator = text.firstRange(of: "://"), printable else { throw Complaint("this is not a URL (\(known))") }
        let scheme = String(text[..<separator.lowerBound])
        let authority = text[separator.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.contains("@") else {
            throw Complaint("a URL with a user or password in it is refused: this file is not for secrets")
        }
        guard schemes.contains(scheme) else { throw Complaint(text, isNot: "a URL of these kinds: \(known)") }
        let host = authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        let rest = authority.dropFirst(host.count)
        guard !host.isEmpty, rest.isEmpty || (rest.hasPrefix(":") && UInt16(rest.dropFirst()) != nil) else {
            throw Complaint(text, isNot: "a URL with a host and a port")
        }
        return WebAddress(scheme: scheme, host: String(host))
    }
}
