import Foundation
import MetaSim
import Testing
import WaproRPC

@Suite(.serialized) struct SignalStories {
    /// A campaign to 200 people at a Meta that accepts and does not answer. Every status is kept back as well.
    private func begin(_ stage: Stage, rate: Int = 400) async throws -> (daemon: DaemonProcess, answers: Hold, statuses: Hold) {
        let daemon = try await stage.startDaemon(rate: rate, timeout: "60s")
        let hold = stage.simulator.hold(.beforeAnswer)
        let statuses = stage.simulator.hold(.webhook)
        try await stage.prepareCampaign("launch", people: 200)
        try await stage.call { _ = try await $0(CampaignStart(campaign: "launch")) }
        await hold.reached(20)
        return (daemon, hold, statuses)
    }

    /// After the restart everybody got one message, or is in doubt.
    private func conclude(_ stage: Stage, inDoubt: Int, statuses: Hold) async throws {
        let daemon = try await stage.startDaemon(rate: 1000)
        let held = try await stage.report("launch", when: ["finished", "running"])
        #expect(held.counts.inDoubt == Int64(inDoubt) && held.counts.sum == 200)
        try await eventually { stage.simulator.ledger.count == 200 }
        #expect(stage.simulator.ledger.duplicates(.recipient).isEmpty)
        statuses.release()
        try await stage.settle()
        let report = try await stage.report("launch", when: ["finished"])
        #expect(report.counts.inDoubt == 0 && report.counts.delivered + report.counts.read == 200)
        #expect(stage.simulator.ledger.count == 200)
        try await daemon.stop()
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `answers that come while it stops are written down, and nothing new is sent`(signal: Int32) async throws {
        try await Stage.play { stage in
            let (daemon, answers, statuses) = try await begin(stage)
            daemon.signal(signal)
            try await Task.sleep(for: .milliseconds(300))
            let accepted = stage.simulator.ledger.count
            #expect(accepted < 200, "everything was sent before the signal; the story shows nothing")
            try await Task.sleep(for: .milliseconds(300))
            #expect(stage.simulator.ledger.count == accepted && daemon.isRunning)
            let start = ContinuousClock.now
            answers.release()
            #expect(try await daemon.ending() == 0)
            #expect(start.duration(to: .now) < .seconds(5))
            #expect(stage.simulator.ledger.count == accepted)
            try await conclude(stage, inDoubt: 0, statuses: statuses)
        }
    }

    @Test func `answers that never come are not waited for without end: in doubt, and never sent again`() async throws {
        try await Stage.play { stage in
            let (daemon, answers, statuses) = try await begin(stage)
            let start = ContinuousClock.now
            daemon.interrupt()
            let ending = try await daemon.over(within: .seconds(20))
            #expect(ending == .status(0))
            let took = start.duration(to: .now)
            #expect(took > .seconds(8) && took < .seconds(16), "it took \(took)")
            let accepted = stage.simulator.ledger.count
            answers.release()
            try await conclude(stage, inDoubt: accepted, statuses: statuses)
        }
    }

    @Test(arguments: [(SIGTERM, SIGTERM), (SIGTERM, SIGINT)])
    func `a second signal ends it at once, though Meta hangs`(first: Int32, second: Int32) async throws {
        try await Stage.play { stage in
            let (daemon, answers, statuses) = try await begin(stage)
            daemon.signal(first)
            try await Task.sleep(for: .milliseconds(500))
            #expect(daemon.isRunning)
            let start = ContinuousClock.now
            daemon.signal(second)
            #expect(try await daemon.ending() == 128 + second)
            #expect(start.duration(to: .now) < .seconds(1))
            let accepted = stage.simulator.ledger.count
            answers.release()
            try await conclude(stage, inDoubt: accepted, statuses: statuses)
        }
    }
}
