import DequeModule
import Synchronization

/// The people whom the portfolio messaged first: by template, outside an open window, within the last 24 hours
/// (whatsapp-cloud-api, "Throughput and limits", "Business-initiated").
final class BusinessInitiated: Sendable {
    static let day: Int64 = 86_400_000

    private struct State {
        /// When each was last messaged, Unix milliseconds.
        var last: [String: Int64] = [:]
        /// The same in order of time; entries that are not the last of their person are passed over.
        var order: Deque<(time: Int64, person: String)> = []
        /// Nothing is kept while there is no limit: millions may be messaged.
        var isKept = false

        mutating func note(_ person: String, at time: Int64) {
            last[person] = time
            order.append((time, person))
        }

        mutating func forget(before time: Int64) {
            while let oldest = order.first, oldest.time <= time {
                order.removeFirst()
                if last[oldest.person] == oldest.time { last[oldest.person] = nil }
            }
        }
    }

    private let state = Mutex(State())

    /// Takes from the ledger who counts already, when a limit comes into force.
    func recall(_ ledger: Ledger, now: Int64) {
        guard !state.withLock(\.isKept) else { return }
        let counting = ledger.entries.filter { $0.isBusinessInitiated && $0.time > now - Self.day }.sorted { $0.time < $1.time }
        state.withLock { state in
            guard !state.isKept else { return }
            state.isKept = true
            for entry in counting { state.note(entry.recipient, at: entry.time) }
        }
    }

    /// Counts a person; false when that is one more than `limit` in 24 hours. Who counts already may be messaged again.
    func admit(_ person: String, now: Int64, atMost limit: Int) -> Bool {
        state.withLock { state in
            state.forget(before: now - Self.day)
            guard state.last[person] != nil || state.last.count < limit else { return false }
            state.note(person, at: now)
            return true
        }
    }
}

extension LedgerEntry {
    /// It counts against the portfolio's messaging limit.
    var isBusinessInitiated: Bool { type == MessageKind.template.rawValue && !windowOpen }
}

extension Portfolio {
    /// The limit that ``messagingLimit`` names: `TIER_2K` is 2,000, `TIER_12` twelve. Nil: without limit.
    var peoplePerDay: Int? {
        guard messagingLimit.hasPrefix("TIER_") else { return nil }
        let text = messagingLimit.dropFirst(5)
        return text.hasSuffix("K") ? Int(text.dropLast()).map { $0 * 1_000 } : Int(text)
    }
}
