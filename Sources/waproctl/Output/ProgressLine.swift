import Synchronization
import WaproRPC

/// How far a call is, in one line of a terminal that is gone when the result is there.
final class ProgressLine: Sendable {
    private let outside: Surroundings
    private let isShown = Mutex(false)

    init(_ outside: Surroundings) { self.outside = outside }

    func show(_ progress: ProgressNotification) {
        isShown.withLock { $0 = true }
        let total: TerminalText = progress.total.map { " of \(Human.count($0))" } ?? .empty
        outside.complain("\r\(progress.stage): \(Human.count(progress.done))\(total)\u{1B}[K")
    }

    func clear() {
        if isShown.withLock({ $0 }) { outside.complain("\r\u{1B}[K") }
    }
}
