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
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon()
            try await stage.prepareCampaign("launch", people: Errands.people)
            for person in Errands.conversations {
                let hello = InboundMessage(from: person, text: "Hello", to: StandardWorld.highThroughputPhoneNumberID)
                #expect(stage.simulator.sendInbound(hello) != nil)
            }
            try await stage.settle()
            #expect(daemon.stop() == 0)
            for name in try FileManager.default.contentsOfDirectory(atPath: stage.folder) where name.hasPrefix("waprod.db") {
                files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(stage.folder)/\(name)"))
            }
        }
        return files
    }
}

/// Lets only so many work at the same time; the others wait for a seat.
actor Seats {
    private var free: Int
    private var queue: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) {
        free = count
    }

    private func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { queue.append($0) }
        }
    }

    private func leave() {
        if queue.isEmpty { free += 1 } else { queue.removeFirst().resume() }
    }

    nonisolated func seated(_ body: () async throws -> Void) async throws {
        await take()
        let result: Result<Void, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        await leave()
        try result.get()
    }
}
