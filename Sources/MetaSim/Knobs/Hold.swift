import Synchronization

/// Where an exchange can be frozen.
public enum HoldPoint: String, Sendable, CaseIterable {
    /// The request was read and is valid; nothing was accepted.
    case beforeAcceptance = "before_acceptance"
    /// The message is accepted and its statuses are under way; the caller has no answer.
    case beforeAnswer = "before_answer"
    /// A webhook update is due; it was not posted.
    case webhook
}

/// What is about to be frozen.
public struct Held: Sendable, Equatable {
    public let point: HoldPoint
    /// The digits of the person's `wa_id`, or their user id; empty for webhooks that are about no person.
    public let recipient: String
    /// The message type, or the kind of update: `sent`, `delivered`, `read`, `failed`, `message` or the webhook field.
    public let kind: String
}

/// A button held down: what matches stays frozen until it is released. Made by ``MetaSim/hold(_:matching:)``.
public final class Hold: Sendable {
    private struct State {
        var waiting: [@Sendable () -> Void] = []
        var caught = 0
        var isReleased = false
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    public let point: HoldPoint
    private let matches: @Sendable (Held) -> Bool
    private let state = Mutex(State())

    init(_ point: HoldPoint, matching matches: @escaping @Sendable (Held) -> Bool) {
        self.point = point
        self.matches = matches
    }

    /// How many were caught so far, released ones included.
    public var caught: Int { state.withLock(\.caught) }

    /// Waits until that many were caught in all, or until everything is released.
    public func reached(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.caught >= count || state.isReleased { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    /// Lets everything go and catches nothing more.
    public func release() {
        let (waiting, watchers) = state.withLock { state in
            state.isReleased = true
            defer { (state.waiting, state.watchers) = ([], []) }
            return (state.waiting, state.watchers)
        }
        for watcher in watchers { watcher.continuation.resume() }
        for proceed in waiting { proceed() }
    }

    /// Lets the oldest one go; the others stay and more are caught.
    public func releaseOne() {
        let proceed = state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
        proceed?()
    }

    var isReleased: Bool { state.withLock(\.isReleased) }

    /// Takes it and keeps `proceed` for later; false when it does not concern this hold.
    func takes(_ held: Held, then proceed: @escaping @Sendable () -> Void) -> Bool {
        guard held.point == point, matches(held) else { return false }
        let (taken, watchers) = state.withLock { state in
            guard !state.isReleased else { return (false, [CheckedContinuation<Void, Never>]()) }
            state.waiting.append(proceed)
            state.caught += 1
            let there = state.watchers.filter { $0.count <= state.caught }.map(\.continuation)
            state.watchers.removeAll { $0.count <= state.caught }
            return (true, there)
        }
        for watcher in watchers { watcher.resume() }
        return taken
    }
}

/// All holds that are down.
final class Holds: Sendable {
    private let holds = Mutex<[Hold]>([])
    private let count = Atomic(0)

    func add(_ hold: Hold) {
        holds.withLock { holds in
            holds.removeAll(where: \.isReleased)
            holds.append(hold)
            count.store(holds.count, ordering: .releasing)
        }
    }

    func releaseAll() {
        let all = holds.withLock { holds in
            defer { holds = [] }
            count.store(0, ordering: .releasing)
            return holds
        }
        for hold in all { hold.release() }
    }

    /// Runs `proceed` now, or when the hold that catches it lets go.
    func pass(_ held: @autoclosure () -> Held, then proceed: @escaping @Sendable () -> Void) {
        guard count.load(ordering: .acquiring) > 0 else { return proceed() }
        let held = held()
        for hold in holds.withLock({ $0 }) where hold.takes(held, then: proceed) { return }
        proceed()
    }
}
