import WaproCore
import WaproRPC
import WaproStore

/// Answers `session.*`.
struct SessionHandlers: Sendable {
    let store: Store
    let changes: Changes
    let passwords: Passwords
    let logins: Logins
    let clock: WallClock

    func register(_ handlers: inout Handlers) {
        handlers.on(SessionLogin.self) { ask, call throws(Fault) in try await login(ask, call) }
        handlers.on(SessionLogout.self) { ask, call throws(Fault) in
            let session = try Self.session(of: call)
            return try await changes.make(ask, call) { SessionLogout.Reply(ended: try $0.endSession(session.id)) }
        }
        handlers.on(SessionPassword.self) { ask, call throws(Fault) in try await change(ask, call) }
        handlers.on(SessionList.self) { ask, _ throws(Fault) in try await list(ask) }
        changes.on(SessionEnd.self, in: &handlers) { try Self.end($0, $1) }
    }

    private func login(_ ask: SessionLogin, _ call: Call) async throws(Fault) -> SessionLogin.Reply {
        // Otherwise a narrowed session would open a wider one.
        guard call.caller.session == nil else {
            throw Fault(.invalidRequest, "session.login is not called in a session.", field: "meta.token", hint: "Leave the token out.")
        }
        let user = try await logins.user(ask.name, ask.password, for: call.caller)
        let most = try Self.role(of: user, wanted: ask.role)
        let token = SessionToken.make()
        let new = NewSession(
            uid: call.caller.uid,
            token: SessionToken.hash(of: token),
            role: most.slug,
            methods: ask.methods,
            label: ask.label,
            lifetime: .seconds(60 * (ask.minutes ?? 720))
        )
        let role = min(most, call.caller.role ?? most)
        return try await changes.make(
            ask,
            call,
            repeated: { transaction, earlier in
                try transaction.requireUnchanged(user)
                guard let session = try transaction.renew(earlier.session, of: new.uid, token: new.token) else {
                    throw Fault(.conflict, "The session that was opened under this key has ended.", field: "idempotency_key")
                }
                return SessionLogin.Reply(session, token, role)
            },
            { transaction in
                try transaction.requireUnchanged(user)
                return SessionLogin.Reply(try transaction.openSession(new, for: user.id), token, role)
            }
        )
    }

    private func change(_ ask: SessionPassword, _ call: Call) async throws(Fault) -> SessionPassword.Reply {
        let session = try Self.session(of: call)
        let compare = { () async throws(Fault) in
            do throws(Fault) {
                // Counted as a login is: no key lets anybody guess.
                _ = try await logins.user(session.name, ask.new, for: call.caller)
            } catch {
                throw error.kind == .loginRefused && !error.retryable ? Fault.usedKeySecret : error
            }
        }
        if let earlier = try await changes.earlier(ask, call) {
            try await compare()
            return earlier
        }
        let user = try await logins.user(session.name, ask.password, for: call.caller)
        let password = try await passwords.hash(ask.new, for: call.caller)
        let reply = try await changes.make(ask, call, comparing: compare) { transaction in
            try transaction.requireUnchanged(user)
            try transaction.setUser(user.id, UserDetails(password: password))
            return SessionPassword.Reply(ended: try transaction.endSessions(of: user.id, but: session.id))
        }
        logins.forget(session.name)
        return reply
    }

    private func list(_ ask: SessionList) async throws(Fault) -> Page<SessionInfo> {
        let limit = ask.limit ?? 100
        let (after, now) = (try ask.place(), clock.now())
        return try await store.ask { snapshot in
            let user = try ask.user.map { try snapshot.requireUser($0).id }
            let found = try snapshot.sessions(of: user, at: now, after: after, limit: limit)
            return Page(items: found.map { SessionInfo($0) }, next: found.count == limit ? found.last?.id.description : nil)
        }
    }

    private static func end(_ ask: SessionEnd, _ transaction: Transaction) throws -> SessionEnd.Reply {
        if let user = ask.user { return SessionEnd.Reply(ended: try transaction.endSessions(of: try transaction.requireUser(user).id)) }
        guard let session = ask.session, try transaction.endSession(session) == 1 else {
            throw Fault(.notFound, "There is no such session.", field: "session", hint: "session.list shows those that have not ended.")
        }
        return SessionEnd.Reply(ended: 1)
    }

    private static func session(of call: Call) throws(Fault) -> SessionGrant {
        guard let session = call.caller.session else {
            throw Fault(.invalidParameters, "The call was made in no session.", field: "meta.token", hint: "Give the session's token.")
        }
        return session
    }

    private static func role(of user: UserRecord, wanted: Role?) throws(Fault) -> Role {
        guard let most = Role(slug: user.role) else { throw Fault(.loginRefused, Logins.refused) }
        guard let wanted else { return most }
        guard wanted <= most else {
            throw Fault(.invalidParameters, "\(user.name) has the role \(most.slug), and no session of it has more.", field: "role")
        }
        return wanted
    }
}

extension SessionLogin.Reply {
    init(_ session: SessionRecord, _ token: Secret, _ role: Role) {
        self.init(
            session: session.id,
            token: token,
            user: session.userName,
            role: Open(role),
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
