import Crypto
import WaproCore
import WaproRPC
import WaproStore

/// Whose session a token is.
struct Sessions: Sendable {
    let store: Store
    let clock: WallClock

    /// The caller as the session leaves it. The token is worth something only to the user id that opened the session.
    func identify(_ caller: Caller, _ token: Secret) async throws(Fault) -> Caller {
        let (hash, now) = (SessionToken.hash(of: token), clock.now())
        let session = try await store.ask { try $0.session(token: hash, at: now) }
        guard let session, session.uid == caller.uid, let grant = SessionGrant(session) else {
            throw Fault(
                .sessionInvalid,
                "The token in meta.token is no session's, or its session has ended.",
                field: "meta.token",
                hint: "Log in again: session.login."
            )
        }
        return caller.acting(in: grant)
    }
}

extension SessionGrant {
    /// Nil for a role that this version does not know: then nothing is allowed.
    init?(_ session: SessionRecord) {
        guard let role = Role(slug: session.role), let most = Role(slug: session.userRole) else { return nil }
        self.init(id: session.id, user: session.user, name: session.userName, role: min(role, most), methods: session.methods)
    }
}

/// What proves a session. 256 bits of chance need no slow hash.
enum SessionToken {
    static func make() -> Secret { Secret("wps_" + Hexadecimal.text(of: randomBytes(32))) }

    static func hash(of token: Secret) -> [UInt8] { Array(SHA256.hash(data: Array(token.revealed.utf8))) }
}
