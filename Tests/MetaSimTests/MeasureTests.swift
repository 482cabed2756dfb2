import Testing

@testable import MetaSim

/// What the ledger says about how hard the limits were pressed.
@Suite struct MeasureTests {
    @Test func `the peak is the fullest second of one number, wherever it begins`() async throws {
        try await Stage.run { stage in
            // 2 at 0.0 s, 3 at 0.9 s, 2 at 1.0 s: five within a second, though seven within 1.001.
            for (pause, count) in [(0, 2), (900, 3), (100, 2)] {
                stage.clock.step(milliseconds: Int64(pause))
                for index in 0..<count { _ = try await stage.send(Body.template("4477009\(10_000 + pause + index)")) }
            }
            _ = try await stage.send(Body.template("447700900456"), from: StandardWorld.highThroughputPhoneNumberID)
            #expect(stage.sim.ledger.peakPerSecond(StandardWorld.phoneNumberID) == 5)
            #expect(stage.sim.ledger.peakPerSecond(StandardWorld.highThroughputPhoneNumberID) == 1)
            #expect(stage.sim.ledger.peakPerSecond("1") == 0)
        }
    }

    @Test func `the shortest gap is between one number and one person`() async throws {
        try await Stage.run { stage in
            #expect(stage.sim.ledger.shortestGap == nil)
            _ = try await stage.send(Body.template("447700900456"))
            stage.clock.step(milliseconds: 10)
            _ = try await stage.send(Body.template("447700900789"))
            _ = try await stage.send(Body.template("447700900456"), from: StandardWorld.highThroughputPhoneNumberID)
            #expect(stage.sim.ledger.shortestGap == nil)
            stage.clock.step(milliseconds: 7_000)
            _ = try await stage.send(Body.template("447700900456"))
            stage.clock.step(milliseconds: 6_500)
            _ = try await stage.send(Body.template("447700900456"))
            #expect(stage.sim.ledger.shortestGap == 6_500)
        }
    }

    @Test func `the worst day counts different people, and only those messaged outside a window`() async throws {
        try await Stage.run { stage in
            #expect(stage.sim.ledger.mostBusinessInitiatedPerDay == 0)
            stage.sim.sendInbound(InboundMessage(from: "447700900009", text: "Hi"))
            _ = try await stage.send(Body.template("447700900009"))
            _ = try await stage.send(Body.text("447700900009"))
            #expect(stage.sim.ledger.mostBusinessInitiatedPerDay == 0)
            for index in [1, 2, 2] { _ = try await stage.send(Body.template("44770090000\(index)")) }
            stage.clock.step(milliseconds: 86_399_999)
            for index in [2, 3] { _ = try await stage.send(Body.template("44770090000\(index)")) }
            stage.clock.step(milliseconds: 1)
            _ = try await stage.send(Body.template("447700900004"), from: StandardWorld.highThroughputPhoneNumberID)
            // 1, 2, 3 within the first 24 hours; 2, 3, 4 within the next: the person 1 has left when 4 comes.
            #expect(stage.sim.ledger.mostBusinessInitiatedPerDay == 3)
        }
    }
}
