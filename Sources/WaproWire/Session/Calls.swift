import Synchronization
import WaproRPC

/// The calls of one connection that can still be stopped: by their ids, because they take longer than the caller waits, or because it has gone.
final class Calls: Sendable {
    /// One call, from when it was read until it is answered. Ids may come twice; tickets do not.
    struct Ticket: Sendable {
        fileprivate let number: Int
        fileprivate let id: RequestID
        let deadline: ContinuousClock.Instant?
    }

    private enum Phase {
        /// A read whose task has not come so far.
        case waiting
        /// A change before its turn, and what ends the watch over its deadline.
        case queued(Work, watch: AsyncStream<Never>.Continuation?)
        case reading(AsyncStream<Never>.Continuation)
        /// A read that ends, or is not begun: this is its answer.
        case stopped(Fault)
        /// A change whose answer was given before its turn: when that comes, nothing is left to be done.
        case over
    }

    private struct State {
        var last = 0
        var phases: [Int: Phase] = [:]
        /// The first of the calls under way that have an id.
        var named: [RequestID: Int] = [:]
    }

    private let state = Mutex(State())
    private let gone = Atomic(false)
    private let refuse: @Sendable (Work, Fault) -> Void

    /// `refuse` has a change answered that will not be begun. It must not wait, nor use these calls.
    init(refuse: @escaping @Sendable (Work, Fault) -> Void) {
        self.refuse = refuse
    }

    /// Whether the caller has gone.
    var isAbandoned: Bool { gone.load(ordering: .relaxed) }

    /// Notes what was read, before anything that was read after it.
    func enter(_ work: Work, changes: Bool) -> Ticket {
        let call = work.single
        let deadline = call?.timeout.map { ContinuousClock.now + $0 }
        return state.withLock { state in
            state.last += 1
            let ticket = Ticket(number: state.last, id: call?.id ?? .null, deadline: deadline)
            state.phases[ticket.number] =
                if isAbandoned { changes ? .over : .stopped(Self.nobody) } else { changes ? .queued(work, watch: nil) : .waiting }
            if ticket.id != .null, state.named[ticket.id] == nil { state.named[ticket.id] = ticket.number }
            return ticket
        }
    }

    /// The turn of a change has come: from now on it cannot be stopped. False when it is not to be begun; then it has been answered.
    func begin(_ ticket: Ticket) -> Bool {
        if let deadline = ticket.deadline, deadline < .now { halt(ticket.number, Self.late) }
        if isAbandoned { halt(ticket.number, Self.nobody) }
        guard case .queued(_, let watch) = leave(ticket) else { return false }
        watch?.finish()
        return true
    }

    /// Answers a change whose deadline comes before its turn. Returns when either has come.
    func watch(_ ticket: Ticket) async {
        guard let deadline = ticket.deadline else { return }
        let (turn, watch) = AsyncStream.makeStream(of: Never.self)
        let isQueued = state.withLock { state in
            guard case .queued(let work, _) = state.phases[ticket.number] else { return false }
            state.phases[ticket.number] = .queued(work, watch: watch)
            return true
        }
        guard isQueued else { return }
        await withDiscardingTaskGroup { group in
            group.addTask { [self] in
                do { try await Task.sleep(until: deadline) } catch { return }
                halt(ticket.number, Self.late)
            }
            for await _ in turn {}
            group.cancelAll()
        }
    }

    /// Runs a call that reads, until it ends, is cancelled or takes too long. `unsaid` is what it answered when the caller gets something else.
    func run(
        _ work: Work,
        _ ticket: Ticket,
        _ body: @escaping @Sendable () async -> Work.Answer
    ) async -> (said: Work.Answer, unsaid: Work.Answer?) {
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

    /// The caller has gone: reads end, and no change is begun any more.
    func abandon() {
        guard !gone.exchange(true, ordering: .relaxed) else { return }
        // Whatever enters from here on sees it.
        for number in state.withLock({ Array($0.phases.keys) }) { halt(number, Self.nobody) }
    }

    @discardableResult
    private func halt(_ number: Int, _ fault: Fault) -> Bool {
        state.withLock { state in
            switch state.phases[number] {
            case .waiting: state.phases[number] = .stopped(fault)
            case .reading(let stop):
                state.phases[number] = .stopped(fault)
                stop.finish()
            case .queued(let work, let watch):
                state.phases[number] = .over
                if let id = work.single?.id, state.named[id] == number { state.named[id] = nil }
                watch?.finish()
                // While nobody can pass it over: once its turn has gone by, the connection may end.
                refuse(work, fault)
            case .stopped, .over, nil: return false
            }
            return true
        }
    }

    @discardableResult
    private func leave(_ ticket: Ticket) -> Phase? {
        state.withLock { state in
            if state.named[ticket.id] == ticket.number { state.named[ticket.id] = nil }
            return state.phases.removeValue(forKey: ticket.number)
        }
    }

    private static let late = Fault(.timeout, "It took longer than the caller would wait, and nothing was done.")
    private static let nobody = Fault(.cancelled, "The caller has gone, and nothing was done.")
}
