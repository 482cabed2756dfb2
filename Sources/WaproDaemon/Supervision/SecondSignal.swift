import Dispatch
import Logging
import Synchronization
import UnixSignals

/// Ends the process at once when a signal comes that asks for its end and one came before: somebody does not want to wait until what is
/// on the wire is finished. It needs no task, so it works also when nothing else does.
///
/// Nothing is lost by it, as by no other death: what was on the wire is in doubt at the next start.
final class SecondSignal: Sendable {
    private let count = Atomic(0)
    /// Dispatch's sources may be used from any thread, though the protocol does not say so.
    private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

    init(_ signals: [UnixSignal], logger: Logger) {
        // Concurrent: a log that blocks at the first signal must not keep the second waiting.
        let queue = DispatchQueue(label: "wapro.second-signal", attributes: .concurrent)
        sources = signals.map { DispatchSource.makeSignalSource(signal: $0.rawValue, queue: queue) }
        for (signal, source) in zip(signals, sources) {
            source.setEventHandler { [unowned self] in
                let before = count.wrappingAdd(Int(clamping: source.data), ordering: .relaxed).oldValue
                guard before == 0, source.data < 2 else { ProcessEnd.now(128 + signal.rawValue) }
                logger.notice("stopping: what is on the wire is finished first; a second signal ends it at once")
            }
            source.activate()
        }
    }

    deinit {
        for source in sources { source.cancel() }
    }
}
