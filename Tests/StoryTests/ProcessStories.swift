import Foundation
import MetaSim
import Testing
import WaproCore
import WaproRPC

@Suite(.serialized) struct ProcessStories {
    @Test(.timeLimit(.minutes(15)))
    func `stopped for five seconds in the middle, it hands over no old intent, and nobody is messaged twice or lost`() async throws {
        try await Stage.play({ ($0.latencyMilliseconds, $0.retryGapsSeconds) = (20, [100]) }) { stage in
            let daemon = try await stage.startDaemon(rate: 150)
            defer { daemon.kill() }
            try await stage.prepareCampaign("launch", people: 400)
            try await stage.call { _ = try await $0(CampaignStart(campaign: "launch")) }
            try await eventually { stage.simulator.ledger.count >= 50 }
            #expect(kill(daemon.pid, SIGSTOP) == 0)
            for person in Errands.newcomers {
                let message = InboundMessage(from: person, text: "I am \(person.suffix(3))", to: StandardWorld.highThroughputPhoneNumberID)
                #expect(stage.simulator.sendInbound(message) != nil)
            }
            try await Task.sleep(for: .seconds(5))
            let reached = stage.simulator.ledger.count
            #expect(reached < 400)
            #expect(kill(daemon.pid, SIGCONT) == 0)
            let audit = Audit(stage: stage, people: 400)
            try await audit.settle()
            try await audit.checkCampaign()
            try await audit.check(inboundOf: Errands.newcomers)
            try await audit.checkEvents()
            // What Meta took after the pause was intended after it too: whoever had been claimed before went back first.
            let messages = try await stage.insist(MessageList(campaign: "launch", limit: 1000)).items
            var oldest: Int64 = 0
            for message in messages {
                guard let phone = message.phone, let entry = stage.simulator.ledger.messages(to: phone).first else { continue }
                let attempts = try await stage.insist(MessageShow(message: message.id)).attempts ?? []
                guard let intent = attempts.map(\.at.milliseconds).filter({ $0 <= entry.time + 50 }).max() else { continue }
                oldest = max(oldest, entry.time - intent)
            }
            #expect(oldest < 2_500, "an intent of \(oldest) ms was handed over")
            #expect(try await daemon.stop() == 0)
        }
    }

    @Test(.enabled(if: Tool.prlimit.isUsable, "needs root and prlimit(1)"), .timeLimit(.minutes(15)))
    func `without descriptors it neither ends nor spins, and answers again when there are some`() async throws {
        try await Stage.play({ $0.retryGapsSeconds = [100] }) { stage in
            let daemon = try await stage.startDaemon(rate: 20)
            defer { daemon.kill() }
            try await stage.prepareCampaign("launch", people: 150)
            try await stage.call { _ = try await $0(CampaignStart(campaign: "launch")) }
            try await eventually { stage.simulator.ledger.count >= 20 }
            let used = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(daemon.pid)/fd").count
            #expect(try await Tool.prlimit.run("--pid", "\(daemon.pid)", "--nofile=\(used + 12):4096").status == 0)
            var plugs: [Plug?] = (0..<24).map { _ in Plug.tcp(stage.port) } + (0..<12).map { _ in Plug.unix(stage.socket) }
            #expect(plugs.allSatisfy { $0 != nil }, "the kernel queues them, whoever accepts")
            try await Task.sleep(for: .milliseconds(500))
            try #require(daemon.isOver == nil, "it ended: \(daemon.words)")
            let before = try daemon.processorTime()
            try await Task.sleep(for: .seconds(3))
            try #require(daemon.isOver == nil, "it ended: \(daemon.words)")
            let spent = try daemon.processorTime() - before
            #expect(spent < .milliseconds(1500), "it used \(spent) of 3 s: it spins")
            plugs.removeAll()
            try await eventually(within: .seconds(20)) { (try? await stage.call { try await $0(SystemPing()) }) != nil }
            #expect(try await Tool.prlimit.run("--pid", "\(daemon.pid)", "--nofile=4096:4096").status == 0)
            let audit = Audit(stage: stage, people: 150)
            try await audit.settle()
            try await audit.checkCampaign()
            try await audit.checkEvents()
            #expect(try await daemon.stop() == 0)
        }
    }

    @Test(.enabled(if: SocketKiller.works, "needs root, ss(8), and a kernel that destroys sockets for it"), .timeLimit(.minutes(15)))
    func `connections to Meta that are torn down under way leave nobody twice and nobody lost`() async throws {
        try await Stage.play({ $0.latencyMilliseconds = 30 }) { stage in
            let daemon = try await stage.startDaemon(rate: 150)
            defer { daemon.kill() }
            try await stage.prepareCampaign("launch", people: 300)
            try await stage.call { _ = try await $0(CampaignStart(campaign: "launch")) }
            let port = try #require(stage.base.split(separator: ":").last.flatMap { Int($0) })
            var torn = 0
            for round in 1...5 {
                try await eventually { stage.simulator.ledger.count >= 40 * round }
                torn += try await offPool { try SocketKiller.kill(to: port) }
            }
            #expect(torn > 0, "no connection was torn down")
            let audit = Audit(stage: stage, people: 300)
            try await audit.settle()
            try await audit.checkCampaign()
            try await audit.checkEvents()
            #expect(try await daemon.stop() == 0)
        }
    }
}

extension DaemonProcess {
    /// What it has used of the processors, by the kernel's count.
    func processorTime() throws -> Duration {
        let text = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        // The name in parentheses may have spaces; user and system time are the 14th and 15th field.
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        let ticks = try #require(fields.count > 13 ? Int(fields[12]).flatMap { user in Int(fields[13]).map { user + $0 } } : nil)
        return .milliseconds(ticks * 1000 / sysconf(Int32(_SC_CLK_TCK)))
    }
}

/// Destroys established connections on loopback, both ends.
enum SocketKiller {
    static func kill(to port: Int) throws -> Int {
        let words = try Tool.sockets.runHere(
            ["-K", "-tnH", "state", "established", "dst", "127.0.0.1", "and", "dport", "=", ":\(port)"]
        ).words
        return words.split(separator: "\n").count
    }

    /// Tried out on a connection of our own.
    static let works: Bool = {
        guard Tool.sockets.isUsable else { return false }
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(server) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(server, $0, size) == 0 && getsockname(server, $0, &size) == 0 && listen(server, 1) == 0
            }
        }
        let port = Int(UInt16(bigEndian: address.sin_port))
        guard isListening, let plug = Plug.tcp(port), let torn = try? kill(to: port) else { return false }
        return torn > 0 && plug.exchange("x") == ""
    }()
}
