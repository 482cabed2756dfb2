import Synchronization
import WaproRPC

/// What one connection keeps beside its calls: a place is taken when a handler asks for it, so that what was asked for at once counts too.
final class Places: Sendable {
    /// What is told to an operation that it shall end, before it has begun too.
    private typealias Place = (ended: AsyncStream<Never>, end: AsyncStream<Never>.Continuation)

    private struct State {
        /// It only grows: a name that has been is not given again.
        var last = 0
        var places: [String: Place] = [:]
    }

    private let state = Mutex(State())

    /// Takes a place and names it; nil when `limit` are taken.
    func reserve(_ stem: String, atMost limit: Int) -> String? {
        state.withLock { state -> String? in
            guard state.places.count < limit else { return nil }
            state.last += 1
            let name = "\(stem)_\(state.last)"
            let (ended, end) = AsyncStream.makeStream(of: Never.self)
            state.places[name] = (ended, end)
            return name
        }
    }

    /// Frees the place, and ends what has it; false when there is none of this name.
    func release(_ name: String) -> Bool {
        guard let place = state.withLock({ $0.places.removeValue(forKey: name) }) else { return false }
        place.end.finish()
        return true
    }

    /// Runs the operation until it returns or is released; then its place is free.
    func run(_ operation: Kept) async {
        guard let ended = state.withLock({ $0.places[operation.name]?.ended }) else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await operation.operation() }
            group.addTask { for await _ in ended {} }
            await group.next()
            group.cancelAll()
        }
        _ = release(operation.name)
    }
}
