import CSystemd
import Glibc

/// The listening sockets that systemd passed, by the name that the socket unit gives them (`FileDescriptorName=`).
///
/// They are shared with systemd, which keeps them open across our restarts: never `shutdown` one, never unlink a path. Options set
/// by an earlier run are still set. Each has close-on-exec; `$LISTEN_FDS` and its kin are gone from the environment.
public struct Listeners: Sendable, Hashable {
    /// `control`: Unix stream sockets. One for each `ListenStream=` of the unit.
    public var control: [Int32] = []
    /// `webhook`: TCP or Unix stream sockets.
    public var webhook: [Int32] = []
    /// Names of descriptors that nobody knows, which were closed: worth a warning.
    public var unknown: [String] = []

    public init() {}
}

/// Why a passed descriptor cannot be used: the socket unit has to be changed.
public struct ListenerRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String
}

extension Listeners {
    static func adopt() throws(ListenerRefusal) -> Listeners {
        var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        let count = sd_listen_fds_with_names(1, &names)
        guard count >= 0 else {
            throw ListenerRefusal(description: "the sockets passed by systemd cannot be taken over: \(String(cString: strerror(-count)))")
        }
        defer { free(names) }
        var listeners = Listeners()
        for index in 0..<Int(count) {
            let pointer = names?[index]
            try listeners.take(SD_LISTEN_FDS_START + Int32(index), named: pointer.map { String(cString: $0) } ?? "")
            free(pointer)
        }
        return listeners
    }

    mutating func take(_ descriptor: Int32, named name: String) throws(ListenerRefusal) {
        switch name {
        case "control":
            guard Self.isListening(descriptor, AF_UNIX) else {
                throw .wrongKind(name, "a listening Unix stream socket (ListenStream=/PATH)")
            }
            control.append(descriptor)
        case "webhook":
            guard [AF_INET, AF_INET6, AF_UNIX].contains(where: { Self.isListening(descriptor, $0) }) else {
                throw .wrongKind(name, "a listening stream socket (ListenStream=ADDRESS:PORT)")
            }
            webhook.append(descriptor)
        default:
            close(descriptor)
            unknown.append(LogText.escaped(name))
        }
    }

    /// Strict about stream or datagram, loose about addresses: those are the administrator's choice.
    private static func isListening(_ descriptor: Int32, _ family: Int32) -> Bool {
        sd_is_socket(descriptor, family, Int32(SOCK_STREAM.rawValue), 1) > 0
    }
}

extension ListenerRefusal {
    fileprivate static func wrongKind(_ name: String, _ expected: String) -> ListenerRefusal {
        ListenerRefusal(
            description: "the descriptor that systemd passed as “\(name)” is not \(expected); see “systemctl cat waprod-\(name).socket”"
        )
    }
}
