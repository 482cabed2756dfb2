import MetaSim
import Testing
import WaproCore
import WaproRPC

@Suite(.serialized) struct RetryStories {
    @Test func `what Meta holds back for a day waits longer than a day, in both ways to say it, and a restart loses nobody`() async throws {
        try await Stage.play({ $0.refuse(131_049, suffix: "01") }) { stage in
            let first = try await stage.startDaemon()
            let (answered, told, stops) = ("+4915110000001", "+447799131049", "+447799131050")
            try await stage.prepare("launch", to: [answered, told, stops, "+4915110000002"])
            try await stage.start("launch")
            try await eventually {
                let counts = try await stage.counts("launch")
                return counts.waiting == 2 && counts.failed == 1 && counts.delivered + counts.read == 1
            }
            let report = try await stage.report("launch", when: ["running"])
            #expect(report.deferred == 2 && report.failures.map(\.code) == [131_050] && report.counts.sum == 4)
            let until = try await [stage.why("launch", answered).until, stage.why("launch", told).until]
            let now = WallClock.live.now()
            for time in until {
                let time = try #require(time)
                #expect(time > now.advanced(by: .seconds(86_300)) && time < now.advanced(by: .seconds(31 * 3600)))
            }

            // Who stopped marketing at Meta is skipped from then on.
            try await stage.prepare("again", to: [stops, "+4915110000003"])
            try await stage.start("again")
            let again = try await stage.report("again", when: ["finished"])
            #expect(again.counts.skipped == 1)
            #expect(try await stage.why("again", stops).answer.contains("opted out"))
            #expect(stage.simulator.ledger.messages(to: stops).count == 1)

            #expect(try await first.stop() == 0)
            let second = try await stage.startDaemon()
            #expect(try await stage.isSilent())
            #expect(try await stage.report("launch", when: ["running"]).deferred == 2)
            let kept = try await [stage.why("launch", answered).until, stage.why("launch", told).until]
            #expect(kept == until)
            try await second.stop()
        }
    }

    @Test func `too many for one person makes that one wait, too many a second slows the number; all get it in the end`() async throws {
        let crowded = "+4915110000007"
        try await Stage.play({
            $0.refuse(131_056, times: 1, suffix: "0000007")
            $0.refuse(130_429, times: 3)
        }) { stage in
            let daemon = try await stage.startDaemon(rate: 1000)
            try await stage.prepareCampaign("launch", people: 300)
            try await stage.start("launch")
            // The one waits four seconds, and the number gains its rate back: both are watched from the beginning.
            var lowest = 900.0
            try await eventually {
                let status = try await stage.call { try await $0(SystemStatus()) }
                lowest = min(lowest, status.numbers.first { $0.name == "offers" }?.rate ?? lowest)
                let why = try await stage.why("launch", crowded)
                return why.state?.known == .waiting && why.answer.contains("(code 131056)") && why.until != nil && lowest < 900
            }
            #expect((500...640).contains(lowest), "\(lowest) a second, of 900")
            _ = try await stage.report("launch", when: ["finished"])
            try await stage.settle()
            let counts = try await stage.counts("launch")
            #expect(counts.delivered + counts.read == 300)
            #expect(stage.simulator.ledger.count == 300 && stage.simulator.ledger.recipientCount == 300)
            let attempts = try #require(try await stage.message("launch", crowded).attempts)
            #expect(attempts.count == 2 && attempts[0].at.duration(to: attempts[1].at) >= .seconds(4))
            // Nobody else waited with that one.
            let meanwhile = (attempts[0].at.milliseconds + 100)..<attempts[1].at.milliseconds
            #expect(stage.simulator.ledger.entries.count { meanwhile.contains(Int64($0.time)) } >= 100)
            try await daemon.stop()
        }
    }

    @Test func `a token that Meta does not take stops the account with all its numbers, says so, and resume goes on`() async throws {
        let customer = "+447700900456"
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon(rate: 100)
            try await stage.prepareCampaign("launch", people: 200)
            try await stage.hear("Are you open?", from: customer, at: StandardWorld.phoneNumberID)
            try await stage.start("launch")
            try await stage.reaches(40)
            stage.simulator.adjust { $0.tokenExpired = true }
            try await eventually {
                let problems = try await stage.problems().filter { $0.contains("is stopped") && $0.contains("(code 190)") }
                return problems.count == 1 && problems[0].contains("offers, support") && problems[0].contains("waproctl release --account")
            }
            let reply = try await stage.call { try await $0(MessageSend(number: "support", to: customer, text: "Yes.")).message }
            try await eventually { try await stage.counts("launch").sending == 0 }
            #expect(try await stage.isSilent())
            let report = try await stage.report("launch", when: ["running"])
            #expect(report.counts.failed == 0 && report.counts.sum == 200)
            let waiting = try #require(try await stage.recipients("launch", .waiting).last?.phone)
            let why = try await stage.why("launch", waiting)
            #expect(why.answer.contains("(code 190)") && why.nextStep.contains("campaign.resume"))
            let stopped = try await stage.call { try await $0(MessageShow(message: reply)) }
            #expect(stopped.state.known == .waiting && stopped.reason?.contains("(code 190)") == true)

            stage.simulator.adjust { $0.tokenExpired = false }
            try await stage.call { _ = try await $0(CampaignResume(campaign: "launch")) }
            #expect(try await stage.problems().filter { $0.contains("is stopped") }.isEmpty)
            _ = try await stage.report("launch", when: ["finished"])
            try await eventually { stage.simulator.ledger.messages(to: customer).count == 1 }
            try await stage.settle()
            let counts = try await stage.counts("launch")
            #expect(counts.delivered + counts.read == 200)
            #expect(stage.simulator.ledger.count == 201 && stage.simulator.ledger.recipientCount == 201)
            let refusal = try await stage.refused(.campaignState) { _ = try await $0(CampaignResume(campaign: "launch")) }
            #expect(refusal.contains("finished"))
            try await daemon.stop()
        }
    }

    @Test func `a template that Meta paused holds its campaign and no other, until it is resumed`() async throws {
        try await Stage.play({ $0.refuse(132_015, times: 1) }) { stage in
            let daemon = try await stage.startDaemon(rate: 200)
            try await stage.prepareCampaign("launch", people: 100)
            try await stage.start("launch")
            let held = try await stage.report("launch", when: ["held"])
            #expect(held.heldBecause?.contains("(code 132015)") == true && held.counts.failed == 0 && held.counts.sum == 100)
            let waiting = try #require(try await stage.recipients("launch", .waiting).first?.phone)
            let why = try await stage.why("launch", waiting)
            #expect(why.answer.contains("Meta paused the template") && why.nextStep.contains("campaign.resume"))
            try await stage.prepare("other", to: Stage.people(10, from: 20_000_000), template: "hello_world")
            try await stage.start("other")
            _ = try await stage.report("other", when: ["finished"])
            try await stage.call { _ = try await $0(CampaignResume(campaign: "launch")) }
            _ = try await stage.report("launch", when: ["finished"])
            try await stage.settle()
            let counts = try await stage.counts("launch")
            #expect(counts.delivered + counts.read == 100)
            #expect(stage.simulator.ledger.count == 110 && stage.simulator.ledger.recipientCount == 110)

            // The same by webhook, after the message was accepted: that message is lost, the others wait.
            try await stage.prepare("late", to: ["+447799132015"] + Stage.people(20, from: 30_000_000), rate: 5)
            try await stage.start("late")
            let late = try await stage.report("late", when: ["held"])
            #expect(late.counts.failed == 1 && late.counts.waiting > 0 && late.counts.sum == 21)
            try await daemon.stop()
        }
    }
}
