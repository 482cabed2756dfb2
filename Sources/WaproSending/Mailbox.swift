import Synchronization

/// Inputs on their way to the machine: many threads put them in, one task takes them all out at once.
///
/// Bounded by what is under way: every input but a tick or a ring answers an effect.
final class Mailbox<Input: Sendable>: Sendable {
    private struct State {
        var inputs: [Input] = []
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func put(_ input: Input) {
        let waiter = state.withLock { state in
            state.inputs.append(input)
            return state.waiter.take()
        }
        waiter?.resume()
    }

    /// Everything that has come; waits for the first. Empty only when the task was cancelled.
    func take() async -> [Input] {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if !state.inputs.isEmpty || Task.isCancelled { return true }
                    state.waiter = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiter.take() }?.resume()
        }
        return state.withLock { state in
            let inputs = state.inputs
            state.inputs.removeAll(keepingCapacity: true)
            return inputs
        }
    }
}
