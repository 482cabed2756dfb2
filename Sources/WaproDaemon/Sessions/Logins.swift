import Synchronization
import WaproCore
import WaproRPC
import WaproStore

/// Who a name and a password are.
final class Logins: Sendable {
    static let refused = "The name or the password is wrong, or the user is disabled."

    private let store: Store
    private let passwords: Passwords
    private let clock: WallClock
    private let patience = Mutex(LoginPatience())

    init(store: Store, passwords: Passwords, clock: WallClock) {
        (self.store, self.passwords, self.clock) = (store, passwords, clock)
    }

    /// The user of this name, when the password is right. It may be changed by the time that it is used: look again in the transaction.
    func user(_ name: String, _ password: Secret, for caller: Caller) async throws(Fault) -> UserRecord {
        // A password in the place of the name, perhaps.
        guard UserName.isValid(name) else { throw Fault(.loginRefused, Self.refused) }
        let key = LoginPatience.Key(uid: caller.uid, name: name)
        switch patience.withLock({ $0.begin(key, at: clock.now()) }) {
        case .go: break
        case .wait(let wait):
            throw Fault(
                .loginRefused,
                "There were too many wrong passwords.",
                hint: "Try again later.",
                retryable: true,
                retryAfterMilliseconds: Int64(wait / .milliseconds(1)) + 1
            )
        case .busy: throw Fault(.overloaded, "Too many logins are being looked at.", retryAfterMilliseconds: 500)
        }
        var end = LoginPatience.End.unknown
        defer { patience.withLock { $0.end(key, end, at: clock.now()) } }
        let user = try await store.ask { try $0.user(named: name) }
        let matches = try await passwords.matches(password, user?.password, for: caller)
        end = matches ? .right : .wrong
        guard matches, let user, !user.isDisabled else { throw Fault(.loginRefused, Self.refused) }
        return user
    }

    /// What was wrong before says nothing of a new password.
    func forget(_ name: String) { patience.withLock { $0.forget(name) } }
}

extension Snapshot {
    /// The user, unless it has changed since its password was compared.
    func requireUnchanged(_ user: UserRecord) throws {
        guard let now = try self.user(user.id), now.password == user.password, !now.isDisabled else {
            throw Fault(.loginRefused, Logins.refused)
        }
    }
}
