import MetaSim
import Testing
import WaproCore
import WaproRPC

@Suite(.serialized) struct LimitStories {
    @Test func `no more people are written to in 24 hours than the portfolio may, over campaigns, numbers and kills`() async throws {
        try await Stage.play { stage in
            stage.simulator.updateWorld { $0.portfolio.messagingLimit = "TIER_12" }
            let first = try await stage.startDaemon()
            try await stage.knowsLimit("TIER_12")
            try await stage.prepareCampaign("launch", people: 40)
            let before = try await stage.call { try await $0(CampaignForecast(campaign: "launch")) }
            #expect(before.left == 40 && before.limit.known == .messagingLimit && before.messagingLimit == 12 && before.messagingUsed == 0)
            #expect(before.days.map(\.messages) == [12, 12, 12, 4])
            try await stage.start("launch")
            try await stage.reaches(12)
            try await eventually { try await stage.report("launch", when: ["running"]).limit?.known == .messagingLimit }
            // Another number of the portfolio has no room of its own.
            let other = try await stage.call {
                try await $0(MessageSend(number: "support", to: "+447700900111", template: "hello_world", language: "en_US"))
            }
            #expect(try await stage.isSilent() && stage.simulator.ledger.count == 12)
            let waits = try await stage.call { try await $0(MessageShow(message: other.message)) }
            #expect(waits.state.known == .waiting && waits.reason?.contains("as many different people") == true)
            let forecast = try await stage.call { try await $0(CampaignForecast(campaign: "launch")) }
            #expect(forecast.left == 28 && forecast.messagingUsed == 12 && forecast.words.contains("different people in 24 hours"))
            let end = try #require(forecast.endAt)
            #expect(end > WallClock.live.now().advanced(by: .seconds(2 * 86_400)))
            let last = try #require(try await stage.recipients("launch", .waiting).last?.phone)
            #expect(try await stage.why("launch", last).answer.contains("different people in 24 hours"))
            first.kill()

            // Who was reached is in the store: a higher limit gives the difference and no more.
            stage.simulator.updateWorld { $0.portfolio.messagingLimit = "TIER_20" }
            let second = try await stage.startDaemon()
            try await stage.reaches(20)
            #expect(try await stage.isSilent() && stage.simulator.ledger.count == 20)
            #expect(stage.simulator.ledger.mostBusinessInitiatedPerDay == 20)
            let counts = try await stage.counts("launch")
            #expect(counts.sum == 40 && counts.failed == 0 && counts.inDoubt == 0)
            try await second.stop()
        }
    }

    @Test func `two campaigns to the same people keep six seconds, also over a kill; replies to who wrote do not wait`() async throws {
        let customer = "+447700900456"
        try await Stage.play({ ($0.pairGapMilliseconds, $0.pairBurst) = (6_000, 45) }) { stage in
            let first = try await stage.startDaemon()
            let people = Stage.people(5)
            try await stage.prepare("one", to: people + [customer])
            try await stage.prepare("two", to: people)
            try await stage.hear("Are you open?", from: customer)
            try await stage.start("one")
            try await stage.reaches(6)
            try await stage.start("two")
            try await eventually { try await stage.why("two", people[0]).answer.contains("got a message from this number just now") }
            let until = try await stage.why("two", people[0]).until
            #expect(until.map { $0 > WallClock.live.now() } == true)
            first.kill()
            let second = try await stage.startDaemon()
            let began = ContinuousClock.now
            try await stage.call { waprod in
                for text in ["Yes.", "Until six.", "See you."] {
                    _ = try await waprod(MessageSend(number: "offers", to: customer, text: text))
                }
            }
            try await eventually { stage.simulator.ledger.messages(to: customer).count { $0.type == "text" } == 3 }
            #expect(ContinuousClock.now - began < .seconds(3))
            _ = try await stage.report("two", when: ["finished"])
            // What is in doubt after the kill is settled by its status.
            try await stage.settle()
            for person in people {
                let times = stage.simulator.ledger.messages(to: person).map(\.time)
                #expect(times.count == 2 && times[1] - times[0] >= 5_700, "\(times)")
            }
            #expect(stage.simulator.ledger.entries.filter { $0.type == "template" }.count == 11)
            try await second.stop()
        }
    }

    @Test func `a number's rate, a campaign's rate and its daily cap hold, also when they change while it runs`() async throws {
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon(rate: 60)
            try await stage.prepareCampaign("launch", people: 300)
            let draft = try await stage.call { try await $0(CampaignForecast(campaign: "launch")) }
            #expect(draft.limit.known == .throughput && draft.left == 300 && abs(draft.rate - 54) < 1)
            try await stage.start("launch")
            try await stage.reaches(90)
            #expect(stage.simulator.ledger.peakPerSecond(StandardWorld.highThroughputPhoneNumberID) <= 66)

            try await stage.call { _ = try await $0(CampaignAdjust(campaign: "launch", rate: 5)) }
            let slowed = try await stage.call { try await $0(CampaignForecast(campaign: "launch")) }
            #expect(slowed.limit.known == .campaignRate && slowed.rate == 5 && slowed.words.contains("own limit of messages a second"))
            let before = stage.simulator.ledger.count
            try await Task.sleep(for: .seconds(2))
            let slow = stage.simulator.ledger.count - before
            #expect((5...20).contains(slow), "\(slow) left in two seconds at five a second")

            // What left today counts, though the cap came later.
            let capped = stage.simulator.ledger.count + 30
            try await stage.call { _ = try await $0(CampaignAdjust(campaign: "launch", rate: 1000, dailyCap: capped)) }
            try await stage.reaches(capped)
            try await eventually { try await stage.report("launch", when: ["running"]).limit?.known == .dailyCap }
            #expect(try await stage.isSilent() && stage.simulator.ledger.count == capped)
            let forecast = try await stage.call { try await $0(CampaignForecast(campaign: "launch")) }
            #expect(forecast.limit.known == .dailyCap && forecast.left == Int64(300 - capped))
            let last = try #require(try await stage.recipients("launch", .waiting).last?.phone)
            #expect(try await stage.why("launch", last).answer.contains("own limit of messages a day"))

            try await stage.call { _ = try await $0(CampaignAdjust(campaign: "launch", unlimited: true)) }
            _ = try await stage.report("launch", when: ["finished"])
            #expect(stage.simulator.ledger.count == 300 && stage.simulator.ledger.recipientCount == 300)
            #expect(stage.simulator.ledger.peakPerSecond(StandardWorld.highThroughputPhoneNumberID) <= 66)
            try await stage.refused(.campaignState) { _ = try await $0(CampaignAdjust(campaign: "launch", rate: 5)) }
            try await daemon.stop()
        }
    }

    @Test func `who had as much marketing as the frequency cap allows is skipped, and hears why`() async throws {
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon(extra: "sending: { frequency_cap: 1, frequency_period: 7d }")
            let people = Stage.people(5)
            try await stage.prepare("one", to: people)
            try await stage.prepare("two", to: people + ["+4915110000077"])
            try await stage.start("one")
            _ = try await stage.report("one", when: ["finished"])
            try await stage.start("two")
            let report = try await stage.report("two", when: ["finished"])
            #expect(report.counts.skipped == 5 && report.counts.sum == 6 && stage.simulator.ledger.count == 6)
            let why = try await stage.why("two", people[0])
            #expect(why.state?.known == .skipped && why.answer.contains("frequency cap") && why.nextStep.contains("sending.frequency_cap"))
            try await daemon.stop()
        }
    }
}

extension Stage {
    /// Waits until the daemon has heard from Meta what the portfolio may.
    fileprivate func knowsLimit(_ limit: String) async throws {
        try await eventually { try await self.call { try await $0(NumberShow(number: "offers")).messagingLimit == limit } }
    }
}
