/// How a request ended. The difference between the last two is what promise P1 rests on.
public enum HTTPResult: Sendable, Equatable {
    /// The server answered; the status may be anything.
    case response(HTTPResponse)
    /// The last byte of the request certainly did not leave: it may be repeated.
    case notSent(HTTPFailure)
    /// The whole request may have arrived, and no answer could be read: it must not be repeated.
    case unknown(HTTPFailure)
}

public struct HTTPResponse: Sendable, Equatable {
    public var status: Int
    public var body: [UInt8]
    /// `Retry-After`, when it is a number of seconds.
    public var retryAfter: Duration?
    /// `X-Business-Use-Case-Usage`, JSON (whatsapp-cloud-api.md §1.4).
    public var businessUsage: String?

    public init(status: Int, body: [UInt8], retryAfter: Duration? = nil, businessUsage: String? = nil) {
        self.status = status
        self.body = body
        self.retryAfter = retryAfter
        self.businessUsage = businessUsage
    }
}

/// Why there is no answer. Whether the request may have been sent is told by the case of `HTTPResult` it comes in, never by the kind.
public struct HTTPFailure: Sendable, Equatable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The lane has no room; see `HTTPClient.capacity`.
        case atCapacity
        /// No connection was free in `HTTPSettings.startWithin`.
        case tooLate
        case cancelled
        /// The client was shut down.
        case closed
        case nameNotResolved
        case connectionRefused
        /// The certificate is not trusted or not this host's, or the handshake failed.
        case tls
        case proxy
        case timedOut
        case connectionLost
        /// The server closed without one byte.
        case emptyAnswer
        /// libcurl wanted to send the request a second time (a kept connection died, or the server refused the stream) and was
        /// not allowed to.
        case repeatRefused
        case answerTooLarge
        case protocolError
        case malformedAddress
        case other
    }

    public var kind: Kind
    /// libcurl's number, 0 when libcurl was not asked.
    public var code: Int
    /// libcurl's words: no secrets, printable ASCII. May name the host.
    public var detail: String

    public init(_ kind: Kind, code: Int = 0, detail: String = "") {
        self.kind = kind
        self.code = code
        self.detail = detail
    }
}
