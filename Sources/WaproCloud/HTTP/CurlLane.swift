internal import CCurl
import Glibc
import Synchronization

/// One lane seen from outside its thread: an inbox under a lock, and the way to wake the thread. All of libcurl happens in `LaneLoop`.
final class CurlLane: Sendable {
    struct Submission {
        var ordinal: UInt64
        var request: HTTPRequest
        var deadline: ContinuousClock.Instant
        var completion: HTTPClient.Completion
    }

    /// What the thread takes in one go.
    struct Inbox {
        var submitted: [Submission] = []
        var cancelled: [UInt64] = []
        var warm: HTTPTarget?
        var stopping = false
    }

    private struct State {
        var inbox = Inbox()
        var counters = HTTPCounters()
        /// In flight is at most this; grows when the server turns out to speak HTTP/2.
        var limit: Int
        var thread: pthread_t?
        /// The thread has left libcurl: the handle is gone.
        var ended = false
    }

    let settings: HTTPSettings
    let pool: HTTPSettings.Pool
    /// Used by the thread, and by others only to wake it, under the lock and before `ended`.
    nonisolated(unsafe) private let multi: UnsafeMutableRawPointer
    private let state: Mutex<State>

    init(_ lane: HTTPLane, settings: HTTPSettings) {
        self.settings = settings
        pool = settings.pool(lane)
        multi = curl_multi_init()
        state = Mutex(State(limit: min(pool.connections, pool.http1Connections)))
        start()
    }

    private func start() {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        let failure = pthread_create(&thread, nil, CurlLane.body, context.toOpaque())
        precondition(failure == 0, "no thread for HTTP: \(failure)")
        state.withLock { $0.thread = thread }
    }

    private static let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        let lane = Unmanaged<CurlLane>.fromOpaque(context!).takeRetainedValue()
        // With CURLOPT_NOSIGNAL libcurl leaves SIGPIPE to the program: a peer that closes must not end the daemon.
        var pipe = sigset_t()
        sigemptyset(&pipe)
        sigaddset(&pipe, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &pipe, nil)
        LaneLoop(lane, multi: lane.multi).run()
        return nil
    }

    var capacity: Int {
        state.withLock { max(0, $0.limit - $0.counters.inFlight) }
    }

    var counters: HTTPCounters {
        state.withLock { $0.counters }
    }

    func submit(_ request: HTTPRequest, ordinal: UInt64, completion: @escaping HTTPClient.Completion) {
        let deadline = ContinuousClock.now.advanced(by: settings.startWithin)
        let refusal: HTTPFailure.Kind? = state.withLock { state in
            if state.inbox.stopping || state.ended { return .closed }
            if state.counters.inFlight >= state.limit { return .atCapacity }
            state.counters.inFlight += 1
            state.inbox.submitted.append(
                Submission(ordinal: ordinal, request: request, deadline: deadline, completion: completion)
            )
            if state.inbox.submitted.count == 1 { curl_multi_wakeup(multi) }
            return nil
        }
        if let refusal { completion(.notSent(HTTPFailure(refusal))) }
    }

    func cancel(_ ordinal: UInt64) {
        wake { $0.cancelled.append(ordinal) }
    }

    func warm(_ target: HTTPTarget) {
        wake { $0.warm = target }
    }

    func stop() {
        wake { $0.stopping = true }
    }

    func join() {
        let thread = state.withLock { state in
            defer { state.thread = nil }
            return state.thread
        }
        if let thread { pthread_join(thread, nil) }
    }

    deinit {
        // Nobody joined: let the system reclaim the thread, which has ended or is ending (it held the last reference).
        if let thread = state.withLock({ $0.thread }) { pthread_detach(thread) }
    }

    private func wake(_ change: (inout Inbox) -> Void) {
        state.withLock { state in
            guard !state.ended else { return }
            change(&state.inbox)
            curl_multi_wakeup(multi)
        }
    }
}

// MARK: What the thread calls

extension CurlLane {
    func takeInbox() -> Inbox {
        state.withLock { state in
            let inbox = state.inbox
            state.inbox = Inbox()
            // Stays set, so that nothing is taken in any more.
            state.inbox.stopping = inbox.stopping
            return inbox
        }
    }

    /// Room for requests of the lane's own, which open connections.
    func reserve(_ count: Int) {
        state.withLock { $0.counters.inFlight += count }
    }

    /// Publishes the thread's tallies, and the room that finished requests leave, before their completions run.
    func publish(finished: Int, tally: LaneTally, limit: Int) {
        state.withLock { state in
            state.counters.inFlight -= finished
            state.counters.requests = tally.requests
            state.counters.connectionsOpened = tally.opened
            state.counters.connectionsOpen = tally.open
            state.limit = limit
        }
    }

    /// Closes what libcurl holds, once nobody can wake it any more.
    func end(tally: LaneTally) {
        state.withLock { $0.ended = true }
        curl_multi_cleanup(multi)
        state.withLock { $0.counters.connectionsOpen = tally.open }
    }
}

/// Counted by the lane's thread alone.
final class LaneTally {
    var requests = 0
    /// Connections, as far as libcurl told.
    var opened = 0
    /// Sockets.
    var open = 0
    /// Handed to libcurl, and not yet on a connection.
    var unstarted = 0
}
