public import WaproCloud
public import WaproCore
public import WaproStore
import Synchronization

/// Asks Meta's `message_history` about messages in doubt, within a small quota of its own. Off unless the configuration says otherwise: Meta
/// documents it only in its machine-readable description.
public final class MessageHistory: Sendable {
    /// Pages of one look at a number.
    private static let pages = 3
    /// Messages in doubt of one look.
    private static let looked = 500

    private let store: Store
    private let graph: GraphReader
    private let routes: [NumberID: SendingRoute]
    private let clock: WallClock
    private let calls: Mutex<TokenBucket>

    /// - Parameter callsAnHour: more than none.
    public init(store: Store, graph: GraphReader, routes: [NumberID: SendingRoute], callsAnHour: Int, clock: WallClock = .live) {
        (self.store, self.graph, self.routes, self.clock) = (store, graph, routes, clock)
        calls = Mutex(TokenBucket(rate: Double(callsAnHour) / 3600, burst: Double(callsAnHour), at: clock.now()))
    }

    /// Confirms what can be confirmed; what it cannot confirm stays in doubt.
    func confirm() async throws {
        let open = try await store.read { snapshot in
            try snapshot.inDoubt(limit: Self.looked).filter { $0.listedAt == nil }.compactMap { message in
                try message.intentAt.map { at in (message, at, try snapshot.contact(message.contact)) }
            }
        }
        let byNumber = Dictionary(grouping: open, by: \.0.number)
        for number in byNumber.keys.sorted() {
            guard let route = routes[number], let doubts = byNumber[number], take(1) else { continue }
            let since = (doubts.map(\.1).min() ?? clock.now()).advanced(by: .zero - Inference.before)
            let found: (entries: [HistoryEntry], calls: Int)
            do {
                found = try await graph.messageHistory(
                    of: route.phoneNumberID,
                    since: since,
                    pages: Self.pages,
                    credentials: route.credentials
                )
            } catch {
                // Not there, not allowed, not now: doubt waits for webhooks as it would without.
                continue
            }
            _ = take(found.calls - 1)
            try await confirm(
                doubts.map { message, at, contact in
                    let digits = [contact?.phone?.digits, contact?.waID.map(String.init)].compactMap { $0 }
                    return Inference.Doubt(message: message.id, digits: Set(digits), intentAt: at)
                },
                by: found.entries
            )
        }
    }

    private func confirm(_ doubts: [Inference.Doubt], by entries: [HistoryEntry]) async throws {
        let unknown = try await store.read { snapshot in try entries.filter { try snapshot.message(wamid: $0.wamid) == nil } }
        for (message, wamid) in Inference.matches(doubts, unknown) {
            _ = try await store.write(.control) { try $0.infer(message, wamid: wamid) }
        }
    }

    /// Takes calls out of the quota; false when it has none left.
    private func take(_ count: Int) -> Bool {
        calls.withLock { bucket in
            guard bucket.available(at: clock.now()) >= 1 else { return false }
            bucket.take(count)
            return true
        }
    }
}
