import Glibc
import WaproRPC
import WaproWire

/// Who may do what. The kernel says who calls; until roles are configured, root and the daemon's own user may do everything and
/// everybody else is told that they may not.
enum Callers {
    static func role(of peer: PeerCredentials) -> Role? {
        peer.uid == 0 || peer.uid == geteuid() ? .admin : nil
    }
}
