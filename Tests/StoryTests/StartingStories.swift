import Foundation
import MetaSim
import Testing
import WaproRPC

@Suite(.serialized) struct StartingStories {
    @Test func `what keeps the daemon from starting is one sentence and an exit code of its own`() async throws {
        try await Stage.play { stage in
            func ending(_ yaml: String) async throws -> (Int32, String) {
                let daemon = try DaemonProcess(configuration: yaml, in: stage.folder)
                return (try await daemon.ending(), daemon.words)
            }
            let (bad, words) = try await ending("stroe: { path: /tmp/x }\n")
            #expect(bad == 78 && words.contains("waprod.yaml:1") && words.contains("store"))
            let (folder, folderWords) = try await ending(
                try stage.yaml(port: 0, rate: 1, extra: "").replacing(stage.folder + "/waprod.db", with: "/nonexistent/waprod.db")
            )
            #expect(folder == 73 && folderWords.contains("/nonexistent"))
            let daemon = try await stage.startDaemon()
            let (store, storeWords) = try await ending(try stage.yaml(port: 1, rate: 1, extra: ""))
            #expect(store == 75 && storeWords.contains("in use by another waprod"))
            let other = try stage.yaml(port: 0, rate: 1, extra: "").replacing(stage.folder + "/waprod.db", with: stage.folder + "/other.db")
            let (socket, socketWords) = try await ending(other)
            #expect(socket == 69 && socketWords.contains(stage.socket))
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: stage.folder + "/token")
            let readable = try DaemonProcess(
                configuration: String(contentsOfFile: stage.folder + "/waprod.yaml", encoding: .utf8),
                in: stage.folder
            )
            #expect(try await readable.ending() == 78 && readable.words.contains("token"))
            try await daemon.stop()
        }
    }

    @Test func `neither token nor secret nor phone number nor wamid is in the log`() async throws {
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon(extra: "log: { level: debug }")
            try await stage.prepareCampaign("launch", people: 30)
            stage.simulator.adjust { $0.breakSome() }
            try await stage.call { waprod in _ = try await waprod(CampaignStart(campaign: "launch")) }
            _ = try await stage.report("launch", when: ["finished"])
            try await stage.settle()
            try await daemon.stop()
            let log = daemon.words
            #expect(!log.isEmpty)
            for secret in [
                StandardWorld.accessToken, StandardWorld.appSecret, StandardWorld.verifyToken, "4915110000", "wamid.", "Person 1",
            ] {
                #expect(!log.contains(secret))
            }
        }
    }
}
