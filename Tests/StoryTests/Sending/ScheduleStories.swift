import Foundation
import MetaSim
import Testing
import WaproCore
import WaproRPC
import WaproStore

@Suite(.serialized) struct ScheduleStories {
    /// Gives campaigns a start that passes while no daemon runs: said by a clock that is behind, since the daemon's own is not to be turned.
    private func schedule(_ starts: [(campaign: String, ago: Duration)], of stage: Stage) async throws {
        let clock = WallClock { WallClock.live.now().advanced(by: .seconds(-86_400)) }
        let store = try Store(.file(stage.storeFolder + "/waprod.db"), clock: clock)
        try await store.write(.control) { transaction in
            for (name, ago) in starts {
                let campaign = try #require(try transaction.campaign(name))
                try transaction.schedule(campaign.id, at: WallClock.live.now().advanced(by: .zero - ago))
            }
        }
        try await store.close()
    }

    @Test func `a start that passed while the daemon was down: sent late, given up or asked about, as the campaign says`() async throws {
        try await Stage.play { stage in
            let first = try await stage.startDaemon()
            for (index, missed) in [MissedSchedule.send, .skip, .ask].enumerated() {
                try await stage.prepare(missed.slug, to: Stage.people(3, from: 10_000_000 * (index + 1)), missed: missed)
            }
            // Without a word it asks; and a few minutes are on time.
            try await stage.prepare("silent", to: Stage.people(3, from: 40_000_000))
            try await stage.prepare("punctual", to: Stage.people(3, from: 50_000_000))
            #expect(try await first.stop() == 0)
            let late = Duration.seconds(20 * 60)
            try await schedule([("send", late), ("skip", late), ("ask", late), ("silent", late), ("punctual", .seconds(300))], of: stage)

            let second = try await stage.startDaemon()
            _ = try await stage.report("send", when: ["finished"])
            _ = try await stage.report("punctual", when: ["finished"])
            _ = try await stage.report("skip", when: ["cancelled"])
            for name in ["ask", "silent"] {
                let held = try await stage.report(name, when: ["held"])
                #expect(held.heldBecause?.contains("start time passed") == true, "\(held.heldBecause ?? "")")
            }
            #expect(try await stage.isSilent() && stage.simulator.ledger.count == 6)
            let why = try await stage.why("ask", "+4915130000000")
            #expect(why.answer.contains("start time passed") && why.nextStep.contains("campaign.resume"))
            try await stage.call { _ = try await $0(CampaignResume(campaign: "ask")) }
            let asked = try await stage.report("ask", when: ["finished"])
            #expect(asked.total == 3 && stage.simulator.ledger.count == 9)
            try await stage.refused(.campaignState) { _ = try await $0(CampaignResume(campaign: "skip")) }
            try await second.stop()
        }
    }

    @Test func `a message that cannot leave before its not-after is given up, and says so`() async throws {
        let person = "+447700900111"
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon()
            let message = try await stage.call { waprod in
                _ = try await waprod(TemplateSync())
                _ = try await waprod(SystemHold())
                let ask = MessageSend(
                    number: "offers",
                    to: person,
                    template: "hello_world",
                    language: "en_US",
                    notAfter: WallClock.live.now().advanced(by: .milliseconds(800))
                )
                return try await waprod(ask).message
            }
            try await Task.sleep(for: .seconds(1))
            try await stage.call { _ = try await $0(SystemRelease()) }
            try await eventually { try await stage.call { try await $0(MessageShow(message: message)).state.known } == .expired }
            let given = try await stage.call { try await $0(MessageShow(message: message)) }
            #expect(given.reason?.contains("not-after") == true && stage.simulator.ledger.count == 0)
            try await daemon.stop()
        }
    }
}
