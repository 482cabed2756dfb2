import Foundation
import MetaSim
import Testing
import WaproCore
import WaproRPC

@Suite(.serialized) struct FenceStories {
    /// The files of the store as a backup would have them: without the fence and the lock.
    private func copyStore(of stage: Stage, to backup: String) throws {
        try FileManager.default.createDirectory(atPath: backup, withIntermediateDirectories: true)
        for name in try storeFiles(in: stage.storeFolder) {
            try FileManager.default.copyItem(atPath: "\(stage.storeFolder)/\(name)", toPath: "\(backup)/\(name)")
        }
    }

    private func restore(_ backup: String, to stage: Stage) throws {
        for name in try storeFiles(in: stage.storeFolder) { try FileManager.default.removeItem(atPath: "\(stage.storeFolder)/\(name)") }
        for name in try storeFiles(in: backup) {
            try FileManager.default.copyItem(atPath: "\(backup)/\(name)", toPath: "\(stage.storeFolder)/\(name)")
        }
    }

    private func storeFiles(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { ["waprod.db", "waprod.db-wal", "waprod.db-shm"].contains($0) }
    }

    @Test func `a store that was copied back comes up held, says why, and sends nobody anything again`() async throws {
        try await Stage.play { stage in
            let backup = stage.folder + "/backup"
            let first = try await stage.startDaemon(rate: 100)
            try await stage.prepareCampaign("launch", people: 200)
            try await stage.start("launch")
            try await stage.reaches(40)
            #expect(try await first.stop() == 0)
            let copied = stage.simulator.ledger.count
            #expect(copied < 200)
            try copyStore(of: stage, to: backup)
            let second = try await stage.startDaemon(rate: 2000)
            _ = try await stage.report("launch", when: ["finished"])
            try await stage.settle()
            #expect(try await second.stop() == 0)
            try restore(backup, to: stage)

            let third = try await stage.startDaemon(rate: 2000)
            let status = try await stage.call { try await $0(SystemStatus()) }
            #expect(status.state.known == .degraded)
            #expect(status.problems.contains { $0.hasPrefix("Nothing leaves: ") && $0.contains("restored from a backup") })
            let dry = try await stage.call { try await $0(SystemRelease(dryRun: true)) }
            #expect(dry.campaigns.map(\.campaign) == ["launch"] && dry.campaigns[0].waiting == Int64(200 - copied))
            let person = try #require(try await stage.recipients("launch", .waiting).first?.phone)
            #expect(try await stage.why("launch", person).answer.contains("restored from a backup"))
            // Webhooks come in, also one of a message that this store does not know any more.
            try await stage.hear("Hello?", from: "+447700900456")
            let entry = try #require(stage.simulator.ledger.messages(to: person).first)
            stage.tell("read", of: entry.wamid, to: person, callbackData: entry.callbackData)
            try await stage.settle()
            #expect(try await stage.isSilent() && stage.simulator.ledger.count == 200)
            // A person looks, ends the campaign, and lets the rest go.
            let released = try await stage.call { waprod in
                _ = try await waprod(CampaignCancel(campaign: "launch"))
                return try await waprod(SystemRelease())
            }
            #expect(released.released && released.campaigns.isEmpty)
            // The same webhooks go on coming; nobody is asked again for what is known.
            let lost = try #require(stage.simulator.ledger.messages(to: person).first)
            stage.tell("delivered", of: lost.wamid, to: person, callbackData: lost.callbackData)
            try await stage.settle()
            #expect(try await stage.problems().isEmpty)
            #expect(try await stage.isSilent())
            #expect(stage.simulator.ledger.count == 200 && stage.simulator.ledger.recipientCount == 200)
            try await third.stop()
        }
    }

    @Test func `a webhook about a message that this store never made holds everything; other people's webhooks do not`() async throws {
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon()
            try await stage.prepareCampaign("launch", people: 400)
            try await stage.call { _ = try await $0(CampaignAdjust(campaign: "launch", rate: 20)) }
            try await stage.start("launch")
            try await stage.reaches(10)
            let entry = try #require(stage.simulator.ledger.entries.first)
            let ours = try await stage.call { try await $0(SystemStatus()).store }
            #expect(entry.callbackData.hasPrefix("w1:\(ours):"))
            let attempt = String(entry.callbackData.dropFirst("w1:\(ours):".count))
            for foreign in ["order-4711", "w1:elsewhere:\(attempt)", "w1:\(ours):nonsense"] {
                stage.tell("delivered", of: "wamid.foreign", to: "+447700900111", callbackData: foreign)
            }
            try await eventually { try await stage.call { try await $0(NumberShow(number: "offers")).foreign == 3 } }
            #expect(try await stage.problems().isEmpty)
            try await stage.reaches(stage.simulator.ledger.count + 10)

            let later = "\(attempt.split(separator: ".")[0]).7"
            stage.tell("delivered", of: "wamid.future", to: "+447700900111", callbackData: "w1:\(ours):\(later)")
            try await eventually {
                try await stage.problems().contains { $0.hasPrefix("Nothing leaves: ") && $0.contains("this store does not know") }
            }
            try await eventually { try await stage.counts("launch").sending == 0 }
            #expect(try await stage.isSilent() && stage.simulator.ledger.count < 400)
            try await stage.call { waprod in
                _ = try await waprod(CampaignAdjust(campaign: "launch", unlimited: true))
                _ = try await waprod(SystemRelease())
            }
            _ = try await stage.report("launch", when: ["finished"])
            #expect(stage.simulator.ledger.count == 400 && stage.simulator.ledger.recipientCount == 400)
            try await daemon.stop()
        }
    }

    @Test func `a second daemon on the same store does not start, whatever doors it has of its own`() async throws {
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon()
            let other = try stage.yaml(port: 0, rate: 1, extra: "").replacing(stage.socket, with: stage.folder + "/other.sock")
            let second = try DaemonProcess(configuration: other, in: stage.folder)
            #expect(try await second.ending() == 75 && second.words.contains("in use by another waprod"))
            #expect(try await stage.problems().isEmpty && daemon.isRunning)
            try await daemon.stop()
        }
    }
}
