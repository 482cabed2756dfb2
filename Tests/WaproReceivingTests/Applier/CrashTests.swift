import FoundationEssentials
import Synchronization
import Testing
import WaproCore
import WaproStore

@testable import WaproReceiving

@Suite(.timeLimit(.minutes(5)))
struct CrashTests {
    /// A body of 600 updates: statuses of ours and of others, and a kind of change that nobody knows.
    private func body(_ world: World) async throws -> ([AttemptID], String) {
        var attempts: [AttemptID] = []
        for index in 0..<300 { attempts.append(try await world.accepted("wamid.\(index)", to: 4_917_600_000_000 + Int64(index))) }
        let statuses = (0..<300).flatMap { [Webhook.status("delivered", "wamid.\($0)"), Webhook.status("sent", "wamid.foreign.\($0)")] }
        return (attempts, Webhook.statuses(statuses))
    }

    @Test func `a crash between two commits of a body is harmless`() async throws {
        for survived in 0...2 {
            let world = try await World()
            let (attempts, body) = try await body(world)
            try await world.journal(body)
            // Some parcels are committed, then the process is gone: nothing of the reader's memory is left.
            let entries = try await world.store.read { try $0.waitingJournal(after: nil, limit: 9) }
            let applier = Applier(storeName: world.store.name)
            var open = Tally()
            for parcel in Parcel.pack(entries.map { Reading($0) }).prefix(survived) {
                let before = open
                open = try await world.store.write(.applying) { try applier.apply(parcel, after: before, in: $0) }.open
            }
            #expect(try await world.store.journal().waiting == 1)

            try await Reader(store: world.store, logger: silent).applyWaiting()
            for attempt in attempts { #expect(try await world.state(of: attempt) == .delivered) }
            #expect(try await world.counts == ["status.foreign": 300])
            #expect(try await world.store.journal().waiting == 0)
        }
    }

    @Test func `what was journaled before a crash is applied after it`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "wapro-\(UInt64.random(in: .min ... .max))").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let world = try await World(.file("\(folder)/waprod.db"))
        let attempt = try await world.accepted("wamid.A")
        try await withListener(world.store) { _, port in
            let peer = try await Peer(port: port)
            #expect(try await peer.ask(post(Webhook.statuses([Webhook.status("read", "wamid.A")]))).status == 200)
        }
        // The files as a crash leaves them: copied under the open store, its log not written back.
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: "\(folder)/waprod.db\(suffix)", toPath: "\(folder)/crashed.db\(suffix)")
        }
        let crashed = try Store(.file("\(folder)/crashed.db"))
        #expect(try await crashed.journal().waiting == 1)
        try await Reader(store: crashed, logger: silent).applyWaiting()
        #expect(try await crashed.read { try $0.message(attempt.message)?.state } == .read)
        try await crashed.close()
        try await world.store.close()
    }

    @Test(arguments: [0, 1, 3])
    func `a body of which a part is not applied is never marked as applied without it`(failing: Int) async throws {
        // A file, because a store in memory is not read while its writer is held.
        let folder = FileManager.default.temporaryDirectory.appending(path: "wapro-\(UInt64.random(in: .min ... .max))").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let world = try await World(.file("\(folder)/waprod.db"))
        let (attempts, body) = try await body(world)
        try await world.journal(body, Webhook.statuses([Webhook.status("sent", "wamid.foreign.next")]))
        let applier = Applier(storeName: world.store.name)
        let calls = Mutex(0)
        // Several parcels are with the writer at once when one of them fails; then the body's first, when it is tried alone.
        let reader = Reader(store: world.store, logger: silent) { parcel, open, transaction in
            let call = calls.withLock { calls in
                defer { calls += 1 }
                return calls
            }
            let begins = parcel.parts[0].updates.startIndex == 0 && parcel.parts[0].updates.count > 1
            if call == failing || (call > failing && begins) { throw StoreFailure.refused("a defect") }
            return try applier.apply(parcel, after: open, in: transaction)
        }
        let held = await HeldWriter(world.store)
        async let failures = reader.applyWaiting()
        while world.store.waiting(.applying) < Reader.underWay { try await Task.sleep(for: .milliseconds(1)) }
        held.letGo()
        #expect(try await failures == 1)
        #expect(try await world.store.journal().waiting == 1, "the other body is applied")

        try await Reader(store: world.store, logger: silent).applyWaiting()
        for attempt in attempts { #expect(try await world.state(of: attempt) == .delivered) }
        #expect(try await world.counts == ["status.foreign": 301])
        #expect(try await world.store.journal().waiting == 0)
    }

    @Test func `a body of which the store refused parts waits whole, and is counted once when it is applied`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "wapro-\(UInt64.random(in: .min ... .max))").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var options = StoreOptions()
        options.waitingLimit = Reader.underWay - 2
        let world = try await World(.file("\(folder)/waprod.db"), options: options)
        let (attempts, body) = try await body(world)
        try await world.journal(body)
        let held = await HeldWriter(world.store)
        async let failed: StoreFailure? = {
            do { try await Reader(store: world.store, logger: silent).applyWaiting() } catch let failure as StoreFailure { return failure }
            return nil
        }()
        while world.store.waiting(.applying) < options.waitingLimit { try await Task.sleep(for: .milliseconds(1)) }
        // Nothing tells that the next were refused; they are handed in right after.
        try await Task.sleep(for: .milliseconds(200))
        held.letGo()
        #expect(try await failed == .overloaded)
        #expect(try await world.store.journal().waiting == 1)
        #expect(try await world.counts.isEmpty)
        try await world.store.close()

        let store = try Store(.file("\(folder)/waprod.db"))
        try await Reader(store: store, logger: silent).applyWaiting()
        for attempt in attempts { #expect(try await store.read { try $0.message(attempt.message)?.state } == .delivered) }
        #expect(try await store.read { try $0.changeCounts().map(\.count) } == [300])
        #expect(try await store.journal().waiting == 0)
        try await store.close()
    }

    @Test func `a body that fails for a defect of ours is put aside after three tries, and others go on`() async throws {
        let world = try await World()
        let attempt = try await world.accepted("wamid.A")
        try await world.journal(Webhook.text("wamid.poison"), Webhook.statuses([Webhook.status("sent", "wamid.A")]))
        let applier = Applier(storeName: world.store.name)
        let reader = Reader(store: world.store, logger: silent) { parcel, open, transaction in
            let isPoison = parcel.parts.contains { part in
                part.updates.contains { if case .inbound(let inbound) = $0 { inbound.wamid == "wamid.poison" } else { false } }
            }
            if isPoison { throw StoreFailure.refused("a defect") }
            return try applier.apply(parcel, after: open, in: transaction)
        }
        #expect(try await reader.applyWaiting() == 1)
        #expect(try await world.state(of: attempt) == .sent)
        #expect(try await reader.applyWaiting() == 1)
        #expect(try await world.store.journal().quarantined == 0)
        #expect(try await reader.applyWaiting() == 0)
        #expect(try await world.store.journal().quarantined == 1)
        #expect(try await world.store.journal().waiting == 0)
    }
}
