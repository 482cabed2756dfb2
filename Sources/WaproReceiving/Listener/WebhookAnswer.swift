import NIOCore

/// How a request can end. The only answers that the listener gives, prepared as bytes: none has a body but the handshake's.
public enum WebhookAnswer: Int, Sendable, Hashable, CaseIterable {
    /// 200: the body is on disk.
    case kept
    /// 200: Meta's challenge is repeated.
    case handshake
    /// 400: not HTTP.
    case unreadable
    /// 401: no signature, or none of this app's secrets made it.
    case unsigned
    /// 403: the handshake came with another verify token.
    case unverified
    /// 404: no app has this path.
    case unknownPath
    /// 405: neither GET nor POST.
    case wrongMethod
    /// 408: the request took too long to arrive.
    case tooSlow
    /// 413: the body is larger than the limit.
    case tooLarge
    /// 431: the header is larger than the limit.
    case headerTooLarge
    /// 503: the body could not be kept now; Meta repeats it.
    case unavailable

    /// The HTTP status.
    public var status: Int {
        switch self {
        case .kept, .handshake: 200
        case .unreadable: 400
        case .unsigned: 401
        case .unverified: 403
        case .unknownPath: 404
        case .wrongMethod: 405
        case .tooSlow: 408
        case .tooLarge: 413
        case .headerTooLarge: 431
        case .unavailable: 503
        }
    }

    private var phrase: String {
        switch self {
        case .kept, .handshake: "OK"
        case .unreadable: "Bad Request"
        case .unsigned: "Unauthorized"
        case .unverified: "Forbidden"
        case .unknownPath: "Not Found"
        case .wrongMethod: "Method Not Allowed"
        case .tooSlow: "Request Timeout"
        case .tooLarge: "Content Too Large"
        case .headerTooLarge: "Request Header Fields Too Large"
        case .unavailable: "Service Unavailable"
        }
    }

    /// Seconds after which a refused sender may come again. Meta is not known to heed it; proxies are.
    static let retryAfter = 5

    private func rendered(closing: Bool, body: String = "") -> ByteBuffer {
        var text = "HTTP/1.1 \(status) \(phrase)\r\ncontent-length: \(body.utf8.count)\r\n"
        if !body.isEmpty { text += "content-type: text/plain\r\nx-content-type-options: nosniff\r\n" }
        if self == .wrongMethod { text += "allow: GET, POST\r\n" }
        if self == .unavailable { text += "retry-after: \(Self.retryAfter)\r\n" }
        if closing { text += "connection: close\r\n" }
        return ByteBuffer(string: text + "\r\n" + body)
    }

    private static let keepingOpen = allCases.map { $0.rendered(closing: false) }
    private static let closing = allCases.map { $0.rendered(closing: true) }

    /// The whole response.
    func bytes(closing: Bool, body: String?) -> ByteBuffer {
        if let body { return rendered(closing: closing, body: body) }
        return closing ? Self.closing[rawValue] : Self.keepingOpen[rawValue]
    }
}
