import DequeModule
import NIOCore
import NIOHTTP1
import Synchronization

/// Brings one app its webhooks: collects what is due, packs it into POSTs, repeats what was not answered 200.
///
/// What waits here is bounded by the ledger: at most a handful of small updates for each accepted message.
final class Courier: Sendable {
    private enum Job: Sendable {
        case update(Update)
        case parcel(Parcel)
    }

    private struct State {
        var wheel: Wheel<Job>
        var updates: Deque<Update> = []
        var parcels: Deque<Parcel> = []
        var idle: [CallbackConnection] = []
        var busy: [ObjectIdentifier: CallbackConnection] = [:]
        var inFlight = 0
        /// Updates that are under way in any form.
        var pending = 0
        var isStopped = false
        var counts = WebhookCounts()
        var watchers: [CheckedContinuation<Void, Never>] = []
        /// Who waits until no POST is under way any more.
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    let app: App
    let url: CallbackURL
    let group: any EventLoopGroup
    /// Unowned: the platform owns its couriers and stops them before it goes.
    private unowned let platform: Platform
    private let state: Mutex<State>

    init(app: App, url: CallbackURL, group: any EventLoopGroup, platform: Platform) {
        self.app = app
        self.url = url
        self.group = group
        self.platform = platform
        state = Mutex(State(wheel: Wheel(now: Self.now)))
    }

    /// Whether it is the one for this callback of an app. Whose webhooks the app gets may change meanwhile.
    func serves(_ app: App, at url: CallbackURL) -> Bool {
        self.app.id == app.id && self.app.secret == app.secret && self.app.verifyToken == app.verifyToken && self.url == url
    }

    /// Milliseconds of a clock that only goes forward.
    private static var now: Int64 { Int64(NIODeadline.now().uptimeNanoseconds / 1_000_000) }

    var counts: WebhookCounts { state.withLock(\.counts) }

    // MARK: In

    func add(_ update: Update, in milliseconds: Int64) {
        let due = Self.now + milliseconds
        state.withLock { state in
            state.pending += 1
            state.wheel.add(.update(update), due: due)
        }
    }

    /// Posts an update at once and calls back when it was tried.
    func addFirst(_ update: Update, whenTried: @escaping @Sendable () -> Void) {
        state.withLock { state in
            state.pending += 1
            state.parcels.append(Parcel(updates: [update], whenTried: whenTried))
        }
        pump()
    }

    /// Moves on what is due. Called every few milliseconds.
    func tick() {
        let due = state.withLock { $0.wheel.collect(now: Self.now) }
        for job in due {
            switch job {
            case .parcel(let parcel): state.withLock { $0.parcels.append(parcel) }
            case .update(let update):
                platform.holds.pass(platform.held(update)) { self.state.withLock { $0.updates.append(update) } }
            }
        }
        pump()
    }

    /// Waits until nothing is under way.
    func settled() async {
        await withCheckedContinuation { continuation in
            let isQuiet = state.withLock { state in
                if state.pending == 0 || state.isStopped { return true }
                state.watchers.append(continuation)
                return false
            }
            if isQuiet { continuation.resume() }
        }
    }

    func stop() {
        let (connections, watchers) = state.withLock { state in
            state.isStopped = true
            defer { (state.idle, state.watchers) = ([], []) }
            return (state.idle + state.busy.values, state.watchers)
        }
        for watcher in watchers { watcher.resume() }
        for connection in connections { connection.channel.close(promise: nil) }
    }

    /// Waits, after `stop()`, until nothing of it is on an event loop any more: only then the loops may end.
    func stopped() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.inFlight > 0 { state.closers.append(continuation) }
                return state.inFlight == 0
            }
            if isOver { continuation.resume() }
        }
    }

    // MARK: Out

    private func pump() {
        let knobs = platform.knobs
        while let (parcel, connection) = next(knobs) { send(parcel, over: connection, knobs) }
    }

    /// The next parcel that may leave, with a connection that is free.
    private func next(_ knobs: Knobs) -> (Parcel, CallbackConnection?)? {
        state.withLock { state in
            guard !state.isStopped, state.inFlight < max(1, knobs.callbackConnections) else { return nil }
            let parcel: Parcel
            if let waiting = state.parcels.popFirst() {
                parcel = waiting
            } else if !state.updates.isEmpty {
                let count = min(max(1, min(1_000, knobs.batchSize)), state.updates.count)
                parcel = Parcel(updates: Array(state.updates.prefix(count)))
                state.updates.removeFirst(count)
            } else {
                return nil
            }
            state.inFlight += 1
            while let connection = state.idle.popLast() {
                if connection.channel.isActive { return (parcel, connection) }
            }
            return (parcel, nil)
        }
    }

    private func send(_ parcel: Parcel, over connection: CallbackConnection?, _ knobs: Knobs) {
        var parcel = parcel
        let body = platform.webhookText(knobs).body(parcel.updates)
        parcel.forgesSignature = parcel.tries == 0 && platform.forgesSignature(body, knobs)
        var headers = HTTPHeaders()
        headers.add(name: "host", value: url.authority)
        headers.add(name: "user-agent", value: "facebookexternalua")
        headers.add(name: "content-type", value: "application/json")
        headers.add(name: "content-length", value: String(body.count))
        let secret = parcel.forgesSignature ? "not the secret" : app.secret
        headers.add(name: "x-hub-signature", value: "sha1=" + Signature.hmacSHA1(body, key: secret))
        headers.add(name: "x-hub-signature-256", value: "sha256=" + Signature.hmac(body, key: secret))
        let timeout = TimeAmount.milliseconds(Int64(knobs.callbackTimeoutMilliseconds))
        let url = url
        let connected = connection.map { $0.channel.eventLoop.makeSucceededFuture($0) } ?? CallbackConnection.connect(url, on: group)
        connected.whenComplete { [parcel, headers] result in
            switch result {
            case .failure: self.finish(parcel, nil, nil, knobs)
            case .success(let connection):
                self.begin(on: connection)
                connection.call(.POST, url, headers: headers, body: ByteBuffer(bytes: body), timeout: timeout)
                    .whenComplete { self.finish(parcel, connection, try? $0.get(), knobs) }
            }
        }
    }

    /// A POST goes out over a connection, which does not stay when the courier was stopped meanwhile.
    private func begin(on connection: CallbackConnection) {
        let isStopped = state.withLock { state in
            state.busy[ObjectIdentifier(connection.channel)] = connection
            return state.isStopped
        }
        if isStopped { connection.channel.close(promise: nil) }
    }

    private func finish(_ parcel: Parcel, _ connection: CallbackConnection?, _ answer: CallbackAnswer?, _ knobs: Knobs) {
        var parcel = parcel
        let whenTried = parcel.whenTried
        parcel.whenTried = nil
        parcel.tries += 1
        let isDone = answer?.status == 200
        let gaps = knobs.retryGapsSeconds
        let gap = gaps.isEmpty ? 3_600 : gaps[min(parcel.tries - 1, gaps.count - 1)]
        parcel.waited += gap
        // Meta gives up after seven days.
        let isExpired = !isDone && parcel.waited > 7 * 86_400
        let due = Self.now + Int64(gap * knobs.timeScale * 1_000)
        platform.note(parcel.updates, isDone ? .delivered : isExpired ? .failed : .retrying)
        let (watchers, closers) = state.withLock { state in
            state.inFlight -= 1
            if let connection { state.busy[ObjectIdentifier(connection.channel)] = nil }
            if let connection, connection.channel.isActive, !state.isStopped { state.idle.append(connection) }
            state.counts.note(parcel, isDone: isDone, isExpired: isExpired)
            if isDone || isExpired {
                state.pending -= parcel.updates.count
            } else {
                state.wheel.add(.parcel(parcel), due: due)
            }
            let watchers = state.pending == 0 ? state.watchers : []
            let closers = state.inFlight == 0 ? state.closers : []
            if state.pending == 0 { state.watchers = [] }
            if state.inFlight == 0 { state.closers = [] }
            return (watchers, closers)
        }
        whenTried?()
        for watcher in watchers { watcher.resume() }
        pump()
        for closer in closers { closer.resume() }
    }
}
