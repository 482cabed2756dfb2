import MetaSim
import Testing
import WaproCore
import WaproRPC

@Suite(.serialized) struct HoldStories {
    private static let people = 400
    private static let customer = "+447700900456"

    /// Orders a hold and sees that what was not on the wire by the answer never is.
    private func hold(_ order: SystemHold, on stage: Stage) async throws {
        let holds = try await stage.call { try await $0(order).holds }
        let answeredAt = WallClock.live.now().milliseconds
        #expect(holds.count == 1 && holds[0].reason == "wrong price")
        try await eventually { try await stage.counts("launch").sending == 0 }
        #expect(try await stage.isSilent())
        let last = stage.simulator.ledger.entries.map(\.time).max() ?? 0
        #expect(last - answeredAt < 1000, "Meta took a message \(last - answeredAt) ms after the answer")
        #expect(stage.simulator.ledger.count < Self.people, "everything was sent before the hold; the story shows nothing")
    }

    @Test func `a hold of a number or an account stops its campaign at once, and lets it go on when it is released`() async throws {
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon(rate: 150)
            try await stage.prepareCampaign("launch", people: Self.people)
            try await stage.start("launch")
            try await stage.reaches(20)
            // Another number's hold is not ours.
            try await stage.call { _ = try await $0(SystemHold(number: "support")) }
            try await stage.reaches(stage.simulator.ledger.count + 20)
            try await stage.call { _ = try await $0(SystemRelease(number: "support")) }
            try await hold(SystemHold(number: "offers", reason: "wrong price"), on: stage)
            #expect(try await stage.call { try await $0(NumberShow(number: "offers")).held })
            let other = try await stage.refused(.conflict) { _ = try await $0(SystemRelease()) }
            #expect(other.contains("number offers"), "it says what is held instead")
            var reached = stage.simulator.ledger.count
            try await stage.call { _ = try await $0(SystemRelease(number: "offers")) }
            try await stage.reaches(reached + 20)
            try await hold(SystemHold(account: "goods", reason: "wrong price"), on: stage)
            reached = stage.simulator.ledger.count
            let released = try await stage.call { try await $0(SystemRelease(account: "goods")) }
            #expect(released.campaigns.map(\.waiting) == [Int64(Self.people - reached)] && released.holds.isEmpty)
            _ = try await stage.report("launch", when: ["finished"])
            try await stage.settle()
            let counts = try await stage.counts("launch")
            #expect(counts.delivered + counts.read == Int64(Self.people))
            #expect(stage.simulator.ledger.count == Self.people && stage.simulator.ledger.recipientCount == Self.people)
            try await daemon.stop()
        }
    }

    @Test func `a hold of everything outlasts a kill; replies wait, webhooks come in, and the release says what it sends`() async throws {
        try await Stage.play { stage in
            let first = try await stage.startDaemon(rate: 150)
            try await stage.prepareCampaign("launch", people: Self.people)
            try await stage.hear("Are you open?", from: Self.customer)
            try await stage.start("launch")
            try await stage.reaches(40)
            try await hold(SystemHold(reason: "wrong price"), on: stage)
            first.kill()

            let second = try await stage.startDaemon(rate: 2000)
            let reached = stage.simulator.ledger.count
            try await stage.hear("Anybody there?", from: Self.customer)
            let (inbound, reply, status) = try await stage.call { waprod in
                let inbound = try await waprod(MessageList(contact: Self.customer, direction: .inbound)).items
                let reply = try await waprod(MessageSend(number: "offers", to: Self.customer, text: "Yes, until six."))
                return (inbound.map(\.text), reply, try await waprod(SystemStatus()))
            }
            #expect(inbound == ["Anybody there?", "Are you open?"])
            #expect(status.state.known == .degraded)
            #expect(status.problems.contains { $0.hasPrefix("Nothing leaves: ") && $0.contains("wrong price") })
            try await stage.refused(.conflict) { _ = try await $0(SystemHold()) }
            let report = try await stage.report("launch", when: ["running"])
            #expect(report.rateNow == 0 && report.counts.sum == Int64(Self.people) && report.counts.inDoubt == 0)
            let waits = try await stage.recipients("launch", .waiting)
            let why = try await stage.why("launch", try #require(waits.first?.phone))
            #expect(why.answer.contains("nothing leaves") && why.answer.contains("wrong price") && why.nextStep.contains("release"))

            let dry = try await stage.call { try await $0(SystemRelease(dryRun: true)) }
            #expect(!dry.released && dry.holds.count == 1 && dry.direct == 1)
            #expect(dry.campaigns.map(\.campaign) == ["launch"] && dry.campaigns[0].waiting == Int64(Self.people - reached))
            #expect(try await stage.isSilent() && stage.simulator.ledger.count == reached)
            let message = try await stage.call { try await $0(MessageShow(message: reply.message)) }
            #expect(message.state.known == .waiting && message.reason?.contains("wrong price") == true, "\(message.reason ?? "")")

            let released = try await stage.call { try await $0(SystemRelease()) }
            #expect(released.released && released.holds.isEmpty && released.direct == 1)
            #expect(released.campaigns.map(\.waiting) == dry.campaigns.map(\.waiting))
            _ = try await stage.report("launch", when: ["finished"])
            try await eventually { stage.simulator.ledger.messages(to: Self.customer).count == 1 }
            try await stage.settle()
            let counts = try await stage.counts("launch")
            #expect(counts.delivered + counts.read == Int64(Self.people))
            #expect(stage.simulator.ledger.count == Self.people + 1 && stage.simulator.ledger.recipientCount == Self.people + 1)
            try await second.stop()
        }
    }
}
