public import WaproCore

/// What is known of a session.
public struct SessionInfo: Wire {
    public let session: SessionID
    public let user: String
    public let uid: Int64
    public let role: Open<Role>
    public let methods: [String]?
    public let label: String?
    public let createdAt: Timestamp
    public let expiresAt: Timestamp

    public init(
        session: SessionID,
        user: String,
        uid: Int64,
        role: Open<Role>,
        methods: [String]? = nil,
        label: String? = nil,
        createdAt: Timestamp,
        expiresAt: Timestamp
    ) {
        self.session = session
        self.user = user
        self.uid = uid
        self.role = role
        self.methods = methods
        self.label = label
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    public static let shape = Shape(
        Self.init,
        Field("session", \.session, "Its identifier; not its token."),
        Field("user", \.user, "For whom it is."),
        Field("uid", \.uid, "The user id of the tool that opened it, which alone can use it."),
        Field("role", \.role, "What it may do at most."),
        Field("methods", \.methods, "The methods for which it was opened; absent: all that the role allows."),
        Field("label", \.label, "What it is for."),
        Field("created_at", \.createdAt, "Since when."),
        Field("expires_at", \.expiresAt, "When it ends by itself.")
    )
}

/// Open a session for a named user.
public struct SessionLogin: ChangingMethod {
    public let name: String
    public let password: Secret
    public let role: Role?
    public let methods: [String]?
    public let minutes: Int?
    public let label: String?
    public var idempotencyKey: String?

    public init(
        name: String,
        password: Secret,
        role: Role? = nil,
        methods: [String]? = nil,
        minutes: Int? = nil,
        label: String? = nil,
        idempotencyKey: String? = nil
    ) {
        self.name = name
        self.password = password
        self.role = role
        self.methods = methods
        self.minutes = minutes
        self.label = label
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("name", \.name, "The name of the user."),
        Field("password", \.password, "The password of the user."),
        Field("role", \.role, "What the session may do at most, less than the user may."),
        Field("methods", \.methods, "The only methods that it may call, as noun.verb or noun.*; all that the role allows unless given."),
        Field("minutes", \.minutes, "How long it lasts; 720, twelve hours, unless given.", in: 1...525_600),
        Field("label", \.label, "What it is for, for whoever lists sessions.", length: 1...100),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    public func validate() throws(Fault) {
        guard let methods else { return }
        guard (1...64).contains(methods.count) else { throw Fault(.invalidParameters, "methods must be 1 to 64.", field: "methods") }
        let known = Catalogue.wapro.methods.flatMap { [$0.name, "\($0.noun).*"] }
        for method in methods where !known.contains(method) {
            throw Fault(
                .invalidParameters,
                "methods: there is no method \(method).",
                field: "methods",
                hint: Suggestion.nearest(to: method, among: known).map { "Did you mean \($0)?" } ?? "rpc.discover lists them."
            )
        }
    }

    public static let name = "session.login"
    public static let role = Role.viewer
    public static let effect = Effect.changes
    public static let faults: [Fault.Kind] = [.loginRefused, .conflict]
    public static let doc = Doc(
        "Open a session for a named user.",
        details: """
            The token that is answered stands in meta.token of the calls that are made for this user. Such a call may do what the tool, the \
            user and the session all may. The token works for this user id of the machine only, and the daemon keeps only its hash. After five \
            wrong passwords each makes the next try wait longer. Repeated with the same idempotency key it opens no second session, and the \
            first one gets a new token. Of one user there are at most 100 sessions through one tool; then the oldest ends.
            """
    )
    public static let example = SessionLogin(name: "ada", password: Secret("correct horse battery"), minutes: 60)

    /// The session, and what proves it.
    public struct Reply: Wire {
        public let session: SessionID
        public let token: Secret
        public let user: String
        public let role: Open<Role>
        public let methods: [String]?
        public let expiresAt: Timestamp

        public init(session: SessionID, token: Secret, user: String, role: Open<Role>, methods: [String]? = nil, expiresAt: Timestamp) {
            self.session = session
            self.token = token
            self.user = user
            self.role = role
            self.methods = methods
            self.expiresAt = expiresAt
        }

        public static let shape = Shape(
            Self.init,
            Field("session", \.session, "Its identifier, by which it can be listed and ended."),
            Field("token", \.token, "To be given as meta.token. It is said this once."),
            Field("user", \.user, "For whom it is."),
            Field("role", \.role, "What may be done in it now, through this tool."),
            Field("methods", \.methods, "The only methods that it may call; absent: all that the role allows."),
            Field("expires_at", \.expiresAt, "When it ends by itself.")
        )
    }
}

/// What ended.
public struct SessionsEnded: Wire {
    public let ended: Int

    public init(ended: Int) {
        self.ended = ended
    }

    public static let shape = Shape(Self.init, Field("ended", \.ended, "How many sessions ended."))
}

/// End the session in which it is called.
public struct SessionLogout: ChangingMethod {
    public var idempotencyKey: String?

    public init(idempotencyKey: String? = nil) {
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    public static let name = "session.logout"
    public static let role = Role.viewer
    public static let effect = Effect.changes
    public static let doc = Doc(
        "End the session in which it is called.",
        details: """
            Its token is worth nothing from the answer on.
            """
    )
    public static let example = SessionLogout()

    public typealias Reply = SessionsEnded
}

/// Change the password of the user in whose session it is called.
public struct SessionPassword: ChangingMethod {
    public let password: Secret
    public let new: Secret
    public var idempotencyKey: String?

    public init(password: Secret, new: Secret, idempotencyKey: String? = nil) {
        self.password = password
        self.new = new
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("password", \.password, "The password as it is."),
        Field("new", \.new, "The password from now on, of 8 to 256 characters."),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    public func validate() throws(Fault) { try Password.check(new, field: "new") }

    public static let name = "session.password"
    public static let role = Role.viewer
    public static let effect = Effect.changes
    public static let faults: [Fault.Kind] = [.loginRefused]
    public static let doc = Doc(
        "Change the password of the user in whose session it is called.",
        details: "The other sessions of this user end."
    )
    public static let example = SessionPassword(password: Secret("correct horse battery"), new: Secret("staple of the day"))

    public typealias Reply = SessionsEnded
}

/// List the sessions that have not ended.
public struct SessionList: PagedMethod {
    public let user: String?
    public let after: String?
    public let limit: Int?

    public init(user: String? = nil, after: String? = nil, limit: Int? = nil) {
        self.user = user
        self.after = after
        self.limit = limit
    }

    public static let shape = Shape(
        Self.init,
        Field("user", \.user, "Only those of this user."),
        Field("after", \.after, "The next of an earlier page."),
        Field("limit", \.limit, "Sessions at most; 100 unless given.", in: 1...1000)
    )

    public static let name = "session.list"
    public static let role = Role.admin
    public static let effect = Effect.reads
    public static let faults: [Fault.Kind] = [.notFound]
    public static let doc = Doc("List the sessions that have not ended.")
    public static let example = SessionList(user: "ada")

    public typealias Reply = Page<SessionInfo>
    public typealias Place = SessionID
}

/// End a session, or all of a user.
public struct SessionEnd: ChangingMethod {
    public let session: SessionID?
    public let user: String?
    public var idempotencyKey: String?

    public init(session: SessionID? = nil, user: String? = nil, idempotencyKey: String? = nil) {
        self.session = session
        self.user = user
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("session", \.session, "The one that ends."),
        Field("user", \.user, "The user all of whose sessions end."),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    public func validate() throws(Fault) {
        guard (session == nil) != (user == nil) else {
            throw Fault(.invalidParameters, "Give either a session or a user.", field: session == nil ? "session" : "user")
        }
    }

    public static let name = "session.end"
    public static let role = Role.admin
    public static let effect = Effect.changes
    public static let faults: [Fault.Kind] = [.notFound]
    public static let doc = Doc(
        "End a session, or all of a user.",
        details: "Give one of both."
    )
    public static let example = SessionEnd(user: "ada")

    public typealias Reply = SessionsEnded
}
