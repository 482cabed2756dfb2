import CSystemd

extension Supervision {
    /// systemd, through libsystemd. Harmless without it: `$NOTIFY_SOCKET`, `$WATCHDOG_USEC` and `$LISTEN_FDS` are then not set.
    public static let live = Supervision(
        ready: { notify(["READY=1", "STATUS=\(oneLine($0))"]) },
        status: { notify(["STATUS=\(oneLine($0))"]) },
        stopping: { notify(["STOPPING=1", "STATUS=\(oneLine($0))"]) },
        failed: { status, code in notify(code == 0 ? ["STATUS=\(oneLine(status))"] : ["STATUS=\(oneLine(status))", "ERRNO=\(code)"]) },
        extendTimeout: { notify(["EXTEND_TIMEOUT_USEC=\($0.microseconds)"]) },
        watchdogInterval: {
            var microseconds: UInt64 = 0
            guard sd_watchdog_enabled(0, &microseconds) > 0 else { return nil }
            return .microseconds(Int64(clamping: microseconds))
        },
        ping: { notify(["WATCHDOG=1"]) },
        listeners: { () throws(ListenerRefusal) in try Listeners.adopt() }
    )

    /// One datagram, so that the parts act together. The result is ignored on purpose: nothing follows from it.
    private static func notify(_ assignments: [String]) {
        _ = sd_notify(0, assignments.joined(separator: "\n"))
    }

    /// A line break would end the status and begin another assignment.
    private static func oneLine(_ text: String) -> String { LogText.escaped(text) }
}

extension Duration {
    fileprivate var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}

extension Supervision {
    /// Nobody supervises: for a daemon inside another program (the demo).
    public static let unsupervised = Supervision(
        ready: { _ in },
        status: { _ in },
        stopping: { _ in },
        failed: { _, _ in },
        extendTimeout: { _ in },
        watchdogInterval: { nil },
        ping: {},
        listeners: { () throws(ListenerRefusal) in Listeners() }
    )
}
