public import WaproCloud
public import WaproCore
public import WaproStore
import Synchronization

/// Asks Meta's `message_history` about messages in doubt, within a small quota of its own. Off unless the configuration says otherwise: Meta
/// documents it only in its machine-readable description.
public final class MessageHistory: Sendable {
    /// Pages of one look at a number.
    private static let pages = 3

    private let store: Store
    private let graph: GraphReader
    private let routes: SendingRoutes
    private let settles: Duration
    private let clock: WallClock
    private let calls: Mutex<TokenBucket>

    /// - Parameters:
    ///   - callsAnHour: more than none.
    ///   - settles: how long the answer to a request may be on its way.
    public init(
        store: Store,
        graph: GraphReader,
        routes: SendingRoutes,
        callsAnHour: Int,
        settles: Duration,
        clock: WallClock = .live
    ) {
        (self.store, self.graph, self.routes, self.settles, self.clock) = (store, graph, routes, settles, clock)
        calls = Mutex(TokenBucket(rate: Double(callsAnHour) / 3600, gather: .seconds(3600), at: clock.now()))
    }

    /// Confirms what can be confirmed; what it cannot confirm stays in doubt.
    func confirm() async throws {
        for (number, oldest) in try await store.read({ try $0.doubtsAwaitingEvidence() }) {
            guard let route = routes[number], let credentials = route.credentials, take(1) else { continue }
            let since = oldest.advanced(by: .zero - Inference.reach)
            let settledAt = clock.now().advanced(by: .zero - settles)
            let found: HistoryPages
            do {
                found = try await graph.messageHistory(
                    of: route.phoneNumberID,
                    since: since,
                    pages: Self.pages,
                    credentials: credentials
                )
            } catch {
                // Not there, not allowed, not now: doubt waits for webhooks as it would without.
                continue
            }
            _ = take(found.calls - 1)
            guard let complete = found.completeSince else { continue }
            try await confirm(Inference(completeSince: max(since, complete), settledAt: settledAt), of: number, by: found.entries)
        }
    }

    /// What is begun or answered between reading and writing changes nothing: it is too young to fit, or the write refuses.
    private func confirm(_ inference: Inference, of number: NumberID, by entries: [HistoryEntry]) async throws {
        let (attempts, unknown) = try await store.read { snapshot in
            let unknown = try entries.filter { try snapshot.message(wamid: $0.wamid) == nil }
            var attempts: [String: [UnnamedAttempt]] = [:]
            for digits in Set(unknown.compactMap(\.digits)) {
                guard let value = Int64(digits) else { continue }
                attempts[digits] = try snapshot.unnamedAttempts(from: number, to: value, since: inference.completeSince)
            }
            return (attempts, unknown)
        }
        for (attempt, wamid) in inference.matches(attempts, unknown) {
            _ = try await store.write(.control) { try $0.infer(attempt, wamid: wamid) }
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
