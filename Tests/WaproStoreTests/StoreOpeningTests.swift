import Foundation
import GRDB
import Testing
import WaproCore

@testable import WaproStore

@Suite struct StoreOpeningTests {
    @Test func `a commit waits for the disk, although GRDB's pool asks for less`() async throws {
        let folder = try Folder()
        let store = try Store(.file(folder.database))
        let level = try await store.connection.database.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
        #expect(level == 2)
        let mode = try await store.connection.database.writeWithoutTransaction { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
        #expect(mode == "wal")
    }

    @Test func `readers never checkpoint, and only the writer writes`() async throws {
        let folder = try Folder()
        let store = try Store(.file(folder.database))
        let pages = try await store.read { try Int.fetchOne($0.db, sql: "PRAGMA wal_autocheckpoint") }
        #expect(pages == 0)
        await #expect(throws: (any Error).self) { try await store.read { try $0.db.execute(sql: "DELETE FROM boot") } }
    }

    @Test func `the WAL is moved into the file by the writer and stays small`() async throws {
        let folder = try Folder()
        let fixture = try await Fixture(contacts: 0, at: .file(folder.database))
        for round in 0..<40 {
            try await fixture.store.write(.journal) { transaction in
                for _ in 0..<20 { _ = try transaction.journal([UInt8](repeating: UInt8(round), count: 20_000), app: "main") }
            }
        }
        let wal = try FileManager.default.attributesOfItem(atPath: folder.database + "-wal")[.size] as? Int ?? 0
        #expect(wal < 12 << 20, "16 MB were journaled; the WAL is at \(wal) bytes")
    }

    @Test func `a second daemon on the same store is refused, whatever it does`() throws {
        let folder = try Folder()
        let first = try Store(.file(folder.database))
        #expect(throws: StoreFailure.inUse(path: folder.database)) { try Store(.file(folder.database)) }
        withExtendedLifetime(first) {}
    }

    @Test func `the lock goes with its holder`() async throws {
        let folder = try Folder()
        let name = try await closing(try Store(.file(folder.database))) { $0.name }
        let again = try Store(.file(folder.database))
        #expect(again.name == name)
    }

    @Test func `a store that a newer version wrote is refused`() async throws {
        let folder = try Folder()
        try await closing(try Store(.file(folder.database))) { store in
            try await store.connection.database.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99-future')") }
        }
        #expect(throws: StoreFailure.newer(path: folder.database)) { try Store(.file(folder.database)) }
    }

    @Test func `a folder that does not exist is refused in words`() {
        #expect {
            try Store(.file("/nonexistent/waprod.db"))
        } throws: { error in
            "\(error)".contains("/nonexistent/waprod.db") && "\(error)".contains("No such file")
        }
    }

    @Test func `identifiers and event numbers never come back, though the clock did`() async throws {
        let folder = try Folder()
        let late = SteppedClock(at: Timestamp(rfc3339: "2026-11-23T08:00:00Z")!)
        let (first, lastEvent) = try await closing(try Store(.file(folder.database), clock: late.wall)) { store in
            try await store.write(.control) { transaction in
                try transaction.record(Event(topic: .system, because: .asked))
                return (transaction.mint(MessageID.self), transaction.marks.lastEvent)
            }
        }
        let early = SteppedClock(at: Timestamp(rfc3339: "2026-11-22T08:00:00Z")!)
        let store = try Store(.file(folder.database), clock: early.wall)
        try await store.write(.control) { transaction in
            #expect(transaction.mint(MessageID.self) > first)
            _ = try transaction.pruneEvents(olderThan: .zero, beyond: 0, limit: 100)
            try transaction.record(Event(topic: .system, because: .asked))
            #expect(transaction.marks.lastEvent == lastEvent + 1)
        }
    }

    @Test func `memory has the same door`() async throws {
        let fixture = try await Fixture(contacts: 3)
        let campaign = try await fixture.runCampaign()
        #expect(try await fixture.counts(campaign) == [.waiting: 3])
    }

    private func closing<Value: Sendable>(_ store: Store, _ body: @Sendable (Store) async throws -> Value) async throws -> Value {
        let value = try await body(store)
        try await store.close()
        return value
    }

    @Test func `a store that is closed is free, though a child that is being started has a copy of its lock`() async throws {
        let folder = try Folder()
        let store = try Store(.file(folder.database))
        let lock = folder.database + ".lock"
        let held = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").first {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == lock
        }
        let copy = dup(try #require(held.flatMap { Int32($0) }))
        defer { close(copy) }
        #expect(throws: StoreFailure.inUse(path: folder.database)) { try Store(.file(folder.database)) }
        try await store.close()
        try await Store(.file(folder.database)).close()
    }
}
