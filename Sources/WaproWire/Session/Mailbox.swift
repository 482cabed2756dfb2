import DequeModule
import Synchronization

/// A bounded queue between tasks: senders wait for room, one receiver waits for elements.
final class Mailbox<Element: Sendable>: Sendable {
    private struct State {
        var elements: Deque<Element> = []
        var isFinished = false
        var receiver: CheckedContinuation<Element?, Never>?
        var senders: Deque<(ticket: Int, continuation: CheckedContinuation<Void, Never>)> = []
        var nextTicket = 0
    }

    /// What a try to send came to.
    private enum Step {
        case sent(CheckedContinuation<Element?, Never>?)
        case finished
        case full(ticket: Int)
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    /// Waits for room; throws when the mailbox is finished or the task is cancelled.
    func send(_ element: Element) async throws(CancellationError) {
        while !Task.isCancelled {
            let step = state.withLock { state -> Step in
                if state.isFinished { return .finished }
                if let receiver = state.receiver.take() { return .sent(receiver) }
                if state.elements.count < limit {
                    state.elements.append(element)
                    return .sent(nil)
                }
                state.nextTicket += 1
                return .full(ticket: state.nextTicket)
            }
            switch step {
            case .sent(let receiver):
                receiver?.resume(returning: element)
                return
            case .finished: throw CancellationError()
            case .full(let ticket): await waitForRoom(ticket)
            }
        }
        throw CancellationError()
    }

    /// The next element, those of a finished mailbox included; nil when there are none any more or the task is cancelled.
    func next() async -> Element? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (now, sender) = state.withLock { state -> (Element??, CheckedContinuation<Void, Never>?) in
                    if let element = state.elements.popFirst() { return (.some(element), state.senders.popFirst()?.continuation) }
                    if state.isFinished || Task.isCancelled { return (.some(nil), nil) }
                    precondition(state.receiver == nil, "a mailbox has one receiver")
                    state.receiver = continuation
                    return (nil, nil)
                }
                sender?.resume()
                if let now { continuation.resume(returning: now) }
            }
        } onCancel: {
            state.withLock { $0.receiver.take() }?.resume(returning: nil)
        }
    }

    /// Nothing more can be sent; what is there can still be received.
    func finish() {
        let (receiver, senders) = state.withLock { state in
            state.isFinished = true
            defer { state.senders = [] }
            return (state.receiver.take(), state.senders)
        }
        receiver?.resume(returning: nil)
        for sender in senders { sender.continuation.resume() }
    }

    private func waitForRoom(_ ticket: Int) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mayWait = state.withLock { state in
                    guard !state.isFinished, !Task.isCancelled, state.elements.count >= limit else { return false }
                    state.senders.append((ticket, continuation))
                    return true
                }
                if !mayWait { continuation.resume() }
            }
        } onCancel: {
            let sender = state.withLock { state -> CheckedContinuation<Void, Never>? in
                guard let index = state.senders.firstIndex(where: { $0.ticket == ticket }) else { return nil }
                return state.senders.remove(at: index).continuation
            }
            sender?.resume()
        }
    }
}
