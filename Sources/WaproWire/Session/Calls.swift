import Synchronization
import WaproRPC

/// The calls of one connection that can still be stopped: by their ids, or because they take longer than the caller waits.
final class Calls: Sendable {
    /// One call, from when it was read until it is answered. Ids may come twice; tickets do not.
    struct Ticket: Sendable {
        fileprivate let number: Int
        fileprivate let id: RequestID
        fileprivate let deadline: ContinuousClock.Instant?
    }

    private enum Phase {
        case waiting
        case reading(AsyncStream<Never>.Continuation)
        case stopped(Fault)
    }

    private struct State {
        var last = 0
        var phases: [Int: Phase] = [:]
        /// The first of the calls under way that have an id.
        var named: [RequestID: Int] = [:]
    }

    private let state = Mutex(State())

    /// Notes a call that was read, before anything that was read after it; nil for a batch and for what is no call.
    func enter(_ work: Work) -> Ticket? {
        guard let call = work.single else { return nil }
        let deadline = call.timeout.map { ContinuousClock.now + $0 }
        return state.withLock { state in
            state.last += 1
            state.phases[state.last] = .waiting
            if call.id != .null, state.named[call.id] == nil { state.named[call.id] = state.last }
            return Ticket(number: state.last, id: call.id, deadline: deadline)
        }
    }

    /// The turn of a change has come: from now on it cannot be stopped. Answers why it is not to be begun, when it is not.
    func begin(_ ticket: Ticket?) -> Fault? {
        guard let ticket else { return nil }
        if case .stopped(let fault) = leave(ticket) { return fault }
        return ticket.deadline.map { $0 < .now } ?? false ? Self.late : nil
    }

    /// Runs a call that reads, until it ends, is cancelled or takes too long. `unsaid` is what it answered when the caller gets something else.
    func run(
        _ work: Work,
        _ ticket: Ticket?,
        _ body: @escaping @Sendable () async -> Work.Answer
    ) async -> (said: Work.Answer, unsaid: Work.Answer?) {
        guard let ticket else { return (await body(), nil) }
        let (stopped, stop) = AsyncStream.makeStream(of: Never.self)
        let fault: Fault? = state.withLock { state in
            if case .stopped(let fault) = state.phases[ticket.number] { return fault }
            state.phases[ticket.number] = .reading(stop)
            return nil
        }
        if let fault {
            leave(ticket)
            return (work.stopped(by: fault), nil)
        }
        let answer = await withTaskGroup(of: Work.Answer?.self) { group in
            group.addTask { await body() }
            group.addTask {
                for await _ in stopped {}
                return nil
            }
            if let deadline = ticket.deadline {
                group.addTask { [self] in
                    do { try await Task.sleep(until: deadline) } catch { return nil }
                    halt(ticket.number, Self.late)
                    return nil
                }
            }
            var answer: Work.Answer?
            // The call itself, or the word that it shall end; it always ends.
            while let ended = await group.next() {
                group.cancelAll()
                answer = answer ?? ended
            }
            return answer
        }
        if case .stopped(let fault) = leave(ticket) { return (work.stopped(by: fault), answer) }
        return (answer ?? work.stopped(by: Self.late), nil)
    }

    /// False when there is no call of this id that can be stopped.
    func cancel(_ id: RequestID) -> Bool {
        guard let number = state.withLock({ $0.named[id] }) else { return false }
        return halt(number, Fault(.cancelled, "It was cancelled, and nothing was done."))
    }

    @discardableResult
    private func halt(_ number: Int, _ fault: Fault) -> Bool {
        let before: Phase? = state.withLock { state in
            guard let phase = state.phases[number] else { return nil }
            if case .stopped = phase { return nil }
            state.phases[number] = .stopped(fault)
            return phase
        }
        if case .reading(let stop) = before { stop.finish() }
        return before != nil
    }

    @discardableResult
    private func leave(_ ticket: Ticket) -> Phase? {
        state.withLock { state in
            if state.named[ticket.id] == ticket.number { state.named[ticket.id] = nil }
            return state.phases.removeValue(forKey: ticket.number)
        }
    }

    private static let late = Fault(.timeout, "It took longer than the caller would wait, and nothing was done.")
}
