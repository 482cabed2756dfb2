/// Where the Graph API is: Meta's own address and version, or a simulator on loopback.
public struct GraphEndpoint: Sendable, Hashable {
    /// Without a slash at the end.
    public let base: String
    /// `vN.0`. A call without a version would use the app's oldest one (whatsapp-cloud-api.md §1.1).
    public let version: String

    public static let meta = GraphEndpoint(trusted: "https://graph.facebook.com", "v25.0")

    private init(trusted base: String, _ version: String) {
        self.base = base
        self.version = version
    }

    /// - Parameters:
    ///   - base: `https://host[:port][/path]`; plain `http` only to loopback, because the token travels in it.
    ///   - version: `v25.0`.
    public init(base: String = meta.base, version: String = meta.version) throws(GraphSetupError) {
        let trimmed = base.hasSuffix("/") ? String(base.dropLast()) : base
        guard let separator = trimmed.firstRange(of: "://"), trimmed.utf8.allSatisfy({ (33..<127).contains($0) }) else {
            throw .badBase
        }
        let scheme = trimmed[..<separator.lowerBound]
        let authority = trimmed[separator.upperBound...].prefix { $0 != "/" }
        guard scheme == "https" || scheme == "http", !authority.isEmpty, !authority.contains("@"), !trimmed.contains("?"),
            !trimmed.contains("#")
        else { throw .badBase }
        let host = authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        let isLoopback = host == "localhost" || host == "[::1]" || host.isLoopbackIPv4
        guard scheme == "https" || isLoopback else { throw .plainTextBase }
        guard version.hasPrefix("v"), version.dropFirst().allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), version.count > 1 else {
            throw .badVersion
        }
        self.init(trusted: trimmed, version)
    }

    /// The address of a node or edge, with a query of percent-encoded pairs.
    func url(_ path: String..., query: [(String, String)] = []) -> String {
        var url = base + "/" + version
        for part in path { url += "/" + part.percentEncoded }
        for (index, pair) in query.enumerated() { url += (index == 0 ? "?" : "&") + pair.0 + "=" + pair.1.percentEncoded }
        return url
    }
}

/// A setting that cannot work, found before anything is sent.
public enum GraphSetupError: Error, Hashable, CustomStringConvertible {
    case badBase
    case plainTextBase
    case badVersion
    case badToken
    case emptyAppSecret

    public var description: String {
        switch self {
        case .badBase: "the base address must be https://host, without user, query or fragment"
        case .plainTextBase: "the base address is plain http and not loopback: the access token would travel unprotected; use https"
        case .badVersion: "the Graph version must look like v25.0"
        case .badToken: "the access token is empty or has characters that no token has; is the right file named?"
        case .emptyAppSecret: "appsecret_proof is switched on, but the app secret is missing or empty"
        }
    }
}

extension Substring {
    /// `127.x.y.z` in digits, and not a name that begins like one.
    fileprivate var isLoopbackIPv4: Bool {
        let parts = split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

extension String {
    /// RFC 3986: everything but unreserved characters becomes `%XX`.
    var percentEncoded: String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        encoded.reserveCapacity(utf8.count)
        for byte in utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95, 126: encoded.append(byte)
            default: encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
