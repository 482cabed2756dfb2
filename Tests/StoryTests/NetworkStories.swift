import Foundation
import MetaSim
import Testing
import WaproCore
import WaproRPC

@Suite(.serialized) struct NetworkStories {
    /// Ways in which Meta cannot be reached: not a byte of a message leaves.
    enum Cut: CaseIterable, Sendable {
        case unknownAuthority, otherHost, expired, refused, blackhole

        var flaw: CertificateAuthority.Flaw? {
            switch self {
            case .unknownAuthority: .unknownAuthority
            case .otherHost: .otherHost
            case .expired: .expired
            case .refused, .blackhole: nil
            }
        }
    }

    @Test(arguments: Cut.allCases)
    func `while Meta cannot be reached everybody waits and nobody is in doubt; then each gets one message`(cut: Cut) async throws {
        try await Stage.play(secure: true) { stage in
            let first = try await stage.startDaemon()
            try await stage.prepareCampaign("launch", people: 40)
            #expect(try await first.stop() == 0)
            let blackhole = try await stage.cutOff(cut)
            defer { blackhole?.close() }

            let second = try await stage.startDaemon()
            try await stage.call { _ = try await $0(CampaignStart(campaign: "launch")) }
            // Each was tried and came back, and says so.
            try await eventually(within: .seconds(20)) {
                let waiting = try await stage.recipients("launch", .waiting)
                return waiting.count == 40 && waiting.allSatisfy { $0.reason?.contains("certainly did not reach Meta") == true }
            }
            let asked = ContinuousClock.now
            let status = try await stage.call { try await $0(SystemStatus()) }
            #expect(ContinuousClock.now - asked < .seconds(2), "it answers while it cannot send")
            try await eventually {
                let status = try await stage.call { try await $0(SystemStatus()) }
                return status.state.known == .degraded && status.problems.contains { $0.hasPrefix("Meta does not say how offers is") }
            }
            #expect(status.queue.inDoubt == 0 && stage.simulator.ledger.count == 0)
            let report = try await stage.report("launch", when: ["running"])
            #expect(report.counts.sum == 40 && report.counts.failed == 0 && report.counts.inDoubt == 0)

            blackhole?.close()
            try await stage.heal(cut)
            _ = try await stage.report("launch", when: ["finished"])
            try await stage.settle()
            let counts = try await stage.report("launch", when: ["finished"]).counts
            #expect(counts.delivered + counts.read == 40)
            #expect(stage.simulator.ledger.count == 40 && stage.simulator.ledger.recipientCount == 40)
            #expect(try await second.stop() == 0)
        }
    }

    @Test func `stopped while connections to Meta stand or are being opened, it ends well each time`() async throws {
        try await Stage.play(secure: true) { stage in
            let configuration = try stage.yaml(port: 0, rate: 100, extra: "")
            for _ in 0..<30 {
                let daemon = try DaemonProcess(configuration: configuration, in: stage.folder)
                // Stopped the moment it is ready, handshakes are under way.
                while !daemon.words.contains("event=ready"), daemon.isRunning { try await Task.sleep(for: .milliseconds(2)) }
                #expect(try await daemon.stop() == 0)
            }
        }
    }

    @Test(arguments: [BrokenAnswer.garbage, .html, .silence, .close, .truncated])
    func `an answer that cannot be read leaves the person in doubt, until a status says that it arrived`(
        symptom: BrokenAnswer
    ) async throws {
        try await Stage.play({ $0.breakAnswers(symptom) }) { stage in
            let statuses = stage.simulator.hold(.webhook)
            let daemon = try await stage.startDaemon()
            try await stage.prepareCampaign("launch", people: 100)
            try await stage.call { _ = try await $0(CampaignStart(campaign: "launch")) }
            try await eventually(within: .seconds(30)) {
                let counts = try await stage.call { try await $0(CampaignReport(campaign: "launch")).counts }
                return counts.inDoubt == 20 && counts.accepted == 80
            }
            let doubted = try await stage.recipients("launch", .inDoubt)
            #expect(doubted.allSatisfy { $0.reason?.contains("may have reached Meta") == true })
            #expect(Set(doubted.compactMap { $0.phone?.last }) == ["1", "2"])

            statuses.release()
            try await eventually(within: .seconds(30)) { try await stage.recipients("launch", .inDoubt).count == 10 }
            try await stage.settle()
            let report = try await stage.report("launch", when: ["finished"])
            #expect(report.counts.delivered + report.counts.read == 90 && report.counts.inDoubt == 10 && report.counts.failed == 0)
            #expect(try await stage.recipients("launch", .inDoubt).allSatisfy { $0.phone?.last == "2" })
            #expect(stage.simulator.ledger.count == 90 && stage.simulator.ledger.recipientCount == 90)
            try await daemon.stop()
        }
    }
}

extension Stage {
    /// Meta is not to be reached any more. Connections that stand are not touched: nobody may hold one.
    func cutOff(_ cut: NetworkStories.Cut) async throws -> Blackhole? {
        if let flaw = cut.flaw {
            #expect(try simulator.present(flaw))
            return nil
        }
        await simulator.withdraw()
        return cut == .blackhole ? try Blackhole(port: metaPort) : nil
    }

    func heal(_ cut: NetworkStories.Cut) async throws {
        if cut.flaw == nil {
            try await simulator.comeBack()
        } else {
            #expect(try simulator.present(.none))
        }
    }

    func recipients(_ campaign: String, _ state: MessageState) async throws -> [RecipientInfo] {
        try await call { try await $0(CampaignRecipients(campaign: campaign, state: state, limit: 1000)).items }
    }
}
