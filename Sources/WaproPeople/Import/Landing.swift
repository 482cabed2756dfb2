import Synchronization

/// Where commits that were under way arrive, for the one task that waits for them.
///
/// Waiting does not end when the task is cancelled: a chunk whose commit failed must not be forgotten.
final class Landing: Sendable {
    typealias Arrival = (chunk: ImportChunk, error: (any Error)?)

    private struct State {
        var arrived: [Arrival] = []
        var waiter: CheckedContinuation<Arrival, Never>?
    }

    private let state = Mutex(State())

    func put(_ chunk: ImportChunk, _ error: (any Error)?) {
        let waiter = state.withLock { state in
            guard let waiter = state.waiter else {
                state.arrived.append((chunk, error))
                return CheckedContinuation<Arrival, Never>?.none
            }
            state.waiter = nil
            return waiter
        }
        waiter?.resume(returning: (chunk, error))
    }

    func next() async -> Arrival {
        await withCheckedContinuation { waiter in
            let arrival: Arrival? = state.withLock { state in
                guard state.arrived.isEmpty else { return state.arrived.removeFirst() }
                state.waiter = waiter
                return nil
            }
            if let arrival { waiter.resume(returning: arrival) }
        }
    }
}
