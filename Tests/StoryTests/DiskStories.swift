import Foundation
import MetaSim
import Testing
import WaproCore
import WaproRPC

@Suite(.serialized) struct DiskStories {
    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a tmpfs"), .timeLimit(.minutes(15)))
    func `a full disk refuses what changes, reads go on, and with room again all goes on by itself`() async throws {
        let disk = try SmallDisk(megabytes: 24)
        defer { disk.remove() }
        try await Stage.play(store: disk.folder, { $0.retryGapsSeconds = [10] }) { stage in
            let daemon = try await stage.startDaemon(rate: 50)
            defer { daemon.kill() }
            try await stage.prepareCampaign("launch", people: 300)
            try await stage.call { _ = try await $0(CampaignStart(campaign: "launch")) }
            try await eventually { stage.simulator.ledger.count >= 20 }
            disk.fill()
            // The room that the WAL already has is used up first, by small commits after large ones do not fit any more.
            try await eventually(within: .seconds(20)) {
                let refusal = try await stage.refusal(CampaignCreate.draft)
                let answer = try await Plug.webhook(to: stage.port)
                return refusal == .storageFull && answer.hasPrefix("HTTP/1.1 503 ") && answer.contains("retry-after: ")
            }
            // What had been claimed by then is on its way; after that nothing is.
            try await Task.sleep(for: .milliseconds(500))
            let reached = stage.simulator.ledger.count
            let report = try await stage.call { try await $0(CampaignReport(campaign: "launch")) }
            #expect(report.total == 300 && report.state.slug == "running")
            try await Task.sleep(for: .seconds(1))
            #expect(stage.simulator.ledger.count == reached && reached < 300, "messages were claimed although nothing can be written down")
            #expect(try await stage.refusal(CampaignCreate.draft) == .storageFull)
            #expect(daemon.isOver == nil)

            disk.makeRoom()
            try await eventually { try await Plug.webhook(to: stage.port).hasPrefix("HTTP/1.1 200 ") }
            let audit = Audit(stage: stage, people: 300)
            try await audit.settle()
            try await audit.checkCampaign()
            try await audit.checkEvents()
            // The daemon never forgot an answer: it only had to wait to write it down.
            #expect(try await stage.report("launch", when: ["finished"]).counts.inDoubt == 0)
            #expect(try await daemon.stop() == 0)
        }
    }

    /// operations.md M14: after an error of fdatasync nobody knows whether the commit happened; after a restart everybody does.
    @Test(
        .enabled(if: Tool.strace.isUsable, "needs root and strace(1)"),
        .timeLimit(.minutes(15)),
        arguments: [1, 3]
    )
    func `an error of the disk under a commit ends the process with 74 and answers nobody, and the next one knows`(nth: Int) async throws {
        try await Stage.play({ $0.retryGapsSeconds = [10] }) { stage in
            let daemon = try await stage.startDaemon(rate: 100)
            defer { daemon.kill() }
            try await stage.prepareCampaign("launch", people: 150)
            let talker = Errands.conversations[0]
            let hello = InboundMessage(from: talker, text: "Hello", to: StandardWorld.highThroughputPhoneNumberID)
            #expect(stage.simulator.sendInbound(hello) != nil)
            try await stage.settle()
            try await stage.call { _ = try await $0(CampaignStart(campaign: "launch")) }
            try await eventually { stage.simulator.ledger.count >= 20 }
            let breaking = try Tool.strace.start([
                "-f", "-qq", "-p", "\(daemon.pid)", "-e", "trace=fdatasync,fsync", "-e", "inject=fdatasync,fsync:error=EIO:when=\(nth)",
                "-o", "\(stage.folder)/strace",
            ])
            defer { breaking.terminate() }
            for person in Errands.newcomers {
                let message = InboundMessage(from: person, text: "I am \(person.suffix(3))", to: StandardWorld.highThroughputPhoneNumberID)
                #expect(stage.simulator.sendInbound(message) != nil)
            }
            // Calls until one is not answered; all but that one are promises.
            var promised: [MessageID] = []
            var unanswered: String?
            while unanswered == nil, promised.count < 500 {
                let key = "k\(promised.count)"
                do {
                    promised.append(
                        try await stage.call {
                            try await $0(MessageSend(number: "offers", to: talker, text: "No. \(key)", idempotencyKey: key)).message
                        }
                    )
                } catch CallFailure.fault(let fault) {
                    Issue.record("somebody was answered: \(fault)")
                    break
                } catch {
                    unanswered = key
                }
            }
            #expect(try await daemon.over() == .status(74), "\(daemon.words)")
            let second = try await stage.startDaemon(rate: 100)
            defer { second.kill() }
            let key = try #require(unanswered, "the disk never failed")
            promised.append(
                try await stage.insist(MessageSend(number: "offers", to: talker, text: "No. \(key)", idempotencyKey: key)).message
            )
            let audit = Audit(stage: stage, people: 150)
            try await audit.settle()
            try await audit.checkCampaign(sameness: .content)
            try await audit.check(inboundOf: Errands.newcomers)
            try await audit.checkEvents()
            let kept = try await stage.insist(MessageList(contact: talker, direction: .outbound, limit: 1000)).items
            #expect(kept.map(\.id).sorted() == promised.sorted(), "an answered call is missing, or a repeated one happened twice")
            #expect(try await second.stop() == 0)
        }
    }
}

extension CampaignCreate {
    /// A change that means nothing, each time another one.
    fileprivate static var draft: CampaignCreate {
        let name = "draft-\(UUID().uuidString.prefix(8))"
        return CampaignCreate(
            name: name,
            number: "offers",
            template: "autumn_offer",
            language: "en_GB",
            list: "people",
            parameters: ["1": "you", "2": "1%"]
        )
    }
}

extension Stage {
    /// Why a call is refused; nil when it is not.
    func refusal<M: WaproRPC.Method>(_ method: M) async throws -> WaproRPC.Fault.Kind? {
        do {
            _ = try await call { try await $0(method) }
            return nil
        } catch CallFailure.fault(let fault) {
            return fault.kind
        }
    }
}
