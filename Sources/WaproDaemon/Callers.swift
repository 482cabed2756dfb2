import Glibc
import WaproRPC
import WaproWire

/// Who may do what. The kernel says who calls; root and the daemon's own user may do everything, the rest is `callers` in the configuration
/// and the groups that the package makes. Whoever is in none of them is told that they may not.
struct Callers: Sendable {
    private var users: [UInt32: Role] = [:]
    private var groups: [UInt32: Role] = [:]
    private let own: UInt32

    /// - Parameter groupNamed: the number of a group of this machine; nil when there is none of this name.
    init(
        _ rules: [Configuration.CallerRule],
        own: UInt32 = geteuid(),
        groupNamed: (String) -> UInt32? = { name in getgrnam(name).map { $0.pointee.gr_gid } }
    ) {
        self.own = own
        for role in Role.allCases {
            if let group = groupNamed(Self.group(of: role)) { groups[group] = role }
        }
        for rule in rules {
            switch rule.subject {
            case .user(let uid): users[uid] = max(rule.role, users[uid] ?? rule.role)
            case .group(let gid): groups[gid] = max(rule.role, groups[gid] ?? rule.role)
            }
        }
    }

    /// The group that has a role without being named in the configuration: `waprod-operator`.
    static func group(of role: Role) -> String { "waprod-\(role.slug)" }

    /// Nil for somebody who may call nothing.
    func role(of peer: PeerCredentials) -> Role? {
        if peer.uid == 0 || peer.uid == own { return .admin }
        let byGroup = ([peer.gid] + peer.groups).compactMap { groups[$0] }
        return (byGroup + [users[peer.uid]].compactMap { $0 }).max()
    }
}
