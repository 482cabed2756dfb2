import Testing

@testable import MetaSim

@Suite struct FaultTests {
    @Test(arguments: [(true, 1), (false, 0)])
    func `a connection is closed without a byte, with or without acceptance`(accepts: Bool, count: Int) async throws {
        try await Stage.run({ $0.knobs.faults = [Fault(.close, accepts: accepts)] }) { stage in
            await #expect(throws: CallbackFailure.closed) { try await stage.send(Body.template("447700900456")) }
            #expect(stage.sim.ledger.count == count)
        }
    }

    @Test func `an accepted message may never be answered`() async throws {
        try await Stage.run({ $0.knobs.faults = [Fault(.silence)] }) { stage in
            let path = "/v25.0/\(StandardWorld.phoneNumberID)/messages"
            let hold = stage.sim.hold(.webhook) { $0.kind == "sent" }
            async let answer = stage.call("POST", path, body: Body.template("447700900456"), milliseconds: 50)
            await hold.reached()
            hold.release()
            var failure: CallbackFailure?
            do { _ = try await answer } catch let error as CallbackFailure { failure = error }
            #expect(failure == .timedOut)
            #expect(stage.sim.ledger.count == 1)
            #expect(await stage.statuses().count == 3)
        }
    }

    @Test func `a gateway answers without Meta's envelope`() async throws {
        try await Stage.run({ $0.knobs.faults = [Fault(.html, accepts: false, times: 1)] }) { stage in
            let reading = try await stage.send(Body.template("447700900456"))
            #expect(reading.status == 502)
            #expect(reading.json.isEmpty)
            #expect(try await stage.send(Body.template("447700900456")).status == 200)
            #expect(stage.sim.knobs.faults.isEmpty)
        }
    }

    @Test func `a 200 may be unreadable, or end in the middle`() async throws {
        try await Stage.run { stage in
            let garbage = try await stage.send(Body.template("447799900006"))
            #expect(garbage.status == 200)
            #expect(garbage.json.isEmpty && !garbage.bytes.isEmpty)
            await #expect(throws: (any Error).self) { try await stage.send(Body.template("447799900007")) }
            #expect(stage.sim.ledger.count == 2)
        }
    }

    @Test func `a fault concerns only the recipients it names`() async throws {
        try await Stage.run({
            $0.knobs.faults = [Fault(.error, code: 131_016, suffix: "456"), Fault(.failed, code: 131_026, suffix: "789")]
        }) { stage in
            let error = try await stage.send(Body.template("447700900456"))
            #expect(error.status == 500)
            #expect(error.code == 131_016)
            #expect(try await stage.send(Body.template("447700900789")).status == 200)
            #expect(try await stage.send(Body.template("447700900111")).status == 200)
            #expect(await stage.statuses().filter { $0.kind == "failed" }.map(\.code) == [131_026])
        }
    }

    @Test func `a share of sends fails, the same ones for the same seed`() async throws {
        func outcomes() async throws -> [Int] {
            var statuses: [Int] = []
            try await Stage.run({ $0.knobs.faults = [Fault(.error, share: 0.5)] }) { stage in
                for index in 0..<60 { statuses.append(try await stage.send(Body.template("4477009\(10_000 + index)")).status) }
            }
            return statuses
        }
        let first = try await outcomes()
        #expect((15...45).contains(first.count { $0 == 500 }))
        #expect(try await outcomes() == first)
    }

    @Test(arguments: [("131016", 500), ("130429", 400), ("080007", 400), ("000002", 503)])
    func `a transient magic number fails twice, then goes through`(ending: String, status: Int) async throws {
        try await Stage.run { stage in
            let to = "447799\(ending)"
            var statuses: [Int] = []
            for _ in 0..<3 { statuses.append(try await stage.send(Body.template(to)).status) }
            #expect(statuses == [status, status, 200])
            #expect(stage.sim.ledger.messages(to: to).count == 1)
        }
    }

    @Test func `magic can be switched off`() async throws {
        try await Stage.run({ $0.knobs.magicNumbers = false }) { stage in
            let reading = try await stage.send(Body.template("447799000190"))
            #expect(reading.status == 200)
        }
    }
}
