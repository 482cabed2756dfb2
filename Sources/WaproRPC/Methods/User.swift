public import WaproCore

/// Whether a named user can log in.
public enum UserState: String, WireChoice, CaseIterable {
    case active, disabled

    public var slug: String { rawValue }
    public init?(slug: String) { self.init(rawValue: slug) }
}

/// A person for whom a tool may call.
public struct UserInfo: Wire {
    public let name: String
    public let role: Open<Role>
    public let state: Open<UserState>
    public let fullName: String?
    public let email: String?
    public let createdAt: Timestamp
    public let lastLoginAt: Timestamp?
    public let sessions: Int

    public init(
        name: String,
        role: Open<Role>,
        state: Open<UserState>,
        fullName: String? = nil,
        email: String? = nil,
        createdAt: Timestamp,
        lastLoginAt: Timestamp? = nil,
        sessions: Int
    ) {
        self.name = name
        self.role = role
        self.state = state
        self.fullName = fullName
        self.email = email
        self.createdAt = createdAt
        self.lastLoginAt = lastLoginAt
        self.sessions = sessions
    }

    public static let shape = Shape(
        Self.init,
        Field("name", \.name, "As it is given to session.login."),
        Field("role", \.role, "What it may do at most, through whatever tool."),
        Field("state", \.state, "Whether it can log in: active or disabled."),
        Field("full_name", \.fullName, "The name of the person."),
        Field("email", \.email, "Its e-mail address, for whoever administers."),
        Field("created_at", \.createdAt, "Since when there is such a user."),
        Field("last_login_at", \.lastLoginAt, "When it last logged in."),
        Field("sessions", \.sessions, "Its sessions that have not ended.")
    )
}

/// Make a person known for whom tools may call.
public struct UserAdd: ChangingMethod {
    public let name: String
    public let role: Role
    public let password: Secret
    public let fullName: String?
    public let email: String?
    public var idempotencyKey: String?

    public init(name: String, role: Role, password: Secret, fullName: String? = nil, email: String? = nil, idempotencyKey: String? = nil) {
        self.name = name
        self.role = role
        self.password = password
        self.fullName = fullName
        self.email = email
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("name", \.name, "For session.login: lower-case letters, digits and . _ @ -, at most 64; it does not change.", length: 1...64),
        Field("role", \.role, "What it may do at most; the tool through which it calls may allow less."),
        Field("password", \.password, "The password, of 8 to 256 characters."),
        Field("full_name", \.fullName, "The name of the person.", length: 1...200),
        Field("email", \.email, "Its e-mail address, for whoever administers.", length: 3...254),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    public func validate() throws(Fault) {
        guard UserName.isValid(name) else {
            throw Fault(
                .invalidParameters,
                "name must be lower-case letters, digits and . _ @ -, at most 64, begin with a letter, and not have seven digits in a row.",
                field: "name"
            )
        }
        try Password.check(password, field: "password")
    }

    public static let name = "user.add"
    public static let role = Role.admin
    public static let effect = Effect.changes
    public static let faults: [Fault.Kind] = [.conflict]
    public static let doc = Doc(
        "Make a person known for whom tools may call.",
        details: """
            For tools that act for several people over one socket: each of them logs in (session.login), and the audit log says who it was. The \
            password is kept as a scrypt hash. People who have a login on this machine need none of it: the kernel says who they are.
            """
    )
    public static let example = UserAdd(name: "ada", role: .agent, password: Secret("correct horse battery"), fullName: "Ada Example")

    public typealias Reply = UserInfo
}

/// List the people for whom tools may call.
public struct UserList: PagedMethod {
    public let after: String?
    public let limit: Int?

    public init(after: String? = nil, limit: Int? = nil) {
        self.after = after
        self.limit = limit
    }

    public static let shape = Shape(
        Self.init,
        Field("after", \.after, "The next of an earlier page."),
        Field("limit", \.limit, "Users at most; 100 unless given.", in: 1...1000)
    )

    public static let name = "user.list"
    public static let role = Role.admin
    public static let effect = Effect.reads
    public static let doc = Doc("List the people for whom tools may call.")
    public static let example = UserList(limit: 20)

    public typealias Reply = Page<UserInfo>
    public typealias Place = UserID
}

/// Change what a named user may do, its password or its address.
public struct UserSet: ChangingMethod {
    public let user: String
    public let role: Role?
    public let state: UserState?
    public let password: Secret?
    public let fullName: String?
    public let email: String?
    public var idempotencyKey: String?

    public init(
        user: String,
        role: Role? = nil,
        state: UserState? = nil,
        password: Secret? = nil,
        fullName: String? = nil,
        email: String? = nil,
        idempotencyKey: String? = nil
    ) {
        self.user = user
        self.role = role
        self.state = state
        self.password = password
        self.fullName = fullName
        self.email = email
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("user", \.user, "Its name."),
        Field("role", \.role, "What it may do at most, from the next call on."),
        Field("state", \.state, "Whether it can log in; disabled ends its sessions."),
        Field("password", \.password, "A new password, of 8 to 256 characters; it ends its sessions."),
        Field("full_name", \.fullName, "The name of the person.", length: 1...200),
        Field("email", \.email, "Its e-mail address.", length: 3...254),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    public func validate() throws(Fault) {
        if let password { try Password.check(password, field: "password") }
    }

    public static let name = "user.set"
    public static let role = Role.admin
    public static let effect = Effect.changes
    public static let faults: [Fault.Kind] = [.notFound]
    public static let doc = Doc(
        "Change what a named user may do, its password or its address.",
        details: """
            What is not given stays as it is.
            """
    )
    public static let example = UserSet(user: "ada", state: .disabled)

    public typealias Reply = UserInfo
}

/// Remove a named user.
public struct UserRemove: ChangingMethod {
    public let user: String
    public var idempotencyKey: String?

    public init(user: String, idempotencyKey: String? = nil) {
        self.user = user
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("user", \.user, "Its name."),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    public static let name = "user.remove"
    public static let role = Role.admin
    public static let effect = Effect.changes
    public static let faults: [Fault.Kind] = [.notFound]
    public static let doc = Doc(
        "Remove a named user.",
        details: """
            Its sessions end at once. The audit log keeps its name.
            """
    )
    public static let example = UserRemove(user: "ada")

    /// Who is gone.
    public struct Reply: Wire {
        public let user: String

        public init(user: String) {
            self.user = user
        }

        public static let shape = Shape(
            Self.init,
            Field("user", \.user, "Its name.")
        )
    }
}
