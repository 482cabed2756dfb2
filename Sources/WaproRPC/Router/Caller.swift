public import WaproCore

/// Who calls: what the kernel says about the peer, and what that allows.
public struct Caller: Sendable, Hashable {
    public let uid: UInt32
    public let gid: UInt32
    /// Supplementary groups.
    public let groups: [UInt32]
    /// Nil: may call nothing.
    public let role: Role?
    /// For whom it calls, when it gave the token of a session; then `role` is what that leaves.
    public let session: SessionGrant?

    public init(uid: UInt32, gid: UInt32, groups: [UInt32], role: Role?, session: SessionGrant? = nil) {
        self.uid = uid
        self.gid = gid
        self.groups = groups
        self.role = role
        self.session = session
    }

    /// The same caller in a session: it may do no more than it may by itself.
    public func acting(in session: SessionGrant) -> Caller {
        Caller(uid: uid, gid: gid, groups: groups, role: role.map { min($0, session.role) }, session: session)
    }

    /// Under which number its idempotency keys are kept: those of a person are the person's, whatever tool it uses. Never the same for a
    /// person and for a user id.
    public var keyOwner: Int64 { session.map { -$0.user.rawValue } ?? Int64(uid) }
}

/// A person's session with a tool, as far as it says what a call may do.
public struct SessionGrant: Sendable, Hashable {
    public let id: SessionID
    public let user: UserID
    /// The person's name here.
    public let name: String
    /// The lower of the person's role and the session's.
    public let role: Role
    /// `noun.verb` or `noun.*`; nil: all that the role allows.
    public let methods: [String]?

    public init(id: SessionID, user: UserID, name: String, role: Role, methods: [String]?) {
        (self.id, self.user, self.name, self.role, self.methods) = (id, user, name, role, methods)
    }

    /// Whether it was opened for this method. Everybody may ask about the protocol, and end what was opened.
    public func covers(_ method: String) -> Bool {
        guard let methods, !method.hasPrefix("rpc."), method != SessionLogout.name else { return true }
        return methods.contains { $0 == method || ($0.hasSuffix(".*") && method.hasPrefix($0.dropLast())) }
    }
}
