import Foundation
import Testing
import WaproCore

@testable import WaproStore

@Suite struct HoldTests {
    @Test func `what is held is neither claimed nor handed over, and a restart changes nothing`() async throws {
        let folder = try Folder()
        let fixture = try await Fixture(contacts: 3, at: .file(folder.database))
        let campaign = try await fixture.runCampaign()
        let early = try await fixture.claim(campaign, limit: 1)
        let isNew = try await fixture.store.write(.control) { try $0.hold(.everything, because: .asked, detail: "wrong price") }
        #expect(isNew)
        #expect(fixture.store.gate.pass(early[0]) {} == false)
        #expect(try await fixture.claim(campaign).isEmpty)
        try await fixture.store.close()
        let store = try Store(.file(folder.database), clock: fixture.clock.wall)
        let held = try await store.write(.sending) { try $0.claim(of: campaign, limit: 10, boot: store.boot) }
        #expect(held.claims.isEmpty)
        let isGone = try await store.write(.control) { try $0.release(.everything) }
        #expect(isGone)
        let free = try await store.write(.sending) { try $0.claim(of: campaign, limit: 10, boot: store.boot) }
        #expect(free.claims.count == 2)
    }

    @Test func `a hold of an account holds its numbers, and releasing something else does not free them`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.runCampaign()
        let account = try #require(try await fixture.store.read { try $0.accounts().first }).id
        try await fixture.store.write(.control) { _ = try $0.hold(.account(account), because: .asked) }
        #expect(try await fixture.claim(campaign).isEmpty)
        let other = try await fixture.store.write(.control) { [number = fixture.number] in try $0.release(.number(number)) }
        #expect(!other)
        #expect(try await fixture.claim(campaign).isEmpty)
    }

    @Test func `what the store finds about itself takes the place of what a person ordered, and not the other way`() async throws {
        let fixture = try await Fixture(contacts: 0)
        func hold(_ because: Reason) async throws -> Bool {
            try await fixture.store.write(.control) { try $0.hold(.everything, because: because) }
        }
        func reasons() async throws -> [Reason] { try await fixture.store.read { try $0.holds().map(\.because) } }
        #expect(
            try await [hold(.asked), hold(.asked), hold(.storeWentBack), hold(.storeWentBack), hold(.asked)] == [
                true, false, true, false, false,
            ]
        )
        #expect(try await reasons() == [.storeWentBack])
    }

    // MARK: The fence

    private func reopened(_ folder: Folder, machine: String = "one") throws -> Store {
        var options = StoreOptions()
        options.machine = machine
        return try Store(.file(folder.database), options: options)
    }

    private func holds(_ store: Store) async throws -> [Reason] {
        try await store.read { try $0.holds().map(\.because) }
    }

    @Test func `a store that was closed or killed and opened again is not held`() async throws {
        let folder = try Folder()
        for _ in 0..<3 {
            let store = try reopened(folder)
            _ = try await store.write(.control) { $0.mint(MessageID.self) }
            #expect(try await holds(store).isEmpty)
            try await store.close()
        }
    }

    @Test func `a store that was restored from a backup is held`() async throws {
        let folder = try Folder()
        let first = try reopened(folder)
        try await first.close()
        try FileManager.default.copyItem(atPath: folder.database, toPath: folder.database + ".backup")
        let second = try reopened(folder)
        for _ in 0..<5 { _ = try await second.write(.control) { $0.mint(MessageID.self) } }
        try await second.close()
        try FileManager.default.removeItem(atPath: folder.database)
        try FileManager.default.moveItem(atPath: folder.database + ".backup", toPath: folder.database)
        let restored = try reopened(folder)
        #expect(try await holds(restored) == [.storeWentBack])
        try await restored.close()
        let again = try reopened(folder)
        #expect(try await holds(again) == [.storeWentBack], "until a person releases it")
        try await again.close()
    }

    @Test func `a copy without its fence, and one on another machine, are held`() async throws {
        let folder = try Folder()
        try await reopened(folder).close()
        let moved = try reopened(folder, machine: "two")
        #expect(try await holds(moved) == [.storeFromElsewhere])
        try await moved.write(.control) { _ = try $0.release(.everything) }
        try await moved.close()
        try FileManager.default.removeItem(atPath: folder.database + ".fence")
        let copied = try reopened(folder, machine: "two")
        #expect(try await holds(copied) == [.storeFenceMissing])
        try await copied.close()
    }

    @Test func `that a store went back is known also when it is held already, and after the release its losses are no news`() async throws {
        let folder = try Folder()
        let store = try reopened(folder)
        let before = try await store.write(.control) { transaction in
            let before = transaction.mint(MessageID.self)
            _ = try transaction.hold(.everything, because: .asked, detail: "wrong price")
            let isNews = try transaction.hold(.everything, because: .storeWentBack)
            #expect(isNews)
            #expect(try transaction.hold(.everything, because: .storeWentBack) == false)
            #expect(try transaction.holds().map(\.detail) == ["wrong price"])
            #expect(try !transaction.wasLost(AttemptID(message: before, ordinal: 1), sentAt: nil))
            #expect(try transaction.release(.everything))
            return before
        }
        #expect(try await store.read { try $0.wasLost(AttemptID(message: before, ordinal: 1), sentAt: nil) })
        try await store.close()
    }
}
