import Synchronization
import WaproCore
import WaproRPC
import WaproStore

/// Answers `session.*`.
final class SessionHandlers: Sendable {
    private let store: Store
    private let changes: Changes
    private let passwords: Passwords
    private let clock: WallClock
    private let patience = Mutex(LoginPatience())

    private static let refused = "The name or the password is wrong, or the user is disabled."

    init(store: Store, changes: Changes, passwords: Passwords, clock: WallClock) {
        (self.store, self.changes, self.passwords, self.clock) = (store, changes, passwords, clock)
    }

    func register(_ handlers: inout Handlers) {
        handlers.on(SessionLogin.self) { [self] ask, call throws(Fault) in try await login(ask, call) }
        handlers.on(SessionLogout.self) { [self] ask, call throws(Fault) in
            let session = try Self.session(of: call)
            return try await changes.make(ask, call) { SessionLogout.Reply(ended: try $0.endSession(session.id)) }
        }
        handlers.on(SessionPassword.self) { [self] ask, call throws(Fault) in try await change(ask, call) }
        handlers.on(SessionList.self) { [self] ask, _ throws(Fault) in try await list(ask) }
        handlers.on(SessionEnd.self) { [self] ask, call throws(Fault) in try await end(ask, call) }
    }

    private func login(_ ask: SessionLogin, _ call: Call) async throws(Fault) -> SessionLogin.Reply {
        try Self.check(ask.methods)
        let user = try await authenticate(ask.name, ask.password, call)
        let role = try Self.role(of: user, wanted: ask.role)
        let token = SessionToken.make()
        let new = NewSession(
            uid: call.caller.uid,
            token: SessionToken.hash(of: token),
            role: (ask.role ?? role).slug,
            methods: ask.methods,
            label: ask.label,
            lifetime: .seconds(60 * (ask.minutes ?? 720))
        )
        return try await changes.make(
            ask,
            call,
            repeated: { transaction, earlier in
                guard let session = try transaction.renew(earlier.session, token: new.token) else {
                    throw Fault(.conflict, "The session that was opened under this key has ended.", field: "idempotency_key")
                }
                return SessionLogin.Reply(session, token, most: role)
            },
            { transaction in
                // It may have been changed while the password was compared.
                guard let now = try transaction.user(user.id), now.password == user.password, !now.isDisabled else {
                    throw Fault(.loginRefused, Self.refused)
                }
                return SessionLogin.Reply(try transaction.openSession(new, for: user.id), token, most: role)
            }
        )
    }

    private func change(_ ask: SessionPassword, _ call: Call) async throws(Fault) -> SessionPassword.Reply {
        let session = try Self.session(of: call)
        if let earlier = try await changes.earlier(ask, call) { return earlier }
        let user = try await authenticate(session.name, ask.password, call)
        let password = try await passwords.hash(ask.new, field: "new")
        return try await changes.make(ask, call) { transaction in
            guard try transaction.user(user.id)?.password == user.password else { throw Fault(.loginRefused, Self.refused) }
            try transaction.setUser(user.id, UserDetails(password: password))
            return SessionPassword.Reply(ended: try transaction.endSessions(of: user.id, but: session.id))
        }
    }

    /// The user of this name, when the password is right.
    private func authenticate(_ name: String, _ password: Secret, _ call: Call) async throws(Fault) -> UserRecord {
        let key = LoginPatience.Key(uid: call.caller.uid, name: name)
        if let wait = patience.withLock({ $0.begin(key, at: clock.now()) }) {
            throw Fault(
                .loginRefused,
                "There were too many wrong passwords for this name.",
                hint: "Try again later; user.set gives a new password.",
                retryable: true,
                retryAfterMilliseconds: Int64(wait / .milliseconds(1)) + 1
            )
        }
        let user = try await store.ask { try $0.user(named: name) }
        guard try await passwords.matches(password, user?.password), let user, !user.isDisabled else {
            throw Fault(.loginRefused, Self.refused)
        }
        patience.withLock { $0.succeeded(key) }
        return user
    }

    private func list(_ ask: SessionList) async throws(Fault) -> Page<SessionInfo> {
        let limit = ask.limit ?? 100
        let (after, now) = (try CampaignHandlers.key(ask.after, SessionID.self), clock.now())
        return try await store.ask { snapshot in
            let user = try ask.user.map { try snapshot.requireUser($0).id }
            let found = try snapshot.sessions(of: user, at: now, after: after, limit: limit)
            return Page(items: found.map { SessionInfo($0) }, next: found.count == limit ? found.last?.id.description : nil)
        }
    }

    private func end(_ ask: SessionEnd, _ call: Call) async throws(Fault) -> SessionEnd.Reply {
        guard (ask.session == nil) != (ask.user == nil) else {
            throw Fault(.invalidParameters, "Give either a session or a user.", field: ask.session == nil ? "session" : "user")
        }
        return try await changes.make(ask, call) { transaction in
            if let user = ask.user { return SessionEnd.Reply(ended: try transaction.endSessions(of: try transaction.requireUser(user).id)) }
            guard let session = ask.session, try transaction.endSession(session) == 1 else {
                throw Fault(.notFound, "There is no such session.", field: "session", hint: "session.list shows those that have not ended.")
            }
            return SessionEnd.Reply(ended: 1)
        }
    }

    private static func session(of call: Call) throws(Fault) -> SessionGrant {
        guard let session = call.caller.session else {
            throw Fault(.invalidParameters, "The call was made in no session.", field: "meta.token", hint: "Give the session's token.")
        }
        return session
    }

    private static func role(of user: UserRecord, wanted: Role?) throws(Fault) -> Role {
        guard let most = Role(slug: user.role) else { throw Fault(.loginRefused, refused) }
        guard let wanted else { return most }
        guard wanted <= most else {
            throw Fault(.invalidParameters, "\(user.name) has the role \(most.slug), and no session of it has more.", field: "role")
        }
        return wanted
    }

    private static func check(_ methods: [String]?) throws(Fault) {
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
}

extension SessionLogin.Reply {
    init(_ session: SessionRecord, _ token: Secret, most: Role) {
        self.init(
            session: session.id,
            token: token,
            user: session.userName,
            role: Open(Role(slug: session.role).map { min($0, most) } ?? most),
            methods: session.methods,
            expiresAt: session.expiresAt
        )
    }
}

extension SessionInfo {
    init(_ session: SessionRecord) {
        self.init(
            session: session.id,
            user: session.userName,
            uid: Int64(session.uid),
            role: Open(slug: session.role),
            methods: session.methods,
            label: session.label,
            createdAt: session.createdAt,
            expiresAt: session.expiresAt
        )
    }
}
