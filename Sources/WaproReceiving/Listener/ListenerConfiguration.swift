public import WaproCore

extension Listener {
    /// What the listener serves, where, and within which limits.
    public struct Configuration: Sendable {
        /// Apps by name; each has the callback path `/webhook/<name>`.
        public var apps: [App]
        public var sockets: [Socket]
        public var limits: Limits
        /// Threads that serve connections; they serve nothing else.
        public var threads: Int

        public init(apps: [App], sockets: [Socket], limits: Limits = Limits(), threads: Int = 2) {
            (self.apps, self.sockets, self.limits, self.threads) = (apps, sockets, limits, threads)
        }
    }

    /// A Meta app: who signs what comes to its path. The secret is chosen by the path, never by the body.
    public struct App: Sendable {
        public let name: String
        /// The current app secret, and the previous one while Meta may still use it.
        public let secrets: [Secret]
        /// What Meta must repeat in the handshake of the callback.
        public let verifyToken: Secret

        public init(name: String, secrets: [Secret], verifyToken: Secret) {
            (self.name, self.secrets, self.verifyToken) = (name, secrets, verifyToken)
        }
    }

    /// Where connections come from.
    public enum Socket: Sendable, Hashable {
        /// An IP address, and a port where 0 means any free one.
        case address(host: String, port: Int)
        /// A bound stream socket that systemd passed. It is closed at the end; systemd keeps its own copy and what waits in it.
        case descriptor(Int32)
    }

    /// What one peer may cost (operations.md §5.4).
    public struct Limits: Sendable, Hashable {
        /// The largest body that is read, in bytes. Meta's reach about 3 MB.
        public var bodyBytes = 4 << 20
        /// The longest request line or header field, in bytes.
        public var headerFieldBytes = 8 << 10
        /// All header fields together, in bytes.
        public var headerBytes = 32 << 10
        public var headerCount = 100
        /// Connections open at once; further ones wait in the kernel's queue.
        public var connections = 1024
        /// How long a connection may be silent between requests.
        public var idle: Duration = .seconds(15)
        /// How long a request may take from its first byte to the end of its header.
        public var header: Duration = .seconds(5)
        /// How long a body may take to arrive.
        public var body: Duration = .seconds(10)
        /// How long a body may wait for its commit before its sender is told to come again. It may be committed nevertheless;
        /// then the repeat changes nothing.
        public var answer: Duration = .seconds(10)
        /// Bytes of bodies in memory, arriving or waiting for their commit, of all connections together; what does not fit is
        /// answered 503.
        public var heldBytes = 32 << 20
        /// Bodies that wait for their commit at once; further ones are answered 503.
        public var waitingBodies = 1024
        /// When the oldest such body has waited this long, new ones are answered 503 at once.
        public var waitingAge: Duration = .seconds(1)
        /// How long requests that are under way may take to end once the listener is told to stop.
        public var grace: Duration = .seconds(10)

        public init() {}
    }
}

/// Why the listener could not begin, or stopped by itself. The message is for a person.
public enum ListenerFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// Nobody can connect there: taken, forbidden, or not an address of this machine.
    case cannotListen(at: String, why: String)
    /// The kernel closed a listening socket under us.
    case stopped

    public var description: String {
        switch self {
        case .cannotListen(let place, let why): "the webhook listener cannot listen at \(place): \(why)"
        case .stopped: "the webhook listener lost its socket; waprod must restart"
        }
    }
}
