public import Logging
public import WaproCore
import ServiceLifecycle
import Synchronization
import UnixSignals
import WaproCloud
import WaproPeople
import WaproReceiving
import WaproRPC
import WaproSending
import WaproStore
import WaproWire

/// The composition root: everything that lives as long as the process, in one service group.
public struct Daemon: Sendable {
    /// The version that `waprod --version` and `system.status` say.
    public static let version = Release.version

    let configuration: Configuration
    private let supervision: Supervision
    let logger: Logger
    let clock: WallClock

    public init(_ configuration: Configuration, supervision: Supervision, logger: Logger, clock: WallClock = .live) {
        (self.configuration, self.supervision, self.logger, self.clock) = (configuration, supervision, logger, clock)
    }

    /// Runs until SIGTERM or SIGINT, of which a second one ends the process at once, or until `ready`'s owner cancels the task.
    ///
    /// - Parameters:
    ///   - signals: false when somebody else handles them (the demo).
    ///   - ready: called once, when the daemon is able to work.
    public func run(signals: Bool = true, ready: @escaping @Sendable (Doors) -> Void = { _ in }) async throws(DaemonFailure) {
        #if DEBUG
            try Failpoints.install()
        #endif
        let startedAt = clock.now()
        supervision.status("opening the store")
        // Replaying a long WAL or migrating takes longer than a start usually does.
        supervision.extendTimeout(.seconds(300))
        let store = try await openStore()
        let accounts = try await Accounts(configuration, store: store, clock: clock, logger: logger)
        // Its threads use TLS; whatever cleans up at exit would pull that away under them.
        defer { accounts.http.shutDown() }
        let listeners = try adoptedListeners()
        let importer = Importer(store: store)
        let sender = Sender(graph: accounts.sender, routes: accounts.routes, store: store)
        let dispatcher = Dispatcher(store: store, sender: sender, settings: sendingSettings, clock: clock, logger: logger)
        let refresher = NumberRefresher(store: store, accounts: accounts, logger: logger)
        let webhook = try await openWebhook(store: store, accounts: accounts, listeners: listeners)
        let control = try openControl(listeners)
        let auditor = Auditor(store: store, clock: clock, logger: logger)
        let router = try router(
            store: store,
            auditor: auditor,
            accounts: accounts,
            importer: importer,
            dispatcher: dispatcher,
            refresher: refresher,
            startedAt: startedAt
        )
        let server = UnixServer(
            control,
            router: router,
            settings: wireSettings,
            logger: logger,
            role: Callers(configuration.callers).role(of:)
        )
        let doors = Doors(control: configuration.control.socket, webhookPort: webhook.port)
        let opening = Opening { [supervision, logger] in
            supervision.ready("serving")
            logger.event(
                .ready,
                .notice,
                "ready",
                metadata: ["store": "\(store.name)", "webhook": "\(webhook.places.joined(separator: ", "))"]
            )
            ready(doors)
        }
        let doubts = doubts(store, accounts, webhook)
        let pulse = Pulse()
        let board = StatusBoard(supervision: supervision) { await statusLine(store, dispatcher, accounts, pulse) }
        let watchdog = Watchdog(
            [
                Watchdog.Loop("writer") {
                    _ = try? await store.write(.control) { _ in }
                    return store.commits
                },
                Watchdog.Loop("dispatcher") {
                    store.work.ring()
                    return dispatcher.vitals.turns
                },
            ],
            supervision: supervision,
            logger: logger
        )
        let retention = Pruner(store: store, retention: Retention(configuration.retention), logger: logger)
        // Stopped in reverse, each when the one before has ended: first nothing new is sent, while webhooks still tell what became of what is
        // on the wire; then nobody new comes in, and what is under way ends; last the watchdog.
        let services: [any Service] = [
            watchdog, auditor, board, retention, refresher, doubts, Reader(store: store, logger: logger), webhook, server, dispatcher,
            opening,
        ]
        let ending: [UnixSignal] = signals ? [.sigterm, .sigint] : []
        let impatience = SecondSignal(ending, logger: logger)
        defer { withExtendedLifetime(impatience) {} }
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0) },
                gracefulShutdownSignals: ending,
                logger: logger
            )
        )
        do {
            try await group.run()
        } catch is CancellationError {
            // Whoever runs the daemon inside another program ends it so.
        } catch {
            throw .ended("\(error)")
        }
        supervision.stopping("stopping")
        do {
            try await store.close()
        } catch {
            throw .store(StoreFailure.unopenable(path: configuration.store.path, why: "it could not be closed: \(error)"))
        }
        logger.event(.stopping, .notice, "stopped")
    }

    private func openStore() async throws(DaemonFailure) -> Store {
        var options = StoreOptions()
        options.cacheKiB = configuration.store.cacheSize / 1024
        options.readers = configuration.store.readers
        let location: StoreLocation = configuration.store.isInMemory ? .memory : .file(configuration.store.path)
        let (supervision, logger) = (supervision, logger)
        do {
            let store = try Store(location, options: options, clock: clock, version: Self.version) { failure in
                // Whether the commit happened is unknown, so nobody may be answered: only a restart can tell (operations.md M14).
                logger.event(.storeBroken, .critical, "\(failure)")
                supervision.failed("\(failure)", 5)
                ProcessEnd.now(DaemonFailure.store(failure).exitCode)
            }
            let doubted = try await Recovery.run(store)
            if doubted > 0 {
                logger.event(
                    .sendsInDoubt,
                    .warning,
                    "requests were on their way when waprod last stopped; a status from Meta will settle them",
                    metadata: ["messages": "\(doubted)"]
                )
            }
            try await store.write(.control) {
                try $0.abandonImports(reason: "waprod restarted while the file was being read; import it again")
            }
            return store
        } catch let failure as StoreFailure {
            throw .store(failure)
        } catch {
            throw .defect("\(error)")
        }
    }

    private func adoptedListeners() throws(DaemonFailure) -> Listeners {
        do {
            let listeners = try supervision.listeners()
            for name in listeners.unknown {
                logger.warning("systemd passed a socket that waprod does not know; it is ignored", metadata: ["name": "\(name)"])
            }
            return listeners
        } catch {
            throw .listeners("\(error)")
        }
    }

    private func openWebhook(store: Store, accounts: Accounts, listeners: Listeners) async throws(DaemonFailure) -> Listener {
        let address = configuration.webhook.listen ?? .webhookDefault
        let sockets: [Listener.Socket] =
            listeners.webhook.isEmpty ? [.address(host: address.host, port: address.port)] : listeners.webhook.map { .descriptor($0) }
        var limits = Listener.Limits()
        limits.bodyBytes = configuration.webhook.maxBodyBytes
        limits.connections = configuration.webhook.connections
        limits.body = configuration.webhook.requestTimeout
        limits.idle = configuration.webhook.idleTimeout
        do {
            let apps = accounts.listened
            let listener = try await Listener(.init(apps: apps, sockets: sockets, limits: limits), store: store, logger: logger)
            accounts.tell { listener.serve($0) }
            return listener
        } catch {
            throw .webhook(error)
        }
    }

    private func openControl(_ listeners: Listeners) throws(DaemonFailure) -> ListeningSocket {
        do {
            if let descriptor = listeners.control.first { return try ListeningSocket.adopt(descriptor) }
            return try ListeningSocket.bind(configuration.control.socket)
        } catch {
            throw .control(error)
        }
    }

    private func router(
        store: Store,
        auditor: Auditor,
        accounts: Accounts,
        importer: Importer,
        dispatcher: Dispatcher,
        refresher: NumberRefresher,
        startedAt: Timestamp
    ) throws(DaemonFailure) -> Router {
        let ignored = IgnoredNotifications()
        let changes = Changes(store: store) { auditor.show($0) }
        var handlers = Handlers()
        SystemHandlers(
            store: store,
            version: Self.version,
            startedAt: startedAt,
            clock: clock,
            vitals: { dispatcher.vitals },
            problems: { refresher.problems + accounts.book.problems },
            mute: { accounts.book.mute },
            ignored: { ignored.count }
        ).register(&handlers)
        handlers.atOnce(RPCHello.self) { [settings = wireSettings, depth = configuration.control.maxDepth] _, call throws(Fault) in
            RPCHello.Reply(to: call.caller, version: Self.version, store: store.name, settings: settings, depth: depth)
        }
        HoldHandlers(store: store, changes: changes).register(&handlers)
        AccountHandlers(store: store, changes: changes, accounts: accounts).register(&handlers)
        NumberHandlers(store: store).register(&handlers)
        ContactHandlers(store: store).register(&handlers)
        ImportHandlers(store: store, changes: changes, importer: importer).register(&handlers)
        TemplateHandlers(store: store, changes: changes, accounts: accounts).register(&handlers)
        CampaignHandlers(store: store, changes: changes, clock: clock, vitals: { dispatcher.vitals }).register(&handlers)
        MessageHandlers(store: store, changes: changes).register(&handlers)
        EventHandlers(store: store).register(&handlers)
        AuditHandlers(store: store).register(&handlers)
        let passwords = Passwords()
        let logins = Logins(store: store, passwords: passwords, clock: clock)
        UserHandlers(store: store, changes: changes, passwords: passwords, logins: logins, clock: clock).register(&handlers)
        SessionHandlers(store: store, changes: changes, passwords: passwords, logins: logins, clock: clock).register(&handlers)
        do {
            var router = try Router(handlers)
            router.limits.depth = configuration.control.maxDepth
            router.identify = { [sessions = Sessions(store: store, clock: clock)] caller, token throws(Fault) in
                try await sessions.identify(caller, token)
            }
            router.onRefusal = { auditor.refused($0) }
            router.onIgnored = { ignored.add() }
            return router
        } catch {
            throw .defect("\(error)")
        }
    }

    private var sendingSettings: SendingSettings {
        var settings = SendingSettings()
        settings.ahead = configuration.sending.ahead
        settings.reserve = Double(configuration.sending.reservePercent) / 100
        settings.validity = configuration.sending.validity
        if configuration.sending.frequencyCap > 0 {
            settings.rules.frequencyCap = ClaimRules.FrequencyCap(
                messages: configuration.sending.frequencyCap,
                period: configuration.sending.frequencyPeriod
            )
        }
        return settings
    }

    private var wireSettings: WireSettings {
        var settings = WireSettings()
        settings.lineBytes = configuration.control.maxMessageBytes
        settings.connections = configuration.control.connections
        settings.connectionsPerUser = configuration.control.connectionsPerUser
        settings.callsInFlight = configuration.control.callsInFlight
        return settings
    }

    private func statusLine(_ store: Store, _ dispatcher: Dispatcher, _ accounts: Accounts, _ pulse: Pulse) async -> StatusLine {
        let (commits, rate) = (store.commits, pulse.rate(of: dispatcher.vitals.accepted))
        if var line = pulse.line(asOf: commits) {
            line.sendingRate = rate
            return line
        }
        let queue = try? await store.read { try $0.queueShape() }
        let line = StatusLine(
            state: "serving",
            numbers: accounts.routes.count,
            queued: (queue?.pending ?? 0) + (queue?.waiting ?? 0),
            sendingRate: rate,
            inDoubt: queue?.inDoubt ?? 0,
            meta: nil
        )
        if queue != nil { pulse.keep(line, asOf: commits) }
        return line
    }
}

/// Counts them for the status.
private final class IgnoredNotifications: Sendable {
    private let number = Atomic(0)

    var count: Int { number.load(ordering: .relaxed) }
    func add() { number.add(1, ordering: .relaxed) }
}

/// Where a running daemon can be reached.
public struct Doors: Sendable {
    /// Path of the control socket.
    public let control: String
    /// TCP port of the webhook listener; nil when it listens elsewhere.
    public let webhookPort: Int?
}

/// Says that the daemon is ready once everything before it runs, then waits for the end.
private struct Opening: Service {
    let announce: @Sendable () -> Void

    init(_ announce: @escaping @Sendable () -> Void) {
        self.announce = announce
    }

    func run() async throws {
        announce()
        try? await gracefulShutdown()
    }
}

/// What the status line remembers from one look to the next: it turns a growing count into a rate, and reads nothing while nothing was written.
private final class Pulse: Sendable {
    private let last = Mutex<(count: Int, at: ContinuousClock.Instant)?>(nil)
    private let read = Mutex<(commits: Int, line: StatusLine)?>(nil)

    /// The line that was read, when nothing was committed since.
    func line(asOf commits: Int) -> StatusLine? {
        read.withLock { read in read.flatMap { $0.commits == commits ? $0.line : nil } }
    }

    func keep(_ line: StatusLine, asOf commits: Int) { read.withLock { $0 = (commits, line) } }

    /// A second, since the last look; 0 at the first.
    func rate(of count: Int) -> Int {
        last.withLock { last in
            defer { last = (count, .now) }
            guard let last else { return 0 }
            let seconds = max(0.001, last.at.duration(to: .now) / .seconds(1))
            return Int((Double(count - last.count) / seconds).rounded())
        }
    }
}
