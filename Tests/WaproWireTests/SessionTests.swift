import Testing
import WaproCore
import WaproRPC

@testable import WaproWire

@Suite(.timeLimit(.minutes(5))) struct SessionTests {
    @Test func `changes of one connection execute in the order of arrival, and reads overtake them`() async throws {
        let fixture = Fixture()
        try await Loopback.connect(try fixture.router(), as: Fixture.someone) { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await client(Change(label: "held 1", idempotencyKey: nil)) }
                await fixture.heldChange.arrived()
                group.addTask { _ = try await client(Change(label: "2", idempotencyKey: nil)) }
                #expect(try await client(Look(label: "a")) == "a 1000")
                #expect(fixture.log.all == ["begin held 1", "look a"])
                fixture.heldChange.letGo()
                try await group.waitForAll()
            }
        }
        #expect(fixture.log.all == ["begin held 1", "look a", "end held 1", "begin 2", "end 2"])
    }

    @Test func `beyond its calls in flight a connection is not read`() async throws {
        let fixture = Fixture()
        var settings = WireSettings()
        settings.callsInFlight = 2
        try await Loopback.connect(try fixture.router(), as: Fixture.someone, settings: settings) { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for label in ["held 1", "held 2"] { group.addTask { _ = try await client(Look(label: label)) } }
                await fixture.heldLook.arrived()
                await fixture.heldLook.arrived()
                group.addTask { _ = try await client(Look(label: "3")) }
                // Nothing proves that a thing will never happen; many turns of the scheduler come close.
                for _ in 0..<1000 { await Task.yield() }
                #expect(fixture.log.all == [])
                fixture.heldLook.letGo()
                fixture.heldLook.letGo()
                try await group.waitForAll()
            }
        }
        #expect(Set(fixture.log.all) == ["look held 1", "look held 2", "look 3"])
    }

    @Test func `what is kept sends after its reply, and ends when it is released`() async throws {
        let fixture = Fixture()
        try await Loopback.connect(try fixture.router(), as: Fixture.someone) { client in
            #expect(try await client(Subscribe()) == "ticks")
            for expected in 0..<100 { #expect(try await client.next(Tick.self)?.number == expected) }
            // A subscriber must keep reading, or the answer stays behind what it does not read.
            async let released = client(Unsubscribe())
            while !fixture.log.all.contains("kept ended") { _ = try await client.next(Tick.self) }
            #expect(try await released)
            #expect(try await client(Unsubscribe()) == false)
        }
    }

    @Test func `what is kept ends with its connection`() async throws {
        let fixture = Fixture()
        try await Loopback.connect(try fixture.router(), as: Fixture.someone) { client in
            _ = try await client(Subscribe())
            _ = try await client.next(Tick.self)
        }
        #expect(fixture.log.all == ["kept ended"])
    }

    @Test func `a reader who takes no answers is not read, and holds little`() async throws {
        let fixture = Fixture()
        let stuck = Held()
        var settings = WireSettings()
        settings.outputBytes = 200
        let session = Session(router: try fixture.router(), caller: Fixture.someone, settings: settings) { _ in await stuck.wait() }
        let lines = Mailbox<[Frame]>(limit: 1)
        let taken = Log()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await session.run(Counted(mailbox: lines) { taken.add("line") }) }
            group.addTask {
                for number in 0..<50 {
                    let line = #"{"jsonrpc":"2.0","method":"thing.look","params":["\#(number)"],"id":1}"#
                    try await lines.send([.line(Array(line.utf8))])
                }
                lines.finish()
            }
            await stuck.arrived()
            for _ in 0..<1000 { await Task.yield() }
            // Each answer has some 45 bytes: five and what was being read when the limit was passed.
            #expect(taken.all.count < 12)
            for _ in 0..<50 { stuck.letGo() }
            try await group.waitForAll()
        }
        #expect(fixture.log.all.count == 50)
    }

    private struct Counted: AsyncSequence, AsyncIteratorProtocol, Sendable {
        let mailbox: Mailbox<[Frame]>
        let count: @Sendable () -> Void
        func makeAsyncIterator() -> Counted { self }
        func next() async -> [Frame]? {
            let frame = await mailbox.next()
            if frame != nil { count() }
            return frame
        }
    }

    @Test func `a fault reaches the caller as it was thrown`() async throws {
        let fixture = Fixture()
        let viewer = Caller(uid: 7, gid: 7, groups: [], role: .viewer)
        try await Loopback.connect(try fixture.router(), as: viewer) { client in
            let failure = await #expect(throws: CallFailure.self) { try await client(Change(label: "a", idempotencyKey: nil)) }
            guard case .fault(let fault) = failure else { throw failure! }
            #expect(fault.kind == .forbidden && fault.hint != nil)
        }
    }
}
