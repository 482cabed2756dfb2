import Foundation
import GRDB
import Synchronization
import Testing
import WaproCore

@testable import WaproStore

@Suite struct GroupCommitTests {
    struct Refusal: Error, Equatable {}

    @Test func `closures that gathered share one commit`() async throws {
        let store = try Store(.memory)
        let hold = Hold()
        async let first: Void = store.write(.sending) { _ in hold.wait() }
        await hold.reached()
        let before = store.commits
        try await withThrowingTaskGroup { group in
            for _ in 0..<50 {
                group.addTask { try await store.write(.sending) { _ = $0.mint(MessageID.self) } }
            }
            while store.waiting(.sending) < 50 { try await Task.sleep(for: .milliseconds(1)) }
            hold.release()
            try await group.waitForAll()
        }
        try await first
        // A batch ends after 5 ms, so a slow machine may need a few.
        #expect(store.commits - before < 10)
    }

    @Test func `one that is refused changes nothing, and harms nobody else`() async throws {
        let store = try Store(.memory)
        let hold = Hold()
        async let first: Void = store.write(.sending) { _ in hold.wait() }
        await hold.reached()
        async let good = store.write(.sending) { try $0.makeList(named: "good") }
        async let bad: Void = store.write(.sending) { transaction in
            _ = try transaction.makeList(named: "bad")
            throw Refusal()
        }
        while store.waiting(.sending) < 2 { try await Task.sleep(for: .milliseconds(1)) }
        hold.release()
        try await first
        _ = try await good
        do { try await bad; Issue.record("the refusal was swallowed") } catch { #expect(error is Refusal) }
        let (kept, lost) = try await store.read { (try $0.list(named: "good"), try $0.list(named: "bad")) }
        #expect(kept != nil && lost == nil)
    }

    @Test func `chat goes before a webhook, that before a campaign, and each class in its order`() {
        var queue = WorkQueue<String>(limit: 10)
        for (job, work) in [
            ("b", WorkClass.background), ("a", .applying), ("s", .sending), ("j1", .journal), ("j2", .journal), ("c", .control),
        ] {
            _ = queue.append(job, work, at: .now)
        }
        var order: [String] = []
        while let next = queue.popUrgent() { order.append(next.job) }
        #expect(order == ["c", "j1", "j2", "s", "a"])
    }

    @Test func `background work gets one closure a batch, and waits while others are late`() {
        var queue = WorkQueue<Int>(limit: 10)
        let start = ContinuousClock.now
        for job in [1, 2] { _ = queue.append(job, .background, at: start) }
        #expect(queue.popUrgent() == nil)
        #expect(queue.popBackground(whenBatchWaited: .milliseconds(30), at: start) == nil)
        #expect(queue.popBackground(whenBatchWaited: .milliseconds(1), at: start)?.job == 1)
        #expect(queue.popBackground(whenBatchWaited: .milliseconds(30), at: start + .seconds(1))?.job == 2)
    }

    @Test func `more work than is bounded is refused, not kept`() async throws {
        var options = StoreOptions()
        options.waitingLimit = 2
        let store = try Store(.memory, options: options)
        let hold = Hold()
        async let first: Void = store.write(.sending) { _ in hold.wait() }
        await hold.reached()
        async let second: Void = store.write(.journal) { _ in }
        async let third: Void = store.write(.journal) { _ in }
        while store.waiting(.journal) < 2 { try await Task.sleep(for: .milliseconds(1)) }
        await #expect(throws: StoreFailure.overloaded) { try await store.write(.journal) { _ in } }
        hold.release()
        _ = try await (first, second, third)
    }

    @Test func `a class that is full does not keep the others out`() async throws {
        var options = StoreOptions()
        options.waitingLimit = 1
        let store = try Store(.memory, options: options)
        let hold = Hold()
        async let first: Void = store.write(.sending) { _ in hold.wait() }
        await hold.reached()
        try await withThrowingTaskGroup { group in
            for work in WorkClass.allCases { group.addTask { try await store.write(work) { _ in } } }
            while WorkClass.allCases.contains(where: { store.waiting($0) < 1 }) { try await Task.sleep(for: .milliseconds(1)) }
            for work in WorkClass.allCases {
                await #expect(throws: StoreFailure.overloaded) { try await store.write(work) { _ in } }
            }
            hold.release()
            try await group.waitForAll()
        }
        try await first
    }

    @Test func `a full disk fails the whole batch, and heals`() async throws {
        let folder = try Folder()
        let store = try Store(.file(folder.database))
        func limitPages(_ limit: Int) async throws {
            try await store.connection.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(limit)") }
        }
        let pages = try await store.read { try Int.fetchOne($0.db, sql: "PRAGMA page_count") ?? 0 }
        try await limitPages(pages)
        let hold = Hold()
        async let first: Void = store.write(.control) { _ in hold.wait() }
        await hold.reached()
        async let small = store.write(.control) { try $0.makeList(named: "small") }
        async let large = store.write(.journal) { try $0.journal([UInt8](repeating: 7, count: 1 << 20), app: "main") }
        while store.waiting(.control) + store.waiting(.journal) < 2 { try await Task.sleep(for: .milliseconds(1)) }
        hold.release()
        do { _ = try await large; Issue.record("a full disk took it") } catch { #expect(error as? StoreFailure == .full) }
        _ = try? await first
        _ = try? await small
        try await limitPages(1 << 30)
        _ = try await store.write(.journal) { try $0.journal([UInt8](repeating: 7, count: 1 << 20), app: "main") }
        #expect(try await store.read { try $0.journalSize().waiting } == 1)
    }

    @Test func `a cancelled task does not undo the work of others`() async throws {
        let store = try Store(.memory)
        let hold = Hold()
        async let first: Void = store.write(.control) { _ in hold.wait() }
        await hold.reached()
        let cancelled = Task { try await store.write(.control) { try $0.makeList(named: "cancelled") } }
        async let other = store.write(.control) { try $0.makeList(named: "other") }
        while store.waiting(.control) < 2 { try await Task.sleep(for: .milliseconds(1)) }
        cancelled.cancel()
        hold.release()
        _ = try await (first, other, cancelled.value)
        let lists = try await store.read { (try $0.list(named: "cancelled"), try $0.list(named: "other")) }
        #expect(lists.0 != nil && lists.1 != nil)
    }

    @Test func `a closed store refuses work and has lost none`() async throws {
        let folder = try Folder()
        let store = try Store(.file(folder.database))
        _ = try await store.write(.control) { try $0.makeList(named: "kept") }
        try await store.close()
        await #expect(throws: StoreFailure.closed) { try await store.write(.control) { _ in } }
    }
}

/// A point at which the writer is held until a test lets go.
final class Hold: Sendable {
    private let isReached = Mutex(false)
    private let gate = DispatchSemaphore(value: 0)

    func wait() {
        isReached.withLock { $0 = true }
        gate.wait()
    }

    func reached() async {
        while !isReached.withLock({ $0 }) { try? await Task.sleep(for: .milliseconds(1)) }
    }

    func release() {
        gate.signal()
    }
}
