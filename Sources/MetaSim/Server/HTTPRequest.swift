import NIOCore
import NIOHTTP1

/// A request that was read whole.
struct HTTPRequest: Sendable {
    let method: HTTPMethod
    /// Without the leading slash, split at slashes, decoded.
    let path: [String]
    let query: [(name: String, value: String)]
    let headers: HTTPHeaders
    let body: ByteBuffer
    /// As the caller sees it: `http://127.0.0.1:4000`.
    let origin: String

    init(head: HTTPRequestHead, body: ByteBuffer, scheme: String) {
        method = head.method
        headers = head.headers
        self.body = body
        origin = scheme + "://" + (head.headers.first(name: "host") ?? "127.0.0.1")
        let parts = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = parts[0].split(separator: "/").map { Self.decoded($0) }
        query =
            parts.count < 2
            ? []
            : parts[1].split(separator: "&").map { pair in
                let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (Self.decoded(sides[0]), sides.count > 1 ? Self.decoded(sides[1]) : "")
            }
    }

    func query(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    /// The body as JSON; nil when it is not.
    var json: JSON? {
        body.withUnsafeReadableBytes { bytes in try? JSONParser.parse(bytes) }
    }

    /// Percent escapes and `+` undone; an escape that is none stays as it is.
    private static func decoded(_ text: Substring) -> String {
        guard text.utf8.contains(where: { $0 == 0x25 || $0 == 0x2B }) else { return String(text) }
        var out: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == 0x25, rest.count >= 2, let value = UInt8(String(Substring(rest.prefix(2))), radix: 16) {
                out.append(value)
                rest = rest.dropFirst(2)
            } else {
                out.append(byte == 0x2B ? 0x20 : byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
