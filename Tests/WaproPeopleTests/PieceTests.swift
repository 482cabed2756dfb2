import FoundationEssentials
import Testing
import WaproCore
import WaproPeople
import WaproStore

@Suite(.timeLimit(.minutes(5)))
struct PieceTests {
    private let rows = Array("phone\n+4915112000001\n".utf8)

    @Test func `the last piece may be repeated, which changes nothing and answers the same`() async throws {
        let world = try World()
        let id = try await world.importer.begin(list: nil, defaultRegion: nil, fileName: nil)
        let first = try await world.importer.append(id, piece: 0, rows, isLast: false)
        #expect(try await world.importer.append(id, piece: 0, rows, isLast: false) == first)
        let last = try await world.importer.append(id, piece: 1, Array("+4915112000002\n".utf8), isLast: true)
        #expect(last.state == .done)
        #expect(last.lines == 2)
        #expect(try await world.importer.append(id, piece: 1, Array("+4915112000002\n".utf8), isLast: true) == last)
    }

    @Test func `another piece in the place of one that was taken is refused, while the file is read and after it`() async throws {
        let world = try World()
        let id = try await world.importer.begin(list: nil, defaultRegion: nil, fileName: nil)
        let other = Array("phone\n+4915112000009\n".utf8)
        _ = try await world.importer.append(id, piece: 0, rows, isLast: false)
        await #expect(throws: ImportRefusal.otherPiece(0)) { try await world.importer.append(id, piece: 0, other, isLast: false) }
        await #expect(throws: ImportRefusal.otherPiece(0)) { try await world.importer.append(id, piece: 0, rows, isLast: true) }
        let last = try await world.importer.append(id, piece: 1, [], isLast: true)
        #expect(last.state == .done && last.created == 1)
        for importer in [world.importer, Importer(store: world.store, clock: world.clock.wall)] {
            await #expect(throws: ImportRefusal.otherPiece(1)) { try await importer.append(id, piece: 1, other, isLast: true) }
            #expect(try await importer.append(id, piece: 1, [], isLast: true) == last)
        }
    }

    @Test func `a piece that is repeated while it is being taken is taken once`() async throws {
        let world = try World()
        let id = try await world.importer.begin(list: nil, defaultRegion: nil, fileName: nil)
        let file = Array(("phone\n" + (0..<2000).map { "+\(phone($0))\n" }.joined()).utf8)
        async let one = world.importer.append(id, piece: 0, file, isLast: true)
        async let two = world.importer.append(id, piece: 0, file, isLast: true)
        let answers = try await [one, two]
        #expect(answers[0] == answers[1])
        #expect(answers[0].created == 2000)
    }

    @Test func `a piece that the store could not take whole is taken when it is sent again, every row counted once`() async throws {
        var options = StoreOptions()
        options.waitingLimit = 2
        // A file, because a store in memory is not read while its writer is held.
        let folder = FileManager.default.temporaryDirectory.appending(path: "wapro-\(UInt64.random(in: .min ... .max))").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let world = try World(.file("\(folder)/waprod.db"), options: options)
        let id = try await world.importer.begin(list: "all", defaultRegion: nil, fileName: nil)
        let file = Array(("phone\n" + (0..<1000).map { "+\(phone($0))\n" }.joined() + "nobody\n").utf8)
        let held = await HeldWriter(world.store)
        async let refused = world.importer.append(id, piece: 0, file, isLast: true)
        // Of the chunks that are under way at once, two wait for the writer and the others find no room.
        while world.store.waiting(.background) < 2 { try await Task.sleep(for: .milliseconds(1)) }
        // Nothing tells that the third was refused; it is handed in right after the second.
        try await Task.sleep(for: .milliseconds(200))
        held.letGo()
        do {
            _ = try await refused
            Issue.record("a piece that was not taken whole was answered")
        } catch {
            #expect(error as? StoreFailure == .overloaded)
        }
        let half = try #require(try await world.store.read { try $0.contactImport(id) })
        #expect(half.created == 200)
        #expect(half.state == .reading)
        await #expect(throws: ImportRefusal.otherPiece(0)) { try await world.importer.append(id, piece: 0, rows, isLast: true) }

        var record = half
        while record.state == .reading {
            do {
                record = try await world.importer.append(id, piece: 0, file, isLast: true)
            } catch StoreFailure.overloaded {
                continue
            }
        }
        #expect([record.lines, record.created, record.updated, record.unchanged, record.refused] == [1001, 1000, 0, 0, 1])
        #expect(try await world.store.read { try $0.list(named: "all")?.members } == 1000)
    }

    @Test func `pieces out of order, too large, after the end, or of no import are refused in words`() async throws {
        var limits = ImportLimits()
        limits.pieceBytes = 30
        let world = try World(limits: limits)
        let id = try await world.importer.begin(list: nil, defaultRegion: nil, fileName: nil)
        await #expect(throws: ImportRefusal.outOfOrder(expected: 0, got: 1)) {
            try await world.importer.append(id, piece: 1, rows, isLast: false)
        }
        await #expect(throws: ImportRefusal.pieceTooLarge(bytes: 31, limit: 30)) {
            try await world.importer.append(id, piece: 0, [UInt8](repeating: 65, count: 31), isLast: false)
        }
        _ = try await world.importer.append(id, piece: 0, rows, isLast: true)
        await #expect(throws: ImportRefusal.finished(id)) { try await world.importer.append(id, piece: 1, rows, isLast: true) }
        let other = ImportID(rawValue: 5)
        await #expect(throws: ImportRefusal.unknown(other)) { try await world.importer.append(other, piece: 0, rows, isLast: true) }
    }

    @Test func `imports that are open at once are bounded, and one that has gone quiet makes room`() async throws {
        var limits = ImportLimits()
        limits.openImports = 1
        let world = try World(limits: limits)
        let quiet = try await world.importer.begin(list: nil, defaultRegion: nil, fileName: nil)
        await #expect(throws: ImportRefusal.tooManyOpen(limit: 1)) {
            try await world.importer.begin(list: nil, defaultRegion: nil, fileName: nil)
        }
        world.clock.step(by: .seconds(601))
        _ = try await world.importer.begin(list: nil, defaultRegion: nil, fileName: nil)
        #expect(try await world.store.read { try $0.contactImport(quiet)?.state } == .failed)
    }

    @Test func `an import that a crash left half-read is called failed at the next start`() async throws {
        let world = try World()
        let id = try await world.importer.begin(list: nil, defaultRegion: nil, fileName: nil)
        _ = try await world.importer.append(id, piece: 0, rows, isLast: false)
        let next = Importer(store: world.store, clock: world.clock.wall)
        try await next.abandonEarlier()
        let record = try #require(try await world.store.read { try $0.contactImport(id) })
        #expect(record.state == .failed)
        #expect(record.created == 1)
        await #expect(throws: ImportRefusal.finished(id)) { try await next.append(id, piece: 1, rows, isLast: true) }
    }

    @Test func `a file that grows beyond the limit fails with one sentence`() async throws {
        var limits = ImportLimits()
        limits.fileBytes = 30
        let world = try World(limits: limits)
        let record = try await world.load("phone\n+4915112000001\n+4915112000002\n", pieces: 10)
        #expect(record.state == .failed)
        #expect(record.reason == "the file is larger than 30 bytes; split it")
    }
}
