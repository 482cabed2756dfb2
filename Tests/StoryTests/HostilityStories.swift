import Foundation
import MetaSim
import Testing
import WaproCore
import WaproRPC

/// What reaches the control socket from people who mean harm, or who may not see everything.
@Suite(.serialized) struct HostilityStories {
    private static let python = Tool(path: "/usr/bin/python3")

    @Test(.timeLimit(.minutes(10)))
    func `ten thousand hostile lines leave it up, small, and there for others`() async throws {
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon()
            defer { daemon.kill() }
            func memory() async throws -> Int64 { try await stage.call { try await $0(SystemStatus()).memoryBytes } }
            _ = try await memory()
            let before = try await memory()
            var dice = Dice(seed: 20_261_127)
            var answers = 0
            for _ in 0..<100 {
                let lines: [UInt8] = (0..<100).flatMap { _ -> [UInt8] in HostileLine.make(&dice) + [0x0A] }
                answers += try await offPool { try exchange(lines, at: stage.socket) }
                _ = try await stage.call { try await $0(SystemPing()) }
            }
            // Every connection got something to read; some of them were closed for what they had sent.
            #expect(answers > 1000)
            #expect(daemon.isOver == nil)
            let after = try await memory()
            #expect(after - before < 32 << 20, "it grew by \((after - before) >> 20) MiB")
            #expect(try await daemon.stop() == 0)
        }
    }

    @Test(.enabled(if: python.isUsable, "needs root and python3"), .timeLimit(.minutes(10)))
    func `a stranger gets nothing but a clear refusal, and a viewer no phone number and no text`() async throws {
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon(extra: "callers: [{ role: viewer, user: 4711 }]")
            defer { daemon.kill() }
            try await stage.prepareCampaign("launch", people: 20)
            try await stage.call { _ = try await $0(CampaignStart(campaign: "launch")) }
            #expect(
                stage.simulator.sendInbound(
                    InboundMessage(from: "4915199999001", text: "meet me at nine", to: StandardWorld.highThroughputPhoneNumberID)
                ) != nil
            )
            try await eventually { try await stage.call { try await $0(MessageList(direction: .inbound)).items.count == 1 } }

            func example<M: WaproRPC.Method>(_ method: M.Type) -> JSONValue { M.example.json }
            var requests: [JSONValue] = []
            for method in Catalogue.wapro.methods {
                var parameters = example(method)
                if case .object(var object) = parameters, object["campaign"] != nil {
                    object["campaign"] = "launch"
                    parameters = .object(object)
                }
                requests.append(["jsonrpc": "2.0", "id": .string(method.name), "method": .string(method.name), "params": parameters])
            }
            for (uid, role) in [(4712, Role?.none), (4711, .viewer)] {
                let answers = try await ask(requests, as: uid, stage)
                #expect(answers.count == requests.count)
                for answer in answers {
                    let name = answer["id"]?.text ?? ""
                    let method = try #require(Catalogue.wapro.method(name))
                    let slug = answer["error"]?["data"]?["type"]?.text
                    // The example of rpc.check is a call that neither may make.
                    let mayCall = role.map { $0 >= method.role } ?? false
                    #expect((slug == "forbidden") == (!mayCall || name == RPCCheck.name), "\(name) as \(uid): \(answer.compact)")
                    #expect(!answer.compact.contains("4915199999001") && !answer.compact.contains("49151100000"), "\(answer.compact)")
                    #expect(!answer.compact.contains("meet me at nine"), "\(answer.compact)")
                    if role == nil { #expect(answer["error"]?["message"]?.text == "You (uid \(uid)) may not use this daemon.") }
                }
            }
            #expect(try await daemon.stop() == 0)
        }
    }

    /// The answers to requests, one after the other, of a process with this user id.
    private func ask(_ requests: [JSONValue], as uid: Int, _ stage: Stage) async throws -> [JSONValue] {
        let file = stage.folder + "/requests"
        try (requests.map(\.compact).joined(separator: "\n") + "\n").write(toFile: file, atomically: true, encoding: .utf8)
        let program = """
            import os, socket, sys
            lines = open(sys.argv[2]).read().splitlines()
            os.setgroups([]); os.setgid(\(uid)); os.setuid(\(uid))
            s = socket.socket(socket.AF_UNIX)
            s.connect(sys.argv[1])
            f = s.makefile()
            for line in lines:
                s.sendall(line.encode() + b"\\n")
                print(f.readline(), end="")
            """
        let (status, words) = try await Self.python.run("-c", program, stage.socket, file)
        #expect(status == 0, "\(words)")
        return try words.split(separator: "\n").map { try JSONValue.parse(String($0)) }
    }
}

/// Sends bytes, ends our side, and counts the lines that come back until the other side ends.
private func exchange(_ bytes: [UInt8], at path: String) throws -> Int {
    let plug = try #require(Plug.unix(path))
    let descriptor = plug.descriptor
    var sent = 0
    while sent < bytes.count {
        let count = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL)) }
        // It may have closed the connection for what it read.
        guard count > 0 else { break }
        sent += count
    }
    shutdown(descriptor, Int32(SHUT_WR))
    var lines = 0
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return withExtendedLifetime(plug) { lines } }
        lines += buffer.prefix(count).count { $0 == 0x0A }
    }
}

/// A line that no honest program sends.
private enum HostileLine {
    private static let honest = [
        #"{"jsonrpc":"2.0","id":1,"method":"system.ping"}"#, #"{"jsonrpc":"2.0","id":2,"method":"campaign.list","params":{"limit":10}}"#,
        #"{"jsonrpc":"2.0","id":"x","method":"contact.list","params":[null,"a",3]}"#,
        #"[{"jsonrpc":"2.0","id":1,"method":"number.list"},{"jsonrpc":"2.0","method":"rpc.cancel","params":[1]}]"#,
    ]

    static func make(_ dice: inout Dice) -> [UInt8] {
        switch dice.roll(10) {
        case 0: noise(&dice, dice.roll(400))
        case 1: Array(repeating: UInt8(ascii: "["), count: dice.roll(5000))
        case 2: Array((#"{"jsonrpc":"2.0","id":1,"method":""# + String(repeating: "é\\u0000", count: dice.roll(2000)) + #""}"#).utf8)
        case 3:
            Array(
                #"{"jsonrpc":"2.0","id":1e\#(dice.roll(100_000)),"method":"system.ping","params":\#(String(repeating: "9", count: dice.roll(3000)))}"#
                    .utf8
            )
        case 4: Array(("{" + (0..<dice.roll(500)).map { #""k\#($0 % 7)":\#($0)"# }.joined(separator: ",") + "}").utf8)
        case 5: dice.roll(20) == 0 ? Array("GET / HTTP/1.1".utf8) : Array("get".utf8)
        default: damaged(&dice)
        }
    }

    private static func noise(_ dice: inout Dice, _ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(dice.roll(256)) }.filter { $0 != 0x0A }
    }

    /// An honest line with some bytes changed, doubled or left out.
    private static func damaged(_ dice: inout Dice) -> [UInt8] {
        var bytes = Array(honest[dice.roll(honest.count)].utf8)
        for _ in 0..<(1 + dice.roll(4)) where !bytes.isEmpty {
            let place = dice.roll(bytes.count)
            switch dice.roll(3) {
            case 0: bytes[place] = noise(&dice, 3).first ?? 0x7B
            case 1: bytes.remove(at: place)
            default: bytes.insert(contentsOf: bytes[place..<min(place + 1 + dice.roll(20), bytes.count)], at: place)
            }
        }
        return bytes
    }
}

/// Numbers that are the same in every run.
private struct Dice {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func roll(_ sides: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % max(sides, 1)
    }
}
