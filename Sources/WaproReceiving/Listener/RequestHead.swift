import NIOHTTP1

/// What the listener needs to know of a request's header.
struct RequestHead {
    enum Method {
        case get
        case post
        case other
    }

    var method: Method
    /// The last part of `/webhook/<app>`; nil for every other path.
    var app: String?
    /// After the question mark, not decoded.
    var query: Substring
    /// The one `X-Hub-Signature-256`; nil when there is none, or more than one.
    var signature: String?
    /// `Content-Length`; nil for a body that comes in chunks.
    var announcedLength: Int?
    /// Nothing of the request follows the header.
    var isWhole: Bool
    var keepsOpen: Bool
    var waitsForInvitation: Bool
}

extension RequestHead {
    private static let path = "/webhook/"

    init(_ head: HTTPRequestHead) {
        method =
            switch head.method {
            case .GET: .get
            case .POST: .post
            default: .other
            }
        let parts = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        app = parts[0].hasPrefix(Self.path) ? String(parts[0].dropFirst(Self.path.utf8.count)) : nil
        query = parts.count > 1 ? parts[1] : ""
        let signatures = head.headers["x-hub-signature-256"]
        signature = signatures.count == 1 ? signatures[0] : nil
        announcedLength = head.headers.first(name: "content-length").flatMap { Int($0) }
        isWhole = announcedLength ?? 0 == 0 && !head.headers.contains(name: "transfer-encoding")
        keepsOpen = head.isKeepAlive && head.version == .http1_1
        waitsForInvitation = head.headers.first(name: "expect")?.lowercased() == "100-continue"
    }
}
