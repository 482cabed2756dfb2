/// Describe every method, as an OpenRPC document.
public struct RPCDiscover: Method {
    public init() {}

    public static let shape = Shape<Self>({ Self() })

    public static let name = "rpc.discover"
    public static let role = Role.viewer
    public static let effect = Effect.reads
    public static let doc = Doc("Describe every method, as an OpenRPC document.")
    public static let example = RPCDiscover()

    public typealias Reply = JSONValue
}

/// Say who the caller is to the daemon, and what both can do.
public struct RPCHello: Method {
    public let client: String?

    public init(client: String? = nil) {
        self.client = client
    }

    public static let shape = Shape(
        Self.init,
        Field("client", \.client, "Name and version of the calling program, for the log.", length: 1...100)
    )

    public static let name = "rpc.hello"
    public static let role = Role.viewer
    public static let effect = Effect.reads
    public static let doc = Doc(
        "Say who the caller is to the daemon, and what both can do.",
        details: "Nobody has to call it first."
    )
    public static let example = RPCHello(client: "crm-bridge 2.1")

    /// Who answers, and to whom.
    public struct Reply: Wire {
        public let `protocol`: String
        public let version: String
        public let store: String
        public let uid: Int64
        public let role: Open<Role>
        public let user: String?
        public let methods: [String]
        public let features: [String]
        public let limits: WireLimits

        public init(
            protocol: String,
            version: String,
            store: String,
            uid: Int64,
            role: Open<Role>,
            user: String? = nil,
            methods: [String],
            features: [String],
            limits: WireLimits
        ) {
            self.protocol = `protocol`
            self.version = version
            self.store = store
            self.uid = uid
            self.role = role
            self.user = user
            self.methods = methods
            self.features = features
            self.limits = limits
        }

        public static let shape = Shape(
            Self.init,
            Field("protocol", \.protocol, "Version of the protocol: the second number grows with additions, the first with anything else."),
            Field("version", \.version, "Version of the daemon."),
            Field("store", \.store, "Name of the store."),
            Field("uid", \.uid, "The user id that the kernel says the caller has."),
            Field("role", \.role, "What the caller may do."),
            Field("user", \.user, "The person for whom it calls, when meta has the token of a session."),
            Field("methods", \.methods, "The methods that the caller may call."),
            Field("features", \.features, "What the daemon can do besides its methods: batch, cancel, progress, sessions, timeout."),
            Field("limits", \.limits, "How much the daemon takes from one connection.")
        )
    }
}

/// How much the daemon takes from one connection.
public struct WireLimits: Wire {
    public let lineBytes: Int64
    public let depth: Int
    public let batch: Int
    public let callsInFlight: Int

    public init(lineBytes: Int64, depth: Int, batch: Int, callsInFlight: Int) {
        self.lineBytes = lineBytes
        self.depth = depth
        self.batch = batch
        self.callsInFlight = callsInFlight
    }

    public static let shape = Shape(
        Self.init,
        Field("line_bytes", \.lineBytes, "Bytes of a line."),
        Field("depth", \.depth, "Objects and lists inside of each other."),
        Field("batch", \.batch, "Requests of a batch."),
        Field("calls_in_flight", \.callsInFlight, "Calls that are being answered at once; beyond them the connection is not read.")
    )
}

/// Check a call without making it.
public struct RPCCheck: Method {
    public let method: String
    public let params: JSONValue?

    public init(method: String, params: JSONValue? = nil) {
        self.method = method
        self.params = params
    }

    public static let shape = Shape(
        Self.init,
        Field("method", \.method, "The method that would be called."),
        Field("params", \.params, "Its parameters, by name or by position.")
    )

    public static let name = "rpc.check"
    public static let role = Role.viewer
    public static let effect = Effect.reads
    // Those that a call can get which is tried, or whose parameters alone are wrong.
    public static let faults: [Fault.Kind] = [
        .notFound, .ambiguous, .conflict, .badAddress, .campaignState, .repeatedCampaign, .emptyAudience, .templateNotSendable,
        .parametersMismatch, .windowClosed, .optedOut, .notInDoubt,
    ]
    public static let doc = Doc(
        "Check a call without making it.",
        details: """
            Whether the method exists, the caller may call it, and its parameters are what they should be; if not, the fault is the one that the \
            call itself would get. A change that is one transaction is also tried: made as the store stands now, and taken back before anybody \
            sees it. What only Meta knows is not looked at, nor whether what a reading method or another change names exists.
            """
    )
    public static let example = RPCCheck(method: "campaign.show", params: ["campaign": "spring"])

    /// What the call would be.
    public struct Reply: Wire {
        public let method: String
        public let role: Open<Role>
        public let effect: Open<Effect>
        public let tried: Bool?

        public init(method: String, role: Open<Role>, effect: Open<Effect>, tried: Bool? = nil) {
            self.method = method
            self.role = role
            self.effect = effect
            self.tried = tried
        }

        public static let shape = Shape(
            Self.init,
            Field("method", \.method, "The method."),
            Field("role", \.role, "The least role that may call it."),
            Field("effect", \.effect, "What it does to the world."),
            Field("tried", \.tried, "Whether it was tried too: it would be done now, as the store stands.")
        )
    }
}

/// Ask that an earlier call of the same connection is not gone on with.
public struct RPCCancel: Method {
    public let id: JSONValue

    public init(id: JSONValue) {
        self.id = id
    }

    public static let shape = Shape(Self.init, Field("id", \.id, "The id of the request."))

    /// The request that is meant.
    public func request() throws(Fault) -> RequestID {
        guard let request = RequestID(json: id), request != .null else {
            throw Fault(.invalidParameters, "id must be the id of a request.", field: "id")
        }
        return request
    }

    public func validate() throws(Fault) { _ = try request() }

    public static let name = "rpc.cancel"
    public static let role = Role.viewer
    public static let effect = Effect.reads
    public static let doc = Doc(
        "Ask that an earlier call of the same connection is not gone on with.",
        details: """
            A call that reads is ended, a change that still waits for its turn is not begun; either is answered with the fault cancelled. A change \
            that has begun runs to its end. It may be sent as a notification.
            """
    )
    public static let example = RPCCancel(id: 17)

    /// What became of it.
    public struct Reply: Wire {
        public let cancelled: Bool

        public init(cancelled: Bool) {
            self.cancelled = cancelled
        }

        public static let shape = Shape(
            Self.init,
            Field("cancelled", \.cancelled, "Whether there was such a call that could still be cancelled.")
        )
    }
}

/// How far a call is that asked to be told (`meta.progress`).
public struct ProgressNotification: Notification {
    public let id: JSONValue
    public let stage: String
    public let done: Int64
    public let total: Int64?

    public init(id: JSONValue, stage: String, done: Int64, total: Int64? = nil) {
        self.id = id
        self.stage = stage
        self.done = done
        self.total = total
    }

    public static let shape = Shape(
        Self.init,
        Field("id", \.id, "The id of the request."),
        Field("stage", \.stage, "What is being done."),
        Field("done", \.done, "How much of it is done."),
        Field("total", \.total, "How much there is, when that is known.")
    )

    public static let name = "progress"
    public static let doc = Doc("How far a call is that asked to be told.")
}
