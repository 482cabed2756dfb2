public import WaproRPC

extension Configuration {
    /// An entry of `callers`: a user or a group of this machine, and what it may do.
    public struct CallerRule: Sendable, Hashable {
        public enum Subject: Sendable, Hashable {
            case user(UInt32)
            case group(UInt32)
        }

        public var role: Role
        public var subject: Subject

        public init(role: Role, subject: Subject) {
            (self.role, self.subject) = (role, subject)
        }
    }

    /// `control`: the Unix socket that `waproctl` and programs use. Unused when systemd passes a descriptor named `control`,
    /// as far as the path goes; the limits always hold.
    public struct Control: Sendable, Hashable {
        /// `control.socket`: an absolute path of at most 107 bytes (the kernel's limit).
        public var socket = "/run/waprod/control.sock"
        /// `control.max_message_bytes`: the longest line that is read, in bytes.
        public var maxMessageBytes = 1 << 20
        /// `control.max_depth`: the deepest nesting of JSON arrays and objects in a message.
        public var maxDepth = 32
        /// `control.connections`: connections open at once, of all callers together.
        public var connections = 256
        /// `control.connections_per_user`: connections open at once of one user id.
        public var connectionsPerUser = 32
        /// `control.calls_in_flight`: calls of one connection that are worked on at once; reading pauses beyond it.
        public var callsInFlight = 16
    }

    /// `webhook`: the listener for Meta's webhooks. It speaks plain HTTP: a TLS proxy stands in front of it.
    public struct Webhook: Sendable, Hashable {
        /// `webhook.listen`: where to listen. Nil, the default: the descriptor that systemd passes under the name `webhook`,
        /// else `ListenAddress.webhookDefault`.
        public var listen: ListenAddress?
        /// `webhook.max_body_bytes`: the largest body that is read, in bytes. Meta's reach about 3 MB.
        public var maxBodyBytes = 4 << 20
        /// `webhook.connections`: connections open at once.
        public var connections = 1024
        /// `webhook.request_timeout`: how long one request may take to arrive whole.
        public var requestTimeout = Duration.seconds(10)
        /// `webhook.idle_timeout`: how long a kept connection may be silent.
        public var idleTimeout = Duration.seconds(15)
    }
}
