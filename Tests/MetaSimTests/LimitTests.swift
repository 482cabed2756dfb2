import Testing

@testable import MetaSim

/// Rates (whatsapp-cloud-api, "Throughput and limits").
@Suite struct LimitTests {
    @Test func `one person gets 45 messages at once, then one each six seconds`() async throws {
        try await Stage.run { stage in
            for _ in 0..<45 { #expect(try await stage.send(Body.template("447700900456")).status == 200) }
            let refused = try await stage.send(Body.template("447700900456"))
            #expect(refused.status == 400)
            #expect(refused.code == 131_056)
            #expect(try await stage.send(Body.template("447700900789")).status == 200)
            #expect(try await stage.send(Body.template("447700900456"), from: StandardWorld.highThroughputPhoneNumberID).status == 200)
            stage.clock.step(milliseconds: 5_999)
            #expect(try await stage.send(Body.template("447700900456")).code == 131_056)
            stage.clock.step(milliseconds: 1)
            #expect(try await stage.send(Body.template("447700900456")).status == 200)
            #expect(try await stage.send(Body.template("447700900456")).code == 131_056)
        }
    }

    @Test func `a number of level standard takes 80 a second, inbound messages included`() async throws {
        try await Stage.run({ $0.knobs.throughputPerSecond = 0 }) { stage in
            for index in 0..<10 { stage.sim.sendInbound(InboundMessage(from: "44770090\(1_000 + index)", text: "Hi")) }
            for index in 0..<70 { #expect(try await stage.send(Body.template("44770090\(2_000 + index)")).status == 200) }
            let refused = try await stage.send(Body.template("447700903000"))
            #expect(refused.code == 130_429)
            #expect(refused.subcode == 2_494_055)
            #expect(refused.details == "Cloud API message throughput has been reached.")
            stage.clock.step(milliseconds: 13)
            #expect(try await stage.send(Body.template("447700903000")).status == 200)
        }
    }

    @Test func `the limit of a number can be set`() async throws {
        try await Stage.run({ $0.knobs.throughputPerSecond = 2 }) { stage in
            let codes = try await [
                stage.send(Body.template("447700900001")), stage.send(Body.template("447700900002")),
                stage.send(Body.template("447700900003")),
            ].map(\.status)
            #expect(codes == [200, 200, 400])
        }
    }
}
