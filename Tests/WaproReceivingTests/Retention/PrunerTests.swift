import Testing
import WaproCore
import WaproReceiving
import WaproStore

@Suite(.timeLimit(.minutes(5)))
struct PrunerTests {
    @Test func `what has been kept long enough goes, what waits stays`() async throws {
        let world = try await World()
        let applied = try await world.store.write(.journal) { try $0.journal([1], app: "shop") }
        let parked = try await world.store.write(.journal) { try $0.journal([2], app: "shop") }
        _ = try await world.store.write(.journal) { try $0.journal([3], app: "shop") }
        try await world.store.write(.applying) { transaction in
            try transaction.markApplied(applied)
            try transaction.quarantine(parked, reason: "a test")
            _ = try transaction.isNew([1, 2, 3])
        }
        let pruner = Pruner(store: world.store, retention: Retention(), logger: silent)
        #expect(try await pruner.sweep() == Pruner.Sweep())

        world.clock.step(by: .seconds(4 * 86_400))
        #expect(try await pruner.sweep().journal == 1)
        #expect(try await shape(world) == [1, 1, 2])

        world.clock.step(by: .seconds(11 * 86_400))
        let sweep = try await pruner.sweep()
        #expect(sweep.journal == 1)
        #expect(sweep.seenChanges == 1)
        #expect(sweep.events > 0)
        #expect(try await world.store.read { try $0.firstEvent() } == nil)
        #expect(try await shape(world) == [1, 0, 1])
    }

    @Test func `more rows than one commit takes go in several`() async throws {
        let world = try await World()
        for index in 0..<120 {
            try await world.store.write(.journal) { try $0.markApplied($0.journal([UInt8(index)], app: "shop")) }
        }
        world.clock.step(by: .seconds(4 * 86_400))
        let commits = world.store.commits
        #expect(try await Pruner(store: world.store, retention: Retention(), logger: silent).sweep().journal == 120)
        #expect(world.store.commits - commits >= 3)
    }

    @Test func `bodies beyond the bytes that are allowed go, whatever their age`() async throws {
        let world = try await World()
        for _ in 0..<10 {
            try await world.store.write(.journal) { try $0.markApplied($0.journal([UInt8](repeating: 0, count: 100), app: "shop")) }
        }
        var retention = Retention()
        retention.journalBytes = 300
        #expect(try await Pruner(store: world.store, retention: retention, logger: silent).sweep().journal == 7)
    }

    /// Bodies that wait, bodies that were put aside, bytes of all.
    private func shape(_ world: World) async throws -> [Int] {
        let size = try await world.store.journal()
        return [size.waiting, size.quarantined, size.bytes]
    }
}
