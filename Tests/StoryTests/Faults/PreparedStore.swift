import Foundation
import MetaSim
import Testing

/// A store in which everything is ready for `Errands`: made once by a daemon, then copied to each stage that wants it.
actor PreparedStore {
    static let shared = PreparedStore()
    private var making: Task<[String: Data], any Error>?

    func unpack(into folder: String) async throws {
        let making = making ?? Task { try await Self.make() }
        self.making = making
        for (name, bytes) in try await making.value { try bytes.write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
    }

    private static func make() async throws -> [String: Data] {
        var files: [String: Data] = [:]
        // Whoever asks has a seat already.
        try await Stage.perform { stage in
            let daemon = try await stage.startDaemon()
            try await stage.prepareCampaign("launch", people: Errands.people)
            for person in Errands.conversations {
                let hello = InboundMessage(from: person, text: "Hello", to: StandardWorld.highThroughputPhoneNumberID)
                #expect(stage.simulator.sendInbound(hello) != nil)
            }
            try await stage.settle()
            #expect(try await daemon.stop() == 0)
            for name in try FileManager.default.contentsOfDirectory(atPath: stage.folder) where name.hasPrefix("waprod.db") {
                files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(stage.folder)/\(name)"))
            }
        }
        return files
    }
}
