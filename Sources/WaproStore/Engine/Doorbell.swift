import Synchronization

/// Wakes whoever waits for something in the store to have changed. Rings are counted, so one that comes between looking and
/// waiting is not missed.
public final class Doorbell: Sendable {
    private struct State {
        var rings = 0
        var next = 0
        var waiters: [Int: (after: Int, continuation: CheckedContinuation<Int, Never>)] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    /// How often it rang until now.
    public var rings: Int { state.withLock { $0.rings } }

    public func ring() {
        let woken = state.withLock { state in
            state.rings += 1
            let rings = state.rings
            let woken = state.waiters.values.map { ($0.continuation, rings) }
            state.waiters.removeAll()
            return woken
        }
        for (continuation, rings) in woken { continuation.resume(returning: rings) }
    }

    /// Returns when it has rung more often than `seen`, or at once when the task is cancelled.
    public func wait(after seen: Int) async -> Int {
        let ticket = state.withLock { state in
            state.next += 1
            return state.next
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let rings: Int? = state.withLock { state in
                    if state.rings > seen || Task.isCancelled { return state.rings }
                    state.waiters[ticket] = (seen, continuation)
                    return nil
                }
                if let rings { continuation.resume(returning: rings) }
            }
        } onCancel: {
            let waiter = state.withLock { state in (state.waiters.removeValue(forKey: ticket)?.continuation, state.rings) }
            waiter.0?.resume(returning: waiter.1)
        }
    }
}
