import Logging
import ServiceLifecycle
import Synchronization
import WaproCloud
import WaproCore
import WaproStore

/// Asks Meta about each number now and then, and when a webhook says that something changed: what it may send, how it is rated, whether the
/// token still works.
final class NumberRefresher: Service {
    static let interval = Duration.seconds(3600)
    static let afterFailure = Duration.seconds(60)
    /// However often Meta has news.
    static let pause = Duration.seconds(5)

    private let store: Store
    private let accounts: Accounts
    private let logger: Logger
    private let failures = Mutex<[NumberID: String]>([:])

    init(store: Store, accounts: Accounts, logger: Logger) {
        (self.store, self.accounts, self.logger) = (store, accounts, logger)
    }

    /// What Meta says against working, in words.
    var problems: [String] { failures.withLock { $0.values.sorted() } }

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                let seen = self.store.numberNews.rings
                await self.refreshAll()
                let isWell = self.failures.withLock { $0.isEmpty }
                await self.wait(for: isWell ? Self.interval : Self.afterFailure, orNewsAfter: seen)
                try await Task.sleep(for: Self.pause)
            }
        }
    }

    private func wait(for duration: Duration, orNewsAfter seen: Int) async {
        await withTaskGroup { group in
            group.addTask { try? await Task.sleep(for: duration) }
            group.addTask { [store] in _ = await store.numberNews.wait(after: seen) }
            await group.next()
            group.cancelAll()
        }
    }

    private func refreshAll() async {
        guard let numbers = try? await store.read({ try $0.numbers() }) else { return }
        for number in numbers {
            do {
                guard let news = try await accounts.news(of: number.id) else { continue }
                try await store.write(.control) { try $0.refresh(number.id, with: news) }
                failures.withLock { $0[number.id] = nil }
            } catch {
                let words = "Meta does not say how \(number.name) is: \(error)"
                let isNew = failures.withLock { failures in
                    defer { failures[number.id] = words }
                    return failures[number.id] != words
                }
                if isNew { logger.warning("\(words)") }
            }
        }
        store.work.ring()
    }
}
