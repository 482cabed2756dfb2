/// Who calls: what the kernel says about the peer, and what that allows.
public struct Caller: Sendable, Hashable {
    public let uid: UInt32
    public let gid: UInt32
    /// Supplementary groups.
    public let groups: [UInt32]
    /// Nil: may call nothing.
    public let role: Role?

    public init(uid: UInt32, gid: UInt32, groups: [UInt32], role: Role?) {
        self.uid = uid
        self.gid = gid
        self.groups = groups
        self.role = role
    }
}
