import Foundation
import GRDB
import Synchronization
import Testing
import WaproCore

@testable import WaproStore

@Suite(.serialized) struct WALGrowthTests {
    @Test func `a checkpoint is due after so many pages, not after every commit`() {
        var plan = CheckpointPlan(limit: 100_000, age: .seconds(1))
        let now = ContinuousClock.now
        #expect(plan.next(pages: 999, at: now) == .nothing)
        #expect(plan.next(pages: 1000, at: now) == .passive)
        #expect(plan.next(pages: 1500, at: now) == .nothing)
        #expect(plan.next(pages: 2000, at: now) == .passive)
        // It began anew.
        #expect(plan.next(pages: 10, at: now) == .nothing)
        #expect(plan.next(pages: 1001, at: now) == .passive)
    }

    @Test func `above the limit the WAL must begin anew, tried again and again but with a pause`() {
        var plan = CheckpointPlan(limit: 5000, age: .seconds(1))
        let now = ContinuousClock.now
        #expect(plan.next(pages: 5000, at: now) == .restart(age: .seconds(1), patience: .milliseconds(20)))
        #expect(plan.next(pages: 5010, at: now) == .nothing)
        #expect(plan.next(pages: 9999, at: now + .milliseconds(250)) == .restart(age: .seconds(1), patience: .milliseconds(20)))
        // It grew in spite of that: fewer reads are spared, in the end none.
        #expect(plan.next(pages: 10_000, at: now + .milliseconds(500)) == .restart(age: .milliseconds(200), patience: .milliseconds(100)))
        #expect(plan.next(pages: 20_000, at: now + .milliseconds(750)) == .restart(age: .zero, patience: .milliseconds(500)))
        #expect(plan.next(pages: 3, at: now + .seconds(1)) == .nothing)
        #expect(plan.next(pages: 5000, at: now + .seconds(2)) == .restart(age: .seconds(1), patience: .milliseconds(20)))
    }

    @Test func `a read that takes too long fails clearly, and its connection serves the next`() async throws {
        let folder = try Folder()
        for location in [StoreLocation.memory, .file(folder.database)] {
            var options = StoreOptions()
            options.readTime = .milliseconds(100)
            options.readers = 1
            let store = try Store(location, options: options)
            let start = ContinuousClock.now
            await #expect(throws: StoreFailure.tooSlow) { try await store.read { try $0.db.countForever() } }
            #expect(start.duration(to: .now) < .seconds(2))
            // The limit is of each read, and goes with it.
            for _ in 0..<3 {
                #expect(try await store.read { try Int.fetchOne($0.db, sql: "SELECT 7") } == 7)
                try await Task.sleep(for: .milliseconds(60))
            }
            #expect(try await store.write(.control) { try $0.db.countTo(300_000) } == 300_000)
        }
    }

    @Test func `a reader that stays does not make the WAL grow without bound, and the writer goes on`() async throws {
        let folder = try Folder()
        var options = StoreOptions()
        options.walLimit = 8 << 20
        options.readAge = .milliseconds(100)
        options.readTime = .seconds(60)
        let store = try Store(.file(folder.database), options: options)
        let isReading = Flag()
        let reader = Task {
            try await store.read { snapshot in
                _ = try Int.fetchOne(snapshot.db, sql: "SELECT count(*) FROM journal")
                isReading.raise()
                try snapshot.db.countForever()
            }
        }
        while !isReading.isUp { try await Task.sleep(for: .milliseconds(1)) }
        // 96 MiB, twelve times the limit, at no more than 85 MB a second: how much a faster disk takes between two tries says nothing.
        let begin = ContinuousClock.now
        var largest = 0
        var late = 0
        for index in 0..<768 {
            try await Task.sleep(until: begin + .microseconds(1500 * index), clock: .continuous)
            let body = [UInt8](repeating: UInt8(index % 251), count: 128 << 10)
            let start = ContinuousClock.now
            _ = try await store.write(.journal) { try $0.journal(body, app: "main") }
            if start.duration(to: .now) > .milliseconds(250) { late += 1 }
            largest = max(largest, folder.walBytes)
        }
        await #expect(throws: StoreFailure.tooSlow) { try await reader.value }
        #expect(largest < 5 * options.walLimit, "the WAL grew to \(largest) bytes")
        #expect(largest > options.walLimit, "the reader never stood in the way; the test shows nothing")
        // One that met a busy moment of the machine says nothing; a writer that waits for the reader does so at each restart.
        #expect(late <= 3, "\(late) writes waited")
        #expect(store.waits(.journal).max < .seconds(2), "the writer stood still")
        #expect(try await store.read { try $0.journalSize().waiting } == 768)
        try await store.close()
    }

    @Test func `short reads without a gap do not keep the WAL from beginning anew`() async throws {
        let folder = try Folder()
        var options = StoreOptions()
        options.walLimit = 8 << 20
        let store = try Store(.file(folder.database), options: options)
        let isOver = Flag()
        let largest = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<options.readers {
                group.addTask {
                    var reads = 0
                    while !isOver.isUp {
                        _ = try await store.read { try $0.db.countTo(5_000) }
                        reads += 1
                    }
                    #expect(reads > 0)
                    return 0
                }
            }
            group.addTask {
                defer { isOver.raise() }
                var largest = 0
                for index in 0..<768 {
                    let body = [UInt8](repeating: UInt8(index % 251), count: 128 << 10)
                    _ = try await store.write(.journal) { try $0.journal(body, app: "main") }
                    largest = max(largest, folder.walBytes)
                }
                return largest
            }
            return try await group.reduce(0) { max($0, $1) }
        }
        #expect(largest < 8 * options.walLimit, "the WAL grew to \(largest) bytes")
        try await store.close()
    }
}

/// Something that happened, seen by another task.
private final class Flag: Sendable {
    private let state = Mutex(false)
    var isUp: Bool { state.withLock { $0 } }
    func raise() { state.withLock { $0 = true } }
}

extension Database {
    /// Works until somebody ends it.
    func countForever() throws {
        _ = try countTo(.max)
    }

    /// Steps through so many rows that are made as they are asked for, within one snapshot.
    func countTo(_ count: Int) throws -> Int {
        let sql =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT count(*) FROM n, (SELECT count(*) FROM store)"
        return try Int.fetchOne(self, sql: sql, arguments: [count]) ?? 0
    }
}

extension Folder {
    /// The size of the WAL file; 0 when there is none.
    var walBytes: Int {
        ((try? FileManager.default.attributesOfItem(atPath: database + "-wal"))?[.size] as? Int) ?? 0
    }
}
