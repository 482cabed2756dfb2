import Glibc
public import Logging

/// Where log events go, decided once at start.
///
///     LoggingSystem.bootstrap { LogDestination.detected(environment: environment).handler(label: $0, level: .info) }
public enum LogDestination: Sendable, Hashable {
    /// Standard error is a stream of the journal: structured entries through libsystemd.
    case journal
    /// A service manager reads standard error, but it is not the journal: lines that begin with `<N>`.
    case prioritised
    /// A terminal, a file, a pipe: lines that begin with time and level.
    case plain

    /// - Parameter descriptor: standard error, or what stands for it in a test.
    public static func detected(environment: [String: String], descriptor: Int32 = 2) -> LogDestination {
        if let stream = environment["JOURNAL_STREAM"], isStream(stream, descriptor) { return .journal }
        return environment["INVOCATION_ID"] == nil ? .plain : .prioritised
    }

    /// `$JOURNAL_STREAM` is `device:inode` of what systemd connected. Only when it still is our standard error (nobody redirected it)
    /// does the journal belong to us (systemd.exec(5)).
    private static func isStream(_ stream: String, _ descriptor: Int32) -> Bool {
        let parts = stream.split(separator: ":")
        var status = stat()
        guard parts.count == 2, let device = UInt64(parts[0]), let inode = UInt64(parts[1]), fstat(descriptor, &status) == 0 else {
            return false
        }
        return status.st_dev == device && status.st_ino == inode
    }

    /// What `LoggingSystem.bootstrap` wants for each label.
    public func handler(label: String, level: Logger.Level) -> any LogHandler {
        OperatorLogHandler(label: label, level: level, sink: sink)
    }

    private var sink: OperatorLogHandler.Sink {
        switch self {
        case .journal: .journal
        case .prioritised: .standardError { $0.prioritisedLine }
        case .plain: .standardError { $0.plainLine(at: .now) }
        }
    }
}
