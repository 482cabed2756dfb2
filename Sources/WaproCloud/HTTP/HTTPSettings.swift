/// How the program reaches Meta. Certificate checks cannot be switched off; a test or a simulator brings its own authority.
public struct HTTPSettings: Sendable, Hashable {
    public enum Version: Sendable, Hashable {
        case http1
        /// Where TLS agrees on it; plain `http://` is HTTP/1.1 always.
        case http2
    }

    /// The size of one lane's pool. In flight is at most `connections × streams` over HTTP/2 and `http1Connections` over HTTP/1.1, where a
    /// connection carries one request at a time: so nothing waits inside libcurl. Until the server's first answer shows which it speaks,
    /// it is the smaller. `streams` must not be above what the server allows (100 is usual).
    public struct Pool: Sendable, Hashable {
        public var connections: Int
        public var streams: Int
        public var http1Connections: Int

        public init(connections: Int, streams: Int, http1Connections: Int? = nil) {
            self.connections = max(1, connections)
            self.streams = max(1, streams)
            self.http1Connections = max(1, http1Connections ?? connections)
        }
    }

    /// PEM file of the authorities to trust; nil for the system's.
    public var authorities: String?
    /// `http://host:port`, also `https` and `socks5h`; nil for none. The environment's proxies are never used, loopback never goes through one.
    public var proxy: String?
    public var version = Version.http2
    public var connectTimeout = Duration.seconds(5)
    /// From hand-over to the last byte of the answer.
    public var totalTimeout = Duration.seconds(30)
    /// A request for which no connection is ready in this time is given back, certainly not sent.
    public var startWithin = Duration.seconds(2)
    /// Bytes of an answer's body.
    public var largestAnswer = 1 << 20
    public var conversation = Pool(connections: 2, streams: 32, http1Connections: 16)
    public var campaign = Pool(connections: 4, streams: 64, http1Connections: 64)
    public var management = Pool(connections: 2, streams: 4)

    public init() {}

    public func pool(_ lane: HTTPLane) -> Pool {
        switch lane {
        case .conversation: conversation
        case .campaign: campaign
        case .management: management
        }
    }
}
