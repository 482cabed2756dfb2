import Glibc
public import WaproStore
public import WaproReceiving
public import WaproWire

/// Why the daemon could not start, or had to end. Each has its own exit code (sysexits.h), so that a unit file or a script can tell.
public enum DaemonFailure: Error, Sendable {
    case configuration(ConfigurationRefusal)
    case store(StoreFailure)
    case webhook(ListenerFailure)
    case control(SocketFailure)
    case listeners(String)
    case defect(String)
    /// A part that lives as long as the process ended before it.
    case ended(String)

    public var exitCode: Int32 {
        switch self {
        case .configuration: 78
        case .store(.inUse): 75
        case .store(.newer): 76
        case .store(.broken): 74
        case .store: 73
        case .webhook, .control, .listeners: 69
        case .defect, .ended: 70
        }
    }
}

extension DaemonFailure {
    /// The `errno` that systemd is told, 0 for none.
    public var systemError: Int32 {
        switch self {
        case .store(.broken): EIO
        case .store(.full): ENOSPC
        case .store(.inUse): EBUSY
        case .webhook, .control: EADDRINUSE
        default: 0
        }
    }
}

extension DaemonFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .configuration(let refusal): "\(refusal)"
        case .store(let failure): "\(failure)"
        case .webhook(let failure): "\(failure)"
        case .control(let failure): "\(failure)"
        case .listeners(let why): why
        case .defect(let what): "waprod cannot start: \(what)"
        case .ended(let why): "waprod had to stop: \(why)"
        }
    }
}
