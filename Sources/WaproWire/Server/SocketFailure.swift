/// Why the control socket cannot be had, in words for an administrator.
public enum SocketFailure: Error, Sendable, Hashable {
    /// Another daemon answers there.
    case inUse(path: String)
    /// Something that is not a socket is there.
    case notASocket(path: String)
    /// The path does not fit into a socket address (107 bytes).
    case tooLong(path: String)
    /// The system refused: what was tried, and its reason.
    case system(path: String, step: String, reason: String)
    /// The descriptor that was handed over is not a listening Unix stream socket.
    case unfitDescriptor(CInt)
}

extension SocketFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .inUse(let path): "another daemon already listens on \(path): stop it first, or choose another socket"
        case .notASocket(let path): "\(path) exists and is not a socket: remove it, or choose another socket"
        case .tooLong(let path): "the path \(path) is too long for a Unix socket (107 bytes at most)"
        case .system(let path, let step, let reason): "cannot \(step) \(path): \(reason)"
        case .unfitDescriptor(let descriptor): "descriptor \(descriptor) is not a listening Unix stream socket"
        }
    }
}
