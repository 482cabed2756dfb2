import Synchronization
import WaproRPC

/// The calls of one connection that can still be stopped, by their ids.
final class Calls: Sendable {
    private enum State {
        /// A change whose turn has not come; it is not worth while after the deadline.
        case waiting(deadline: ContinuousClock.Instant?)
        case reading(AsyncStream<Never>.Continuation)
        case stopped(Fault)
    }

    private let states = Mutex<[RequestID: State]>([:])

    /// A change waits for its turn.
    func wait(_ work: Work) {
        guard let call = work.single else { return }
        let deadline = call.timeout.map { ContinuousClock.now + $0 }
        states.withLock { states in
            // A second call with the id of one that is under way cannot be told apart, so it cannot be stopped.
            if states[call.id] == nil { states[call.id] = .waiting(deadline: deadline) }
        }
    }

    /// Its turn has come: from now on it cannot be stopped. Answers why it is not to be begun, when it is not.
    func begin(_ work: Work) -> Fault? {
        guard let call = work.single else { return nil }
        switch states.withLock({ $0.removeValue(forKey: call.id) }) {
        case .stopped(let fault): return fault
        case .waiting(let deadline?) where deadline < .now: return Self.late
        default: return nil
        }
    }

    /// Runs a call that reads, until it ends, is cancelled or takes too long.
    func run(_ work: Work, _ body: @escaping @Sendable () async -> Work.Answer) async -> Work.Answer {
        guard let call = work.single, call.id != .null else { return await body() }
        let (stopped, stop) = AsyncStream.makeStream(of: Never.self)
        let isNew = states.withLock { states in
            guard states[call.id] == nil else { return false }
            states[call.id] = .reading(stop)
            return true
        }
        let answer = await withTaskGroup(of: Work.Answer?.self) { group in
            group.addTask { await body() }
            group.addTask {
                for await _ in stopped {}
                return nil
            }
            if let timeout = call.timeout, isNew {
                group.addTask { [self] in
                    do { try await Task.sleep(for: timeout) } catch { return nil }
                    halt(call.id, Self.late)
                    return nil
                }
            }
            while let ended = await group.next() {
                // The call itself, or the word that it shall end; it always ends.
                group.cancelAll()
                if let answer = ended { return answer }
            }
            return work.stopped(by: Self.late)
        }
        guard isNew, case .stopped(let fault) = states.withLock({ $0.removeValue(forKey: call.id) }) else { return answer }
        return work.stopped(by: fault)
    }

    /// False when there is no call of this id that can be stopped.
    func cancel(_ id: RequestID) -> Bool { halt(id, Fault(.cancelled, "It was cancelled, and nothing was done.")) }

    @discardableResult
    private func halt(_ id: RequestID, _ fault: Fault) -> Bool {
        let stopped: State? = states.withLock { states in
            guard let state = states[id] else { return nil }
            if case .stopped = state { return nil }
            states[id] = .stopped(fault)
            return state
        }
        if case .reading(let stop) = stopped { stop.finish() }
        return stopped != nil
    }

    private static let late = Fault(.timeout, "It took longer than the caller would wait, and nothing was done.")
}
