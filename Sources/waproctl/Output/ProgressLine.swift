import Synchronization
import WaproRPC

/// How far something is, in one line of a terminal: drawn anew each time, and gone before anything else is printed there
/// (`Surroundings.adapted`).
final class ProgressLine: Sendable {
    private let isOpen = Mutex(false)
    private let width: @Sendable () -> Int?
    private let write: @Sendable (TerminalText) -> Void

    /// - Parameter width: the terminal's, as it is now: a window can be made narrower while something takes long.
    init(width: @escaping @Sendable () -> Int?, write: @escaping @Sendable (TerminalText) -> Void) {
        (self.width, self.write) = (width, write)
    }

    /// Cut to the width: what goes on in a second row is not drawn over. The last column stays empty, where some terminals begin a new row.
    func show(_ text: TerminalText) {
        isOpen.withLock { $0 = true }
        write("\r\(width().map { text.truncated(to: max($0 - 1, 1)) } ?? text)\u{1B}[K")
    }

    func show(_ progress: ProgressNotification) {
        let total: TerminalText = progress.total.map { " of \(Human.count($0))" } ?? .empty
        show("\(progress.stage): \(Human.count(progress.done))\(total)")
    }

    func clear() {
        let wasOpen = isOpen.withLock { isOpen in
            defer { isOpen = false }
            return isOpen
        }
        if wasOpen { write("\r\u{1B}[K") }
    }
}
