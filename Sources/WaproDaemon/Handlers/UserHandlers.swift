import WaproCore
import WaproRPC
import WaproStore

/// Answers `user.*`.
struct UserHandlers: Sendable {
    let store: Store
    let changes: Changes
    let passwords: Passwords
    let logins: Logins
    let clock: WallClock

    func register(_ handlers: inout Handlers) {
        handlers.on(UserAdd.self) { ask, call throws(Fault) in try await add(ask, call) }
        handlers.on(UserList.self) { ask, _ throws(Fault) in try await list(ask) }
        handlers.on(UserSet.self) { ask, call throws(Fault) in try await set(ask, call) }
        changes.on(UserRemove.self, in: &handlers) { ask, transaction in
            try transaction.removeUser(try transaction.requireUser(ask.user).id)
            return UserRemove.Reply(user: ask.user)
        }
    }

    private func add(_ ask: UserAdd, _ call: Call) async throws(Fault) -> UserInfo {
        let compare = { () async throws(Fault) in try await requireRepeated(ask.password, of: ask.name, call) }
        if let earlier = try await changes.earlier(ask, call) {
            try await compare()
            return earlier
        }
        let password = try await passwords.hash(ask.password, for: call.caller)
        return try await changes.make(ask, call, comparing: compare) { transaction in
            guard
                let user = try transaction.addUser(
                    ask.name,
                    role: ask.role.slug,
                    password: password,
                    fullName: ask.fullName,
                    email: ask.email
                )
            else {
                throw Fault(.conflict, "There is a user \(ask.name) already.", field: "name", hint: "user.set changes one.")
            }
            return try transaction.info(of: user, at: transaction.now)
        }
    }

    /// Refuses the repeat of a call that gives another password than the user has.
    private func requireRepeated(_ password: Secret, of name: String, _ call: Call) async throws(Fault) {
        guard let user = try await store.ask({ try $0.user(named: name) }) else { return }
        guard try await passwords.matches(password, user.password, for: call.caller) else { throw Fault.usedKeySecret }
    }

    private func list(_ ask: UserList) async throws(Fault) -> Page<UserInfo> {
        let limit = ask.limit ?? 100
        let after = try ask.place()
        let now = clock.now()
        return try await store.ask { snapshot in
            let found = try snapshot.users(after: after, limit: limit)
            return Page(
                items: try found.map { try snapshot.info(of: $0, at: now) },
                next: found.count == limit ? found.last?.id.description : nil
            )
        }
    }

    private func set(_ ask: UserSet, _ call: Call) async throws(Fault) -> UserInfo {
        let compare = { () async throws(Fault) in
            if let password = ask.password { try await requireRepeated(password, of: ask.user, call) }
        }
        if let earlier = try await changes.earlier(ask, call) {
            try await compare()
            return earlier
        }
        var details = UserDetails(fullName: ask.fullName, email: ask.email, role: ask.role?.slug)
        details.isDisabled = ask.state.map { $0 == .disabled }
        if let password = ask.password { details.password = try await passwords.hash(password, for: call.caller) }
        let info = try await changes.make(ask, call, comparing: compare) { [details] transaction in
            let user = try transaction.requireUser(ask.user)
            try transaction.setUser(user.id, details)
            // Whoever had the old password, or was let in before, is out.
            if details.password != nil || details.isDisabled == true { try transaction.endSessions(of: user.id) }
            return try transaction.info(of: try transaction.requireUser(ask.user), at: transaction.now)
        }
        if details.password != nil { logins.forget(ask.user) }
        return info
    }
}

extension Snapshot {
    func requireUser(_ name: String, field: String = "user") throws -> UserRecord {
        guard let user = try user(named: name) else {
            throw Fault.notFound("user", "\"\(name)\"", field: field, hint: "user.list shows who there is.")
        }
        return user
    }

    func info(of user: UserRecord, at now: Timestamp) throws -> UserInfo {
        UserInfo(
            name: user.name,
            role: Open(slug: user.role),
            state: Open(user.isDisabled ? .disabled : .active),
            fullName: user.fullName,
            email: user.email,
            createdAt: user.createdAt,
            lastLoginAt: user.lastLoginAt,
            sessions: try countSessions(of: user.id, at: now)
        )
    }
}
