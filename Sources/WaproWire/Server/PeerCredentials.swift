#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Who is at the other end of a Unix socket, as the kernel noted it when the connection was made. Never read from anything the peer sent.
public struct PeerCredentials: Sendable, Hashable {
    /// A hint for logs only: it may belong to another process by now.
    public let pid: Int32
    public let uid: UInt32
    public let gid: UInt32
    /// Supplementary groups.
    public let groups: [UInt32]

    public init(pid: Int32, uid: UInt32, gid: UInt32, groups: [UInt32]) {
        self.pid = pid
        self.uid = uid
        self.gid = gid
        self.groups = groups
    }

    /// By `SO_PEERCRED` and `SO_PEERGROUPS`; nil when the kernel does not say.
    init?(descriptor: CInt) {
        var credentials: (pid: Int32, uid: UInt32, gid: UInt32) = (0, .max, .max)
        var size = socklen_t(MemoryLayout.size(ofValue: credentials))
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0, credentials.uid != .max else { return nil }
        guard let groups = Self.groups(descriptor) else { return nil }
        self.init(pid: credentials.pid, uid: credentials.uid, gid: credentials.gid, groups: groups)
    }

    /// `SO_PEERGROUPS` of Linux's `asm-generic/socket.h`, which the C library's headers do not always have.
    private static let peerGroups: CInt = 59

    private static func groups(_ descriptor: CInt) -> [UInt32]? {
        // The kernel answers ERANGE and the size that it needs when there are more; 65,536 is its own limit.
        var capacity = 64
        while capacity <= 65_536 {
            var groups = [UInt32](repeating: 0, count: capacity)
            var size = socklen_t(capacity * MemoryLayout<UInt32>.stride)
            if getsockopt(descriptor, SOL_SOCKET, peerGroups, &groups, &size) == 0 {
                return Array(groups.prefix(Int(size) / MemoryLayout<UInt32>.stride))
            }
            guard errno == ERANGE else { return nil }
            capacity *= 4
        }
        return nil
    }
}
