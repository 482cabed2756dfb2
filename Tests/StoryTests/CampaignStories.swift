import MetaSim
import Testing
import WaproCore
import WaproRPC

@Suite(.serialized) struct CampaignStories {
    @Test func `a campaign goes from a CSV to its report, and each person gets one message`() async throws {
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon()
            try await stage.prepareCampaign("launch", people: 500)
            try await stage.call { _ = try await $0(CampaignStart(campaign: "launch")) }
            _ = try await stage.report("launch", when: ["finished"])
            try await stage.settle()
            let report = try await stage.report("launch", when: ["finished"])
            #expect(report.total == 500 && report.counts.sum == 500)
            #expect(report.counts.delivered + report.counts.read == 500)
            #expect(stage.simulator.ledger.recipientCount == 500 && stage.simulator.ledger.count == 500)
            #expect(stage.simulator.ledger.messages(to: "+4915110000007").first?.text.contains("Hi Person 7,") == true)
            #expect(try await daemon.stop() == 0)
        }
    }

    @Test(arguments: [60, 150, 290])
    func `killed in the middle and started again, nobody is messaged twice and nobody is lost`(accepted: Int) async throws {
        try await Stage.play({ $0.latencyMilliseconds = 30 }) { stage in
            let first = try await stage.startDaemon(rate: 400)
            try await stage.prepareCampaign("launch", people: 400)
            try await stage.call { _ = try await $0(CampaignStart(campaign: "launch")) }
            try await eventually(within: .seconds(30)) { stage.simulator.ledger.count >= accepted }
            first.kill()
            let second = try await stage.startDaemon(rate: 400)
            _ = try await stage.report("launch", when: ["finished"])
            try await stage.settle()
            let report = try await stage.report("launch", when: ["finished"])
            let ledger = stage.simulator.ledger
            #expect(ledger.duplicates(.recipient).isEmpty)
            #expect(report.counts.sum == 400 && report.total == 400)
            // Who is not in the ledger is in doubt, and who is in doubt is not in the ledger: the statuses settled the others.
            #expect(Int64(400 - ledger.recipientCount) == report.counts.inDoubt)
            #expect(report.counts.delivered + report.counts.read + report.counts.inDoubt == 400)
            try await second.stop()
        }
    }

    @Test func `stopped politely in the middle, it goes on where it was and leaves nobody in doubt`() async throws {
        try await Stage.play({ $0.latencyMilliseconds = 30 }) { stage in
            let first = try await stage.startDaemon(rate: 400)
            try await stage.prepareCampaign("launch", people: 300)
            try await stage.call { _ = try await $0(CampaignStart(campaign: "launch")) }
            try await eventually(within: .seconds(30)) { stage.simulator.ledger.count >= 80 }
            #expect(try await first.stop() == 0)
            let second = try await stage.startDaemon(rate: 400)
            let report = try await stage.report("launch", when: ["finished"])
            #expect(report.counts.inDoubt == 0 && report.counts.sum == 300)
            #expect(stage.simulator.ledger.count == 300 && stage.simulator.ledger.duplicates(.recipient).isEmpty)
            try await second.stop()
        }
    }

    @Test func `a paused campaign sends nothing, a resumed one the rest, a cancelled one nobody more`() async throws {
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon(rate: 100)
            try await stage.prepareCampaign("launch", people: 300)
            try await stage.call { _ = try await $0(CampaignStart(campaign: "launch")) }
            try await eventually { stage.simulator.ledger.count >= 20 }
            try await stage.call { _ = try await $0(CampaignPause(campaign: "launch")) }
            try await eventually { try await stage.call { try await $0(CampaignReport(campaign: "launch")).counts.sending == 0 } }
            let paused = stage.simulator.ledger.count
            try await Task.sleep(for: .milliseconds(300))
            #expect(stage.simulator.ledger.count == paused && paused < 300)
            try await stage.call { _ = try await $0(CampaignResume(campaign: "launch")) }
            try await eventually { stage.simulator.ledger.count > paused + 20 }
            try await stage.call { _ = try await $0(CampaignCancel(campaign: "launch")) }
            try await eventually { try await stage.call { try await $0(CampaignReport(campaign: "launch")).counts.sending == 0 } }
            let left = stage.simulator.ledger.count
            _ = try await stage.report("launch", when: ["cancelled"])
            // Those who wait are gone through a few at a time.
            try await eventually {
                let counts = try await stage.call { try await $0(CampaignReport(campaign: "launch")).counts }
                #expect(counts.sum == 300)
                #expect(stage.simulator.ledger.count == left)
                return counts.cancelled > 0 && Int(counts.cancelled) + left == 300
            }
            try await daemon.stop()
        }
    }

    @Test func `a campaign that was given a time starts by itself, and the same one again only when asked to`() async throws {
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon()
            try await stage.prepareCampaign("launch", people: 5)
            let now = try await stage.call { try await $0(SystemPing()).now }
            try await stage.call { waprod in
                let campaign = try await waprod(CampaignStart(campaign: "launch", at: now.advanced(by: .milliseconds(1500))))
                #expect(campaign.state.slug == "scheduled")
            }
            #expect(stage.simulator.ledger.count == 0)
            _ = try await stage.report("launch", when: ["finished"])
            #expect(stage.simulator.ledger.count == 5)
            try await stage.call { waprod in
                _ = try await waprod(
                    CampaignCreate(
                        name: "again",
                        number: "offers",
                        template: "autumn_offer",
                        language: "en_GB",
                        list: "people",
                        parameters: ["1": "{{first_name|there}}", "2": "20%"]
                    )
                )
                do {
                    _ = try await waprod(CampaignStart(campaign: "again"))
                    Issue.record("the same campaign started twice")
                } catch CallFailure.fault(let fault) {
                    #expect(fault.kind == .repeatedCampaign && fault.hint != nil)
                }
                _ = try await waprod(CampaignStart(campaign: "again", again: true))
            }
            _ = try await stage.report("again", when: ["finished"])
            #expect(stage.simulator.ledger.count == 10)
            try await daemon.stop()
        }
    }
}
