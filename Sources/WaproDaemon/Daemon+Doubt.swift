import ServiceLifecycle
import Synchronization
import WaproCore
import WaproReceiving
import WaproSending
import WaproStore

extension Daemon {
    /// A body that waits longer than this is a journal that is not applied.
    private static let late = Duration.seconds(60)

    /// What waits for evidence about messages in doubt: evidence comes while the listener takes what is posted and the journal is applied.
    func doubts(_ store: Store, _ accounts: Accounts, _ webhook: Listener) -> Doubts {
        var settings = DoubtSettings()
        settings.window = configuration.doubt.window
        settings.interval = min(settings.interval, max(.milliseconds(200), configuration.doubt.window / 4))
        settings.policies.marketing = configuration.doubt.marketing
        settings.policies.utility = configuration.doubt.utility
        settings.policies.authentication = configuration.doubt.authentication
        settings.policies.service = configuration.doubt.service
        let history =
            configuration.doubt.historyCalls > 0
            ? MessageHistory(
                store: store,
                graph: accounts.graph,
                routes: accounts.routes,
                callsAnHour: configuration.doubt.historyCalls,
                settles: configuration.cloud.timeout,
                clock: clock
            ) : nil
        let refused = LastCount()
        return Doubts(store: store, settings: settings, history: history, clock: clock, logger: logger) { [clock] in
            let wasTaken = refused.isUnchanged(webhook.count(of: .unavailable))
            do {
                let oldest = try await store.read { try $0.oldestWaitingJournal() }
                return wasTaken && oldest.map { $0.duration(to: clock.now()) < Self.late } ?? true
            } catch {
                return false
            }
        }
    }
}

/// A count as it was at the last look.
private final class LastCount: Sendable {
    private let last = Mutex(0)

    func isUnchanged(_ count: Int) -> Bool {
        last.withLock { last in
            defer { last = count }
            return last == count
        }
    }
}
