import MetaSim
import Testing
import WaproCore
import WaproRPC

/// `campaign.why`: one answer for every recipient, with its time and what to do next (promise P10).
@Suite(.serialized) struct WhyStories {
    /// An answer that says these words, in this state, since when, and what to do.
    private func expect(
        _ reply: CampaignWhy.Reply,
        _ state: MessageState?,
        _ words: String,
        next: String,
        at location: SourceLocation = #_sourceLocation
    ) {
        #expect(reply.state?.known == state, sourceLocation: location)
        #expect(reply.answer.contains(words), sourceLocation: location)
        #expect(reply.nextStep.contains(next), sourceLocation: location)
        #expect(reply.isRecipient == (state != nil) && (reply.since != nil) == (state != nil), sourceLocation: location)
    }

    @Test func `who got it, was refused, opted out, is held back by Meta or in doubt: each has an answer`() async throws {
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon()
            let reached = "+4915110000001"
            let stopped = "+4915110000002"
            // Endings in 99 and a code make the simulated Meta answer with that code.
            let (undeliverable, sender, deferred, lost) = ("+447799131026", "+447799131021", "+447799131049", "+447799900003")
            try await stage.prepare("launch", to: [reached, stopped, undeliverable, sender, deferred, lost])
            stage.stopsMarketing(stopped)
            try await stage.settle()
            try await stage.start("launch")
            try await eventually {
                try await stage.settle()
                let counts = try await stage.counts("launch")
                return counts.delivered + counts.read == 1 && counts.failed == 2 && counts.waiting == 1 && counts.inDoubt == 1
            }
            let got = try await stage.why("launch", reached)
            #expect(got.state?.known == .delivered || got.state?.known == .read)
            #expect(got.history.contains { $0.to.known == .delivered })
            #expect(got.message != nil && got.since != nil && got.nextStep == "Nothing.")
            expect(try await stage.why("launch", stopped), .skipped, "opted out of marketing", next: "does not want marketing")
            expect(try await stage.why("launch", undeliverable), .failed, "(code 131026)", next: "another channel")
            expect(try await stage.why("launch", sender), .failed, "the recipient is the sending number", next: "Leave the number out")
            let waits = try await stage.why("launch", deferred)
            expect(waits, .waiting, "(code 131049)", next: "by itself")
            let now = WallClock.live.now()
            let until = try #require(waits.until)
            #expect(now.advanced(by: .seconds(86_300)) < until && until < now.advanced(by: .seconds(31 * 3600)))
            expect(try await stage.why("launch", lost), .inDoubt, "may have been sent, and may not", next: "Wait: a status")

            _ = try await stage.bringIn(Array("phone\n+4915110000098\n".utf8), list: "launch")
            expect(try await stage.why("launch", "+4915110000098"), nil, "after it was frozen", next: "message.send")
            _ = try await stage.bringIn(Array("phone\n+4915110000099\n".utf8), list: "others")
            expect(try await stage.why("launch", "+4915110000099"), nil, "not on the list \"launch\"", next: "import the person")
            try await stage.refused(.notFound) { _ = try await $0(CampaignWhy(campaign: "launch", recipient: "+4915110000097")) }
            try await daemon.stop()
        }
    }

    @Test func `who waits hears for what: the start, a limit, a hold, a pause; and who was given up, why`() async throws {
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon()
            let people = Stage.people(20)
            let last = people[19]
            try await stage.prepare("slow", to: people, rate: 1)
            expect(try await stage.why("slow", last), nil, "has not started", next: "campaign.start")
            let later = WallClock.live.now().advanced(by: .seconds(3600))
            try await stage.call { _ = try await $0(CampaignStart(campaign: "slow", at: later)) }
            let scheduled = try await stage.why("slow", last)
            expect(scheduled, nil, "has not started", next: "by itself")
            #expect(scheduled.until == later)
            try await stage.start("slow")
            try await eventually { try await stage.why("slow", last).answer.contains("messages a second decides how many leave") }
            expect(try await stage.why("slow", last), .waiting, "own limit of messages a second", next: "campaign.forecast")
            try await stage.call { _ = try await $0(SystemHold(reason: "wrong price")) }
            expect(try await stage.why("slow", last), .waiting, "(wrong price)", next: "release")
            try await stage.call { waprod in
                _ = try await waprod(SystemRelease())
                _ = try await waprod(CampaignPause(campaign: "slow"))
            }
            expect(try await stage.why("slow", last), .waiting, "the campaign is paused", next: "campaign.resume")
            try await stage.call { _ = try await $0(CampaignCancel(campaign: "slow")) }
            expect(try await stage.why("slow", last), .cancelled, "the campaign was cancelled", next: "message.send")

            try await stage.prepare("never", to: people)
            try await stage.call { _ = try await $0(CampaignCancel(campaign: "never")) }
            expect(try await stage.why("never", last), nil, "cancelled before it started", next: "message.send")

            let end = WallClock.live.now().advanced(by: .milliseconds(1200))
            try await stage.create("brief", list: "slow", rate: 1, expiresAt: end)
            try await stage.start("brief")
            _ = try await stage.report("brief", when: ["finished"])
            let counts = try await stage.counts("brief")
            #expect(counts.expired > 10 && counts.sum == 20)
            expect(try await stage.why("brief", last), .expired, "not sent in time", next: "Start it anew")
            try await daemon.stop()
        }
    }
}
