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

    @Test func `the portfolio messages so many different people first in 24 hours, and then no more`() async throws {
        try await Stage.run({ $0.world.portfolio.messagingLimit = "TIER_3" }) { stage in
            for index in 1...3 { #expect(try await stage.send(Body.template("44770090000\(index)")).status == 200) }
            let refused = try await stage.send(Body.template("447700900004"), from: StandardWorld.highThroughputPhoneNumberID)
            #expect(refused.status == 400 && refused.code == 131_048, "the limit is the portfolio's, not a number's")
            #expect(try await stage.send(Body.template("447700900001")).status == 200, "who counts already may be messaged again")
            // A conversation is not business-initiated, and the window is the number's.
            stage.sim.sendInbound(InboundMessage(from: "447700900005", text: "Hi", to: StandardWorld.phoneNumberID))
            #expect(try await stage.send(Body.template("447700900005")).status == 200)
            #expect(try await stage.send(Body.text("447700900005")).status == 200)
            let other = try await stage.send(Body.template("447700900005"), from: StandardWorld.highThroughputPhoneNumberID)
            #expect(other.code == 131_048)
            stage.clock.step(milliseconds: 86_399_999)
            #expect(try await stage.send(Body.template("447700900004")).code == 131_048)
            stage.clock.step(milliseconds: 1)
            for index in 4...6 { #expect(try await stage.send(Body.template("44770090000\(index)")).status == 200) }
            #expect(try await stage.send(Body.template("447700900002")).code == 131_048)
            #expect(stage.sim.ledger.mostBusinessInitiatedPerDay == 3)
        }
    }

    @Test func `a person who is messaged again counts from then on`() async throws {
        try await Stage.run({ $0.world.portfolio.messagingLimit = "TIER_1" }) { stage in
            for _ in 0..<2 {
                let sent = try await stage.send(Body.template("447700900001"))
                #expect(sent.status == 200)
                stage.clock.step(milliseconds: 80_000_000)
            }
            #expect(try await stage.send(Body.template("447700900002")).code == 131_048)
        }
    }

    @Test func `a limit that comes into force counts who was messaged before it`() async throws {
        try await Stage.run { stage in
            for index in 1...3 { _ = try await stage.send(Body.template("44770090000\(index)")) }
            stage.sim.updateWorld { $0.portfolio.messagingLimit = "TIER_3" }
            #expect(try await stage.send(Body.template("447700900004")).code == 131_048)
            #expect(try await stage.send(Body.template("447700900003")).status == 200)
        }
    }

    @Test(arguments: [
        ("TIER_250", 250), ("TIER_2K", 2_000), ("TIER_10K", 10_000), ("TIER_100K", 100_000), ("TIER_UNLIMITED", nil), ("TIER_12", 12),
    ])
    func `a tier names a number of people`(tier: String, people: Int?) {
        #expect(Portfolio(messagingLimit: tier).peoplePerDay == people)
    }
}
