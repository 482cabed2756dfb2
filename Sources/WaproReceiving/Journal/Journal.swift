import NIOCore
import Synchronization
import WaproStore

/// Where raw bodies are committed before anybody is told 200, and the bound on how many wait for that.
///
/// A crash before the commit loses a body that nobody was told about: Meta sends it again.
final class Journal: Sendable {
    private let store: Store
    private let limits: Listener.Limits
    /// When each body that waits came; they leave in the order in which they came.
    private let waiting = Mutex(CircularBuffer<ContinuousClock.Instant>())

    init(_ store: Store, limits: Listener.Limits) {
        self.store = store
        self.limits = limits
    }

    /// Commits a body.
    ///
    /// - Parameter done: called once, on any thread: true when the body is on disk, false when it was not taken (too many wait
    ///   already, the disk is full, the store is closed).
    func keep(_ body: [UInt8], app: String, done: @escaping @Sendable (_ isKept: Bool) -> Void) {
        let now = ContinuousClock.now
        let isAdmitted = waiting.withLock { waiting in
            guard waiting.count < limits.waitingBodies else { return false }
            if let oldest = waiting.first, oldest.duration(to: now) > limits.waitingAge { return false }
            waiting.append(now)
            return true
        }
        guard isAdmitted else { return done(false) }
        store.submit(.journal) {
            try $0.journal(body, app: app)
        } done: { [self] result in
            waiting.withLock { _ = $0.popFirst() }
            if case .success = result { done(true) } else { done(false) }
        }
    }
}
