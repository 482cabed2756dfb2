import Synchronization

/// How much one connection has in flight; its reader waits here for room.
final class Gate: Sendable {
    private struct State {
        var inFlight = 0
        var unwritten = 0
        /// The reader, and what it waits for.
        var waiter: (needs: Need, continuation: CheckedContinuation<Void, Never>)?
    }

    private enum Need {
        case room
        case nothingInFlight
    }

    private let callLimit: Int
    private let byteLimit: Int
    private let state = Mutex(State())

    init(calls: Int, bytes: Int) {
        callLimit = calls
        byteLimit = bytes
    }

    /// Waits until one more call may begin, and counts it. Only the connection's reader calls this and `drain`.
    func enter() async {
        await wait(for: .room)
        state.withLock { $0.inFlight += 1 }
    }

    /// Waits until every call has left.
    func drain() async {
        await wait(for: .nothingInFlight)
    }

    func leave() { change { $0.inFlight -= 1 } }

    /// Counts bytes that wait to be written.
    func hold(_ bytes: Int) { change { $0.unwritten += bytes } }
    func wrote(_ bytes: Int) { change { $0.unwritten -= bytes } }

    private func isMet(_ need: Need, _ state: State) -> Bool {
        switch need {
        case .room: state.inFlight < callLimit && state.unwritten <= byteLimit
        case .nothingInFlight: state.inFlight == 0
        }
    }

    private func wait(for need: Need) async {
        await withCheckedContinuation { continuation in
            let isMetNow = state.withLock { state in
                if isMet(need, state) { return true }
                state.waiter = (need, continuation)
                return false
            }
            if isMetNow { continuation.resume() }
        }
    }

    private func change(_ change: (inout State) -> Void) {
        let resumed = state.withLock { state -> CheckedContinuation<Void, Never>? in
            change(&state)
            guard let waiter = state.waiter, isMet(waiter.needs, state) else { return nil }
            state.waiter = nil
            return waiter.continuation
        }
        resumed?.resume()
    }
}
