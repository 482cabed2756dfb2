import Glibc

/// A TCP address to listen on: an IP address, never a name, so that reading it needs no resolver.
public struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// An IPv4 or IPv6 address, without brackets.
    public let host: String
    /// 0 means any free port.
    public let port: Int

    /// Where the webhook listener is when neither the configuration nor systemd says.
    public static let webhookDefault = ListenAddress(host: "127.0.0.1", port: 8085)

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `127.0.0.1:8085` or `[::1]:8085`. Nil for anything else.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else { return nil }
        var host = text[..<colon]
        var family = AF_INET
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            family = AF_INET6
        }
        var address = in6_addr()
        guard inet_pton(family, String(host), &address) == 1 else { return nil }
        self.init(host: String(host), port: Int(port))
    }

    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
