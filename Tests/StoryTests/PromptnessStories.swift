import Foundation
import MetaSim
import Synchronization
import Testing
import WaproRPC

/// Promise P8, seen from outside: what people and Meta wait for, while a large file is imported.
@Suite(.serialized) struct PromptnessStories {
    @Test func `replies and webhooks stay prompt while many contacts are imported`() async throws {
        try await Stage.play(alone: true) { stage in
            let daemon = try await stage.startDaemon()
            let chat = Chat(stage, people: 20)
            try await chat.open()
            try await chat.talk(until: { $0 >= 100 })
            let quiet = chat.take()
            // A machine that is busy with other tests is slow for everybody at times, and a bare fsync beside it tells how slow; what an import
            // keeps waiting waits each time.
            var slow = Duration.zero
            for round in 1...3 {
                let hasEnded = Flag()
                async let floor = Self.fsyncs(in: stage.folder, until: hasEnded)
                async let imported = stage.importMany(50_000, from: round * 50_000, then: hasEnded)
                try await chat.talk(until: { $0 >= 100 && hasEnded.isUp })
                let busy = chat.take()
                #expect(try await imported == 50_000)
                #expect(busy.count >= 100 && quiet.count >= 100)
                slow = max(slow, try await floor.p99)
                if busy.p99 < max(.milliseconds(250), slow * 10) { break }
                #expect(
                    round < 3,
                    "a reply took \(busy.p99) from the call to Meta, \(quiet.p99) without an import; a bare fsync \(slow)"
                )
            }
            try await stage.settle()
            let waits = try await stage.call { try await $0(SystemStatus()).waits }
            for work in [StoreWork.control, .journal, .sending] {
                let wait = try #require(waits.first { $0.work.known == work })
                #expect(wait.count >= 100 || work == .sending)
                #expect(
                    .milliseconds(wait.p99) < max(.milliseconds(100), slow * 10),
                    "\(work) waited \(wait.p99) ms for the store; a bare fsync \(slow)"
                )
            }
            try await daemon.stop()
        }
    }

    /// Small durable writes, one every 20 ms: what the disk and the cores give now.
    private static func fsyncs(in folder: String, until hasEnded: Flag) async throws -> Times {
        let file = folder + "/floor"
        _ = FileManager.default.createFile(atPath: file, contents: nil)
        let handle = try FileHandle(forWritingTo: URL(filePath: file))
        defer { try? handle.close() }
        var taken: [Duration] = []
        while !hasEnded.isUp || taken.count < 100 {
            let start = ContinuousClock.now
            try handle.write(contentsOf: [UInt8](repeating: 7, count: 4096))
            try handle.synchronize()
            taken.append(start.duration(to: .now))
            try await Task.sleep(for: .milliseconds(20))
        }
        return Times(sorted: taken.sorted())
    }
}

private final class Flag: Sendable {
    private let state = Mutex(false)
    var isUp: Bool { state.withLock { $0 } }
    func raise() { state.withLock { $0 = true } }
}

/// People who write, and get an answer each time.
private final class Chat: Sendable {
    private let stage: Stage
    private let people: [String]
    private let taken = Mutex<[Duration]>([])

    init(_ stage: Stage, people: Int) {
        self.stage = stage
        self.people = (0..<people).map { "+4477009001\(10 + $0)" }
    }

    private func write(from person: String) {
        let inbound = InboundMessage(from: person, text: "Are you open?", to: StandardWorld.highThroughputPhoneNumberID)
        #expect(stage.simulator.sendInbound(inbound) != nil)
    }

    /// Everybody writes, so that they may be written to.
    func open() async throws {
        for person in people { write(from: person) }
        try await stage.settle()
    }

    /// A webhook and a reply every 20 ms, for as long as it is wanted by how many replies there were.
    func talk(until isEnough: @escaping @Sendable (Int) -> Bool) async throws {
        var turn = 0
        while !isEnough(turn) {
            let person = people[turn % people.count]
            write(from: person)
            let before = stage.simulator.ledger.messages(to: person).count
            let start = ContinuousClock.now
            let text = "Until six. \(turn)"
            try await stage.call { _ = try await $0(MessageSend(number: "offers", to: person, text: text)) }
            while stage.simulator.ledger.messages(to: person).count == before {
                try #require(start.duration(to: .now) < .seconds(30), "a reply never left")
                try await Task.sleep(for: .milliseconds(1))
            }
            let took = start.duration(to: .now)
            taken.withLock { $0.append(took) }
            turn += 1
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// What was measured since the last time.
    func take() -> Times {
        taken.withLock { taken in
            defer { taken = [] }
            return Times(sorted: taken.sorted())
        }
    }
}

private struct Times {
    let sorted: [Duration]

    var count: Int { sorted.count }
    var p50: Duration { sorted[sorted.count / 2] }
    var p99: Duration { sorted[sorted.count * 99 / 100] }
}

extension Stage {
    /// Imports so many made-up people as waproctl does; returns how many were created.
    fileprivate func importMany(_ people: Int, from first: Int, then hasEnded: Flag) async throws -> Int64 {
        defer { hasEnded.raise() }
        return try await call { waprod in
            let begun = try await waprod(ContactImport(list: "many"))
            var (piece, row) = (0, 0)
            var text = Array("phone,first_name,city,order\n".utf8)
            while true {
                while row < people, text.count < begun.pieceBytes {
                    text += Array("+4915\(110_000_000 + first + row),Person \(row),Berlin,\(70_000 + row)\n".utf8)
                    row += 1
                }
                let part = Array(text.prefix(begun.pieceBytes))
                text.removeFirst(part.count)
                let isLast = row == people && text.isEmpty
                let progress = try await waprod(ImportAppend(importID: begun.importID, piece: piece, data: Base64(part), last: isLast))
                piece += 1
                if isLast { return progress.created }
            }
        }
    }
}
