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
            #expect(try await client(Subscribe()) == "ticks_1")
            for expected in 0..<100 { #expect(try await client.next(Tick.self)?.number == expected) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                // A subscriber must keep reading, or the answer stays behind what it does not read.
                group.addTask { while try await client.next(Tick.self) != nil {} }
                #expect(try await client(Unsubscribe()))
                while !fixture.log.all.contains("kept ended") { try await Task.sleep(for: .milliseconds(1)) }
                #expect(try await client(Unsubscribe()) == false)
                group.cancelAll()
            }
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

    private func slug(_ body: () async throws -> String) async -> String {
        do {
            return try await body()
        } catch CallFailure.fault(let fault) {
            return fault.kind.slug
        } catch {
            return "\(error)"
        }
    }

    @Test func `a read is cancelled by its id, a change only before it has begun`() async throws {
        let fixture = Fixture()
        let answers = Log()
        let session = Session(router: try fixture.router(), caller: Fixture.someone, settings: WireSettings()) { answers.add($0) }
        let lines = Mailbox<[Frame]>(limit: 1)
        func send(_ method: String, _ parameter: String, id: String? = nil) async throws {
            let id = id.map { #","id":"\#($0)""# } ?? ""
            try await lines.send([.line(Array(#"{"jsonrpc":"2.0","method":"\#(method)","params":["\#(parameter)"]\#(id)}"#.utf8))])
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await session.run(Counted(mailbox: lines) {}) }
            group.addTask {
                try await send("thing.look", "held", id: "r")
                await fixture.heldLook.arrived()
                // Read in one go, the second is of the first.
                try await lines.send([
                    .line(Array(#"{"jsonrpc":"2.0","method":"thing.look","params":["endless"],"id":"p"}"#.utf8)),
                    .line(Array(#"{"jsonrpc":"2.0","method":"rpc.cancel","params":["p"],"id":"0"}"#.utf8)),
                ])
                try await send("rpc.cancel", "r", id: "1")
                try await send("rpc.cancel", "r", id: "2")
                fixture.heldLook.letGo()
                try await send("thing.change", "held", id: "a")
                await fixture.heldChange.arrived()
                try await send("thing.change", "b", id: "b")
                try await send("rpc.cancel", "a", id: "3")
                // A notification does it too.
                try await send("rpc.cancel", "b")
                try await send("thing.look", "end", id: "4")
                while !answers.all.contains(where: { $0.contains("end 1000") }) { try await Task.sleep(for: .milliseconds(1)) }
                fixture.heldChange.letGo()
                lines.finish()
            }
            try await group.waitForAll()
        }
        #expect(fixture.log.all.filter { !["look end", "look endless"].contains($0) } == ["look held", "begin held", "end held"])
        let found = Set(
            answers.all.flatMap { $0.split(separator: "\n") }.compactMap { line -> String? in
                guard let answer = try? JSONValue.parse(String(line)) else { return nil }
                let said = answer["error"]?["data"]?["type"]?.text ?? answer["result"]?["cancelled"].map { $0 == true ? "yes" : "no" }
                return "\(answer["id"]?.text ?? "") \(said ?? answer["result"]?.text ?? "")"
            }
        )
        #expect(found == ["p cancelled", "0 yes", "r cancelled", "1 yes", "2 no", "a held", "3 no", "b cancelled", "4 end 1000"])
    }

    @Test func `a call is not waited for longer than it says, and a change that has begun is done`() async throws {
        let fixture = Fixture()
        try await Loopback.connect(try fixture.router(), as: Fixture.someone) { client in
            let look = await slug {
                try await client.transport.call(Look.name, parameters: ["label": "endless"], timeout: .milliseconds(20)).text ?? ""
            }
            #expect(look == "timeout")
            func change(_ label: String, _ timeout: Duration?) async -> String {
                await slug {
                    try await client.transport.call(Change.name, parameters: ["label": .string(label)], timeout: timeout).text ?? ""
                }
            }
            async let begun = change("held", .milliseconds(500))
            await fixture.heldChange.arrived()
            async let late = change("late", .milliseconds(1))
            async let patient = change("patient", nil)
            try await Task.sleep(for: .milliseconds(600))
            fixture.heldChange.letGo()
            #expect(await (begun, late, patient) == ("held", "timeout", "patient"))
        }
    }

    /// The answers by their ids, in order: the slug of a fault, or the result.
    private func told(_ answers: Log) -> [String] {
        answers.all.flatMap { $0.split(separator: "\n") }.compactMap { line -> String? in
            guard let answer = try? JSONValue.parse(String(line)), let id = answer["id"]?.text else { return nil }
            return "\(id) \(answer["error"]?["data"]?["type"]?.text ?? answer["result"]?.compact ?? "")"
        }
    }

    private func line(_ method: String, _ parameter: String, id: String, timeout: Int? = nil) -> Frame {
        let meta = timeout.map { #","meta":{"timeout_ms":\#($0)}"# } ?? ""
        return .line(Array(#"{"jsonrpc":"2.0","method":"\#(method)","params":["\#(parameter)"],"id":"\#(id)"\#(meta)}"#.utf8))
    }

    @Test func `a change that waits is told at once that it will not be done, and is told it once`() async throws {
        let fixture = Fixture()
        let answers = Log()
        let session = Session(router: try fixture.router(), caller: Fixture.someone, settings: WireSettings()) { answers.add($0) }
        let (frames, frame) = AsyncStream.makeStream(of: [Frame].self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await session.run(frames) }
            frame.yield([line("thing.change", "held", id: "a")])
            await fixture.heldChange.arrived()
            frame.yield([
                line("thing.change", "late", id: "b", timeout: 20), line("thing.change", "cancelled", id: "c"),
                line("thing.change", "patient", id: "d", timeout: 60_000), line("rpc.cancel", "c", id: "1"),
                // Its id is free again as soon as it was answered.
                line("thing.change", "again", id: "c"), line("rpc.cancel", "c", id: "2"), line("rpc.cancel", "c", id: "3"),
            ])
            let early = ["b timeout", "c cancelled", "c cancelled"]
            let end = ContinuousClock.now + .seconds(20)
            while told(answers).count(where: early.contains) < early.count, .now < end { try await Task.sleep(for: .milliseconds(1)) }
            #expect(told(answers).filter(early.contains).sorted() == early)
            #expect(fixture.log.all == ["begin held"])
            fixture.heldChange.letGo()
            frame.finish()
            try await group.waitForAll()
        }
        #expect(fixture.log.all == ["begin held", "end held", "begin patient", "end patient"])
        let yes = #"{"cancelled":true}"#
        let all = [
            "1 \(yes)", "2 \(yes)", #"3 {"cancelled":false}"#, #"a "held""#, "b timeout", "c cancelled", "c cancelled", #"d "patient""#,
        ]
        #expect(told(answers).sorted() == all)
    }

    @Test func `what was asked to be kept, and cancelled before its answer, takes no place and is never begun`() async throws {
        let held = Held()
        let fixture = Fixture(heldSubscribe: held)
        let answers = Log()
        let session = Session(router: try fixture.router(), caller: Fixture.someone, settings: WireSettings()) { answers.add($0) }
        let (frames, frame) = AsyncStream.makeStream(of: [Frame].self)
        func subscribe(_ id: String) -> Frame { .line(Array(#"{"jsonrpc":"2.0","method":"thing.subscribe","id":"\#(id)"}"#.utf8)) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await session.run(frames) }
            frame.yield([subscribe("s")])
            await held.arrived()
            frame.yield([subscribe("t")])
            await held.arrived()
            frame.yield([line("rpc.cancel", "s", id: "1")])
            while told(answers).isEmpty { try await Task.sleep(for: .milliseconds(1)) }
            held.letGo()
            held.letGo()
            while told(answers).count < 3 { try await Task.sleep(for: .milliseconds(1)) }
            held.letGo()
            frame.yield([subscribe("u")])
            frame.finish()
            try await group.waitForAll()
        }
        // One at most is kept: the second found the place taken, the third did not.
        #expect(told(answers).sorted() == [#"1 {"cancelled":true}"#, "s cancelled", #"t "none""#, #"u "ticks_2""#])
    }

    @Test func `a session that is ended with more changes read than it may have in flight comes to its end`() async throws {
        let fixture = Fixture()
        var settings = WireSettings()
        settings.callsInFlight = 2
        let session = Session(router: try fixture.router(), caller: Fixture.someone, settings: settings) { _ in }
        let (frames, frame) = AsyncStream.makeStream(of: [Frame].self)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await session.run(frames) }
            frame.yield(["held", "b", "c", "d"].map { line("thing.change", $0, id: $0) })
            await fixture.heldChange.arrived()
            group.cancelAll()
            fixture.heldChange.letGo()
        }
        #expect(fixture.log.all.prefix(2) == ["begin held", "end held"])
    }

    @Test func `nobody is worked for who has gone, but a change that has begun is finished`() async throws {
        let fixture = Fixture()
        let session = Session(router: try fixture.router(), caller: Fixture.someone, settings: WireSettings()) { _ in throw Gone() }
        let (frames, frame) = AsyncStream.makeStream(of: [Frame].self)
        let ended = Log()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await session.run(frames)
                ended.add("session")
            }
            frame.yield([line("thing.change", "held", id: "a")])
            await fixture.heldChange.arrived()
            frame.yield([
                line("thing.look", "endless", id: "r"),
                .line(Array(#"[{"jsonrpc":"2.0","method":"thing.look","params":["endless"],"id":"s"}]"#.utf8)),
                line("thing.change", "b", id: "b"), line("thing.look", "last", id: "l"),
            ])
            while !fixture.log.all.contains("look last") { try await Task.sleep(for: .milliseconds(1)) }
            // Both reads end because the answer to the last one could not be given.
            let end = ContinuousClock.now + .seconds(20)
            while fixture.log.all.count(where: { $0 == "look endless" }) < 2, .now < end { try await Task.sleep(for: .milliseconds(1)) }
            frame.yield([line("thing.look", "too late", id: "x"), line("thing.change", "too late", id: "y")])
            fixture.heldChange.letGo()
            while ended.all.isEmpty, .now < end { try await Task.sleep(for: .milliseconds(1)) }
            #expect(ended.all == ["session"])
            group.cancelAll()
            frame.finish()
        }
        #expect(fixture.log.all.sorted() == ["begin held", "end held", "look endless", "look endless", "look last"])
    }

    private struct Gone: Error {}

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
