/// The service manager that started the daemon: systemd, or nobody.
///
/// Injected, as everything outside is. `.live` talks to systemd through libsystemd and does nothing when there is no systemd;
/// `.trapping` is for tests, which set the members they expect to be used. Telling systemd something never fails: the daemon works
/// the same when nobody listens (sd_notify(3)).
public struct Supervision: Sendable {
    /// The daemon is able to work: configuration valid, store open and migrated, listeners adopted. Not before. With a status text.
    public var ready: @Sendable (_ status: String) -> Void
    /// One line for `systemctl status`. At most once a second: see `StatusBoard`.
    public var status: @Sendable (_ status: String) -> Void
    /// The first thing on SIGTERM.
    public var stopping: @Sendable (_ status: String) -> Void
    /// Just before a fatal exit, so that `systemctl status` shows the reason. `code` is an `errno`, or 0.
    public var failed: @Sendable (_ status: String, _ code: Int32) -> Void
    /// Starting or stopping takes longer: not to be killed for this much more time from now. Repeat within it.
    public var extendTimeout: @Sendable (_ time: Duration) -> Void
    /// How long systemd waits for a ping before it kills us. Nil when it does not watch.
    public var watchdogInterval: @Sendable () -> Duration?
    /// All is well: see `Watchdog`, the only caller.
    public var ping: @Sendable () -> Void
    /// The sockets that systemd opened for us, checked. Takes them over: a second call finds none.
    public var listeners: @Sendable () throws(ListenerRefusal) -> Listeners

    public init(
        ready: @escaping @Sendable (String) -> Void,
        status: @escaping @Sendable (String) -> Void,
        stopping: @escaping @Sendable (String) -> Void,
        failed: @escaping @Sendable (String, Int32) -> Void,
        extendTimeout: @escaping @Sendable (Duration) -> Void,
        watchdogInterval: @escaping @Sendable () -> Duration?,
        ping: @escaping @Sendable () -> Void,
        listeners: @escaping @Sendable () throws(ListenerRefusal) -> Listeners
    ) {
        self.ready = ready
        self.status = status
        self.stopping = stopping
        self.failed = failed
        self.extendTimeout = extendTimeout
        self.watchdogInterval = watchdogInterval
        self.ping = ping
        self.listeners = listeners
    }
}

extension Supervision {
    /// Ends the process, naming the member, whichever is used.
    public static var trapping: Supervision {
        @Sendable func trap(_ member: String) -> Never {
            preconditionFailure("Supervision.\(member) was used, but the test did not expect it")
        }
        return Supervision(
            ready: { _ in trap("ready") },
            status: { _ in trap("status") },
            stopping: { _ in trap("stopping") },
            failed: { _, _ in trap("failed") },
            extendTimeout: { _ in trap("extendTimeout") },
            watchdogInterval: { trap("watchdogInterval") },
            ping: { trap("ping") },
            listeners: { trap("listeners") }
        )
    }
}
