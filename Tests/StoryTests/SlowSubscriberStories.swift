import Foundation
import Testing
import WaproCore
import WaproRPC
import WaproStore

/// Promise P7, for who subscribes and does not read.
@Suite(.serialized) struct SlowSubscriberStories {
    private static let events = 200_000

    @Test func `subscribers that never read hold little, and one that reads on has missed nothing`() async throws {
        try await Stage.play { stage in
            try await record(in: stage.folder + "/waprod.db")
            let daemon = try await stage.startDaemon()
            func memory() async throws -> Int64 { try await stage.call { try await $0(SystemStatus()).memoryBytes } }
            let before = try await memory()
            var sockets: [Int32] = []
            defer { for socket in sockets { close(socket) } }
            // Each of them would have about 50 MB to hold.
            for _ in 0..<8 { sockets.append(try subscribe(to: stage.socket)) }
            var most = before
            for _ in 0..<50 {
                try await Task.sleep(for: .milliseconds(100))
                most = max(most, try await memory())
            }
            #expect(most - before < 32 << 20, "it holds \((most - before) >> 20) MiB for readers that do not read")
            #expect(try sequences(from: sockets[0], count: 20_000) == Array(1...20_000))
            try await daemon.stop()
        }
    }

    private func record(in path: String) async throws {
        let store = try Store(.file(path))
        for _ in 0..<(Self.events / 1000) {
            try await store.write(.background) { transaction in
                for _ in 0..<1000 { try transaction.record(Event(topic: .system, detail: "something that happened")) }
            }
        }
        try await store.close()
    }

    private func subscribe(to path: String) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        try #require(isConnected)
        let line = #"{"jsonrpc":"2.0","id":1,"method":"event.subscribe","params":{"from":"beginning"}}"# + "\n"
        #expect(send(descriptor, line, line.utf8.count, 0) == line.utf8.count)
        return descriptor
    }

    /// The places in the log of the first notifications.
    private func sequences(from socket: Int32, count: Int) throws -> [Int64] {
        var found: [Int64] = []
        var rest: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while found.count < count {
            let got = recv(socket, &piece, piece.count, 0)
            try #require(got > 0)
            rest += piece[..<got]
            guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { continue }
            for line in rest[..<end].split(separator: UInt8(ascii: "\n")) {
                let event = try JSONValue.parse(Array(line))["params"]
                if case .integer(let sequence) = event?["seq"] { found.append(sequence) }
            }
            rest.removeSubrange(...end)
        }
        return Array(found.prefix(count))
    }
}
