import MetaSim
import Testing
import WaproCore
import WaproRPC

@Suite(.serialized) struct DoubtStories {
    /// People whose numbers end in 1 get the message and those that end in 2 do not; of neither comes an answer.
    private static let (taken, lost) = ("+4915110000001", "+4915110000002")

    @Test func `when evidence does not come in time a person is asked and decides; evidence that comes later goes before it`() async throws
    {
        try await Stage.play({ $0.breakAnswers(.close) }) { stage in
            let statuses = stage.simulator.hold(.webhook)
            let first = try await stage.startDaemon(extra: "doubt: { window: 1s }")
            try await stage.prepareCampaign("launch", people: 100)
            try await stage.start("launch")
            _ = try await stage.report("launch", when: ["finished"])
            try await eventually {
                let report = try await stage.report("launch", when: ["finished"])
                return report.counts.inDoubt == 20 && report.askedInDoubt == 20
            }
            #expect(try await stage.problems().contains { $0.hasPrefix("Of 20 messages nobody knows") })
            let why = try await stage.why("launch", Self.taken)
            #expect(why.nextStep.contains("message.resolve"))
            let doubtful = try await stage.message("launch", Self.taken)
            #expect(doubtful.state.known == .inDoubt && doubtful.askedAt != nil)

            // Nobody is in doubt about the rest, and nobody gets anything again by itself.
            #expect(try await stage.isSilent() && stage.simulator.ledger.count == 90)
            let others = ["+4915110000012", "+4915110000022"]
            let ids = try await [stage.message("launch", others[0]).id, stage.message("launch", others[1]).id]
            stage.simulator.adjust { $0.faults = [] }
            let decided = try await stage.call { waprod in
                [
                    try await waprod(MessageResolve(message: doubtful.id, verdict: .sent)).state.known,
                    try await waprod(MessageResolve(message: ids[0], verdict: .notSent)).state.known,
                    try await waprod(MessageResolve(message: ids[1], verdict: .resend)).state.known,
                ]
            }
            #expect(decided == [.accepted, .failed, .waiting])
            let refusal = try await stage.refused(.notInDoubt) { _ = try await $0(MessageResolve(message: ids[0], verdict: .sent)) }
            #expect(refusal.contains("failed"))
            try await eventually { stage.simulator.ledger.messages(to: others[1]).count == 1 }
            let rest = try await stage.call { try await $0(CampaignResolve(campaign: "launch", verdict: .notSent)) }
            #expect(rest.resolved == 17 && rest.inDoubt == 0)
            _ = try await stage.report("launch", when: ["finished"])
            #expect(try await stage.counts("launch").failed == 18)
            #expect(try await stage.why("launch", Self.lost).answer.contains("a person decided that it was not sent"))

            // A day later, and after a restart, Meta's statuses come: who had it had it, whatever was decided.
            #expect(try await first.stop() == 0)
            let second = try await stage.startDaemon(extra: "doubt: { window: 1s }")
            statuses.release()
            try await stage.settle()
            let counts = try await stage.counts("launch")
            #expect(counts.delivered + counts.read == 91 && counts.failed == 9 && counts.sum == 100)
            #expect(stage.simulator.ledger.count == 91 && stage.simulator.ledger.recipientCount == 91)
            #expect(try await stage.problems().isEmpty)
            try await second.stop()
        }
    }

    @Test func `a phone that is off counts too: sent alone settles what a person called not sent`() async throws {
        try await Stage.play({ ($0.deliveredShare, $0.faults) = (0, []) }) { stage in
            stage.simulator.adjust { $0.loseAnswers(accepts: true) }
            let statuses = stage.simulator.hold(.webhook)
            let daemon = try await stage.startDaemon()
            try await stage.prepareCampaign("launch", people: 2)
            try await stage.start("launch")
            try await eventually { try await stage.counts("launch").inDoubt == 2 }
            let early = try await stage.call { try await $0(CampaignResolve(campaign: "launch", verdict: .notSent)) }
            #expect(early.resolved == 0 && early.inDoubt == 2, "evidence may still come")
            let asked = try await stage.call { try await $0(CampaignResolve(campaign: "launch", verdict: .notSent, early: true)) }
            #expect(asked.resolved == 2 && asked.inDoubt == 0)
            statuses.release()
            try await stage.settle()
            let counts = try await stage.counts("launch")
            #expect(counts.sent == 2 && counts.failed == 0)
            try await daemon.stop()
        }
    }

    @Test func `where the configuration says so, what is in doubt is sent again, once`() async throws {
        try await Stage.play({ $0.loseAnswers(accepts: false, times: 5) }) { stage in
            let daemon = try await stage.startDaemon(extra: "doubt: { window: 1s, marketing: resend }")
            try await stage.prepareCampaign("launch", people: 20)
            try await stage.start("launch")
            try await eventually(within: .seconds(5)) { try await stage.counts("launch").inDoubt == 5 }
            let doubtful = try await stage.recipients("launch", .inDoubt).compactMap(\.phone)
            try await stage.reaches(20)
            _ = try await stage.report("launch", when: ["finished"])
            try await stage.settle()
            let counts = try await stage.counts("launch")
            #expect(counts.delivered + counts.read == 20)
            for person in doubtful {
                let message = try await stage.message("launch", person)
                #expect(message.attempts?.count == 2 && message.history?.contains { $0.because.contains("configuration") } == true)
            }
            // Another window later there is still one for each.
            #expect(try await stage.isSilent(for: .milliseconds(1500)))
            #expect(stage.simulator.ledger.count == 20 && stage.simulator.ledger.recipientCount == 20)
            try await daemon.stop()
        }
    }

    @Test func `Meta's history confirms what Meta took; its silence proves nothing`() async throws {
        try await Stage.play({
            $0.sendsStatuses = false
            $0.breakAnswers(.close)
        }) { stage in
            let daemon = try await stage.startDaemon(extra: "doubt: { window: 5s, history_calls: 1000 }")
            try await stage.prepareCampaign("launch", people: 30)
            try await stage.start("launch")
            _ = try await stage.report("launch", when: ["finished"])
            try await eventually(within: .seconds(15)) {
                let report = try await stage.report("launch", when: ["finished"])
                return report.counts.accepted == 27 && report.counts.inDoubt == 3 && report.askedInDoubt == 3
            }
            let confirmed = try await stage.message("launch", Self.taken)
            #expect(confirmed.state.known == .accepted)
            #expect(confirmed.history?.last?.because.contains("history") == true, "it says that it is an inference")
            let silent = try await stage.message("launch", Self.lost)
            #expect(silent.state.known == .inDoubt && silent.attempts?.count == 1)
            #expect(stage.simulator.ledger.count == 27)
            try await daemon.stop()
        }
    }
}
