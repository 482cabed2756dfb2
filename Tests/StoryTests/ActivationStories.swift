import Foundation
import MetaSim
import Testing
import WaproRPC

/// Sockets that systemd opened before it started the daemon, as `systemd-socket-activate(1)` passes them at the first connection.
@Suite(.serialized, .enabled(if: Tool.activator.isUsable, "needs root and systemd-socket-activate(1)")) struct ActivationStories {
    @Test func `passed sockets are served by their names, not inherited further, and left when it ends`() async throws {
        try await Stage.play { stage in
            let (second, strange) = (try Stage.freePort(), try Stage.freePort())
            let daemon = try stage.activate([
                ("control", stage.socket), ("webhook", "127.0.0.1:\(stage.port)"), ("webhook", "127.0.0.1:\(second)"),
                ("old", "127.0.0.1:\(strange)"),
            ])
            defer { daemon.kill() }
            try await daemon.waitUntilReady(stage.socket)
            for port in [stage.port, second] {
                let question = "hub.mode=subscribe&hub.verify_token=\(StandardWorld.verifyToken)&hub.challenge=1158201444"
                let answer = try await Tool.curl.run("-sS", "-m", "30", "http://127.0.0.1:\(port)/webhook/main?\(question)")
                #expect(answer.status == 0 && answer.words == "1158201444")
            }
            #expect(daemon.words.contains("systemd passed a socket that waprod does not know") && daemon.words.contains("name=old"))
            #expect(Plug.tcp(strange) == nil, "nobody listens there any more")
            for descriptor in 3...5 {
                let facts = try String(contentsOfFile: "/proc/\(daemon.pid)/fdinfo/\(descriptor)", encoding: .utf8)
                let flags = try #require(facts.split(separator: "\n").first { $0.hasPrefix("flags:") }?.split(separator: "\t").last)
                #expect(try #require(Int32(flags, radix: 8)) & O_CLOEXEC != 0)
            }
            let limits = try String(contentsOfFile: "/proc/\(daemon.pid)/limits", encoding: .utf8)
            #expect(limits.contains(/Max core file size +0 +0/), "nothing of it is dumped")
            #expect(try await daemon.stop() == 0)
            #expect(FileManager.default.fileExists(atPath: stage.socket), "the path is systemd's")
        }
    }

    @Test func `a socket of the wrong kind is refused by the name of its unit`() async throws {
        try await Stage.play { stage in
            let daemon = try stage.activate([("control", "127.0.0.1:\(stage.port)")])
            defer { daemon.kill() }
            // Whoever connects starts it.
            var plug: Plug?
            try await eventually {
                plug = Plug.tcp(stage.port)
                return plug != nil
            }
            #expect(try await daemon.ending() == 69)
            #expect(daemon.words.contains("systemctl cat waprod-control.socket"))
            withExtendedLifetime(plug) {}
        }
    }
}

extension Stage {
    /// A daemon that is started by the first connection to one of the sockets, given by name and address.
    func activate(_ sockets: [(name: String, address: String)]) throws -> DaemonProcess {
        let names = sockets.map(\.name).joined(separator: ":")
        let words = [Tool.activator.path, "--fdname=\(names)"] + sockets.flatMap { ["-l", $0.address] }
        return try DaemonProcess(configuration: yaml(port: port, rate: 5000, extra: ""), in: folder, by: words)
    }
}
