import Glibc
import Logging
import NIOPosix
import ServiceLifecycle
import Testing
import WaproCore
import WaproRPC

@testable import WaproWire

@Suite(.timeLimit(.minutes(5))) struct UnixServerTests {
    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private let look = #"{"jsonrpc":"2.0","method":"thing.look","params":["a"],"id":1}"#

    /// Runs a server beside `body`.
    private func serve(
        _ fixture: Fixture = Fixture(),
        settings: WireSettings = WireSettings(),
        role: @escaping @Sendable (PeerCredentials) -> Role? = { _ in .admin },
        _ body: @escaping @Sendable (String) async throws -> Void
    ) async throws {
        let router = try fixture.router()
        try await withSocketPath { path in
            let server = UnixServer(try ListeningSocket.bind(path), router: router, settings: settings, logger: quiet, role: role)
            try await running(server) { try await body(path) }
            #expect(access(path, F_OK) != 0, "the socket's file is gone")
        }
    }

    /// Runs the server meanwhile, and ends it as the daemon does.
    private func running(_ server: UnixServer, _ body: @escaping @Sendable () async throws -> Void) async throws {
        let services = ServiceGroup(services: [server], logger: quiet)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try? await services.run() }
            let result: Result<Void, any Error>
            do { result = .success(try await body()) } catch { result = .failure(error) }
            await services.triggerGracefulShutdown()
            // Calls that a test holds are not waited for.
            group.addTask { try? await Task.sleep(for: .seconds(3)) }
            try await group.next()
            group.cancelAll()
            try result.get()
        }
    }

    @Test func `the kernel says who calls`() async throws {
        let seen = Log()
        try await serve(role: { peer in
            seen.add("\(peer.pid) \(peer.uid) \(peer.gid) \(peer.groups.sorted())")
            return .admin
        }) { path in
            try await UnixClient.connect(path) { client in
                let reply = try await client(Look(label: "x"))
                #expect(reply == "x \(getuid())")
            }
        }
        var groups = [gid_t](repeating: 0, count: 1024)
        let count = Int(getgroups(1024, &groups))
        #expect(seen.all == ["\(getpid()) \(getuid()) \(getgid()) \(groups.prefix(count).sorted())"])
    }

    @Test func `many calls on one connection, and many connections`() async throws {
        try await serve { path in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for connection in 0..<8 {
                    group.addTask {
                        try await UnixClient.connect(path) { client in
                            try await withThrowingTaskGroup(of: Void.self) { calls in
                                for call in 0..<200 {
                                    calls.addTask {
                                        let reply = try await client(Look(label: "\(connection)-\(call)"))
                                        #expect(reply == "\(connection)-\(call) \(getuid())")
                                    }
                                }
                                try await calls.waitForAll()
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func `somebody without a role is told so, and stays connected`() async throws {
        try await serve(role: { _ in nil }) { [look] path in
            let peer = try #require(RawSocket(path))
            for _ in 0..<2 {
                peer.send(look + "\n")
                #expect(try await peer.line().contains(#""type":"forbidden""#))
            }
            peer.end()
        }
    }

    @Test func `answers still come when the caller has ended its input`() async throws {
        try await serve { [look] path in
            // Often: the answer comes from another thread than the one that closes.
            for _ in 0..<500 {
                let peer = try #require(RawSocket(path))
                defer { peer.end() }
                peer.send(look)
                peer.endInput()
                try #require(try await peer.rest() == #"{"jsonrpc":"2.0","result":"a \#(getuid())","id":1}"# + "\n")
            }
        }
    }

    @Test func `who reads late gets the whole of a long answer`() async throws {
        try await serve { path in
            let label = String(repeating: "x", count: 800_000)
            let peer = try #require(RawSocket(path))
            defer { peer.end() }
            peer.send(#"{"jsonrpc":"2.0","method":"thing.look","params":["\#(label)"],"id":1}"#)
            peer.endInput()
            // The kernel takes a quarter of it meanwhile.
            try await Task.sleep(for: .seconds(1))
            #expect(try await peer.rest() == #"{"jsonrpc":"2.0","result":"\#(label) \#(getuid())","id":1}"# + "\n")
        }
    }

    @Test func `who only ends its input gets every answer, who closes is not worked for`() async throws {
        let lines = [("change", "held"), ("change", "b"), ("look", "held"), ("look", "c")].map { method, label in
            #"{"jsonrpc":"2.0","method":"thing.\#(method)","params":["\#(label)"],"id":"\#(method) \#(label)"}"# + "\n"
        }
        let fixture = Fixture()
        try await serve(fixture) { path in
            let patient = try #require(RawSocket(path))
            patient.send(lines.joined())
            patient.endInput()
            await fixture.heldChange.arrived()
            await fixture.heldLook.arrived()
            fixture.heldChange.letGo()
            fixture.heldLook.letGo()
            #expect(try await patient.rest().split(separator: "\n").count == lines.count)
            patient.end()
        }
        let other = Fixture()
        try await serve(other) { path in
            let gone = try #require(RawSocket(path))
            gone.send(lines[0] + lines[1] + #"{"jsonrpc":"2.0","method":"thing.look","params":["endless"],"id":1}"# + "\n" + lines[3])
            await other.heldChange.arrived()
            _ = try await gone.line()
            gone.end()
            // Nothing is written to it, and still the daemon learns it.
            let end = ContinuousClock.now + .seconds(20)
            while !other.log.all.contains("look endless"), .now < end { try await Task.sleep(for: .milliseconds(1)) }
            #expect(other.log.all.sorted() == ["begin held", "look c", "look endless"])
            other.heldChange.letGo()
            while !other.log.all.contains("end held") { try await Task.sleep(for: .milliseconds(1)) }
            for _ in 0..<1000 { await Task.yield() }
            #expect(other.log.all.sorted() == ["begin held", "end held", "look c", "look endless"])
        }
    }

    @Test func `what is not JSON is answered, and the connection lives on`() async throws {
        try await serve { [look] path in
            let peer = try #require(RawSocket(path))
            peer.send("nonsense\n\n\(look)\n")
            let answers = [try await peer.line(), try await peer.line()]
            #expect(answers.contains { $0.contains("-32700") } && answers.contains { $0.contains("result") })
            peer.end()
        }
    }

    @Test func `a line that is too long gets an error, then the end`() async throws {
        var settings = WireSettings()
        settings.lineBytes = 1000
        try await serve(settings: settings) { path in
            let peer = try #require(RawSocket(path))
            peer.send(String(repeating: "x", count: 5000))
            let answer = try JSONValue.parse(try await peer.rest())
            #expect(answer["id"] == .null && answer["error"]?["data"]?["type"] == "message_too_large")
            peer.end()
        }
    }

    @Test func `an HTTP client gets one helpful line, then the end`() async throws {
        try await serve { path in
            let peer = try #require(RawSocket(path))
            peer.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            let answer = try await peer.rest()
            #expect(answer.hasPrefix("HTTP/1.0 400 ") && answer.contains("JSON-RPC"))
            peer.end()
        }
    }

    @Test func `a line that is never finished ends the connection`() async throws {
        var settings = WireSettings()
        settings.partialLine = .milliseconds(20)
        try await serve(settings: settings) { [look] path in
            let peer = try #require(RawSocket(path))
            peer.send("\(look)\n{\"jsonrpc\":")
            let answer = try await peer.rest()
            #expect(answer.contains("result") && answer.contains("not completed in time"))
            peer.end()
        }
    }

    @Test(arguments: [Role.operator, .admin])
    func `connections of a user are limited, and administrators have a reserve`(role: Role) async throws {
        var settings = WireSettings()
        settings.connections = 0
        settings.connectionsReserved = 1
        try await serve(settings: settings, role: { _ in role }) { [look] path in
            let first = try #require(RawSocket(path))
            first.send(look + "\n")
            let answer = try await first.line()
            #expect(answer.contains(role == .admin ? "result" : "overloaded"))
            let second = try #require(RawSocket(path))
            #expect(try await second.rest().contains(#""type":"overloaded""#))
            first.end()
            second.end()
        }
    }

    @Test func `a client that is refused learns why, however soon the daemon closes`() async throws {
        var settings = WireSettings()
        settings.connections = 0
        try await serve(settings: settings, role: { _ in .operator }) { path in
            for _ in 0..<50 {
                let failure = await #expect(throws: CallFailure.self) {
                    try await UnixClient.connect(path) { try await $0(Look(label: "a")) }
                }
                guard case .fault(let fault) = failure else { throw failure ?? .lost("nothing was thrown") }
                #expect(fault.kind == .overloaded)
            }
        }
    }

    @Test func `a living daemon's socket is left alone, a dead one's is replaced, and other files are not touched`() async throws {
        try await serve { path in
            #expect(throws: SocketFailure.inUse(path: path)) { try ListeningSocket.bind(path) }
        }
        try await withSocketPath { path in
            let dead = try ListeningSocket.bind(path)
            close(dead.descriptor)
            let socket = try ListeningSocket.bind(path, mode: 0o660)
            var status = stat()
            #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o660)
            close(socket.descriptor)
            unlink(path)
            close(open(path, O_CREAT | O_WRONLY, 0o600))
            #expect(throws: SocketFailure.notASocket(path: path)) { try ListeningSocket.bind(path) }
            #expect(access(path, F_OK) == 0)
        }
        let long = "/tmp/" + String(repeating: "x", count: 200)
        #expect(throws: SocketFailure.tooLong(path: long)) { try ListeningSocket.bind(long) }
        #expect(throws: SocketFailure.self) { try ListeningSocket.bind("/nowhere/at/all/s") }
    }

    @Test func `a socket that was handed over is served, and its file is left`() async throws {
        let fixture = Fixture()
        let router = try fixture.router()
        try await withSocketPath { path in
            let theirs = try ListeningSocket.bind(path)
            let adopted = try ListeningSocket.adopt(theirs.descriptor)
            let server = UnixServer(adopted, router: router, logger: quiet) { _ in .admin }
            try await running(server) {
                try await UnixClient.connect(path) { client in
                    let reply = try await client(Look(label: "x"))
                    #expect(reply.hasPrefix("x"))
                }
            }
            #expect(access(path, F_OK) == 0)
        }
        #expect(throws: SocketFailure.self) { try ListeningSocket.adopt(0) }
    }

    @Test func `no daemon, no socket: the client says so in words`() async throws {
        try await withSocketPath { path in
            let failure = await #expect(throws: CallFailure.self) { try await UnixClient.connect(path) { _ in } }
            guard case .unreachable(let words, .notRunning) = failure else { throw failure! }
            #expect(words.contains("Is waprod running?"))
        }
    }

    @Test func `a call whose connection ends is lost, not forgotten`() async throws {
        try await withSocketPath { path in
            let socket = try ListeningSocket.bind(path)
            async let dropped: Void = NIOThreadPool.singleton.runIfActive {
                let peer = accept(socket.descriptor, nil, nil)
                var byte: UInt8 = 0
                recv(peer, &byte, 1, 0)
                close(peer)
            }
            let failure = await #expect(throws: CallFailure.self) {
                try await UnixClient.connect(path) { client in _ = try await client(Change(label: "a", idempotencyKey: nil)) }
            }
            guard case .lost = failure else { throw failure! }
            try await dropped
            close(socket.descriptor)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `who gives up a call that the daemon does not read is not held by what was not written yet`()
        async throws
    {
        try await withSocketPath { path in
            let socket = try ListeningSocket.bind(path)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await UnixClient.connect(path) { client in
                        _ = try await client(Change(label: String(repeating: "x", count: 8 << 20), idempotencyKey: nil))
                    }
                }
                // Part of it is there, and the rest does not fit into what the kernel keeps.
                let peer = try await NIOThreadPool.singleton.runIfActive {
                    let accepted = accept(socket.descriptor, nil, nil)
                    var byte: UInt8 = 0
                    recv(accepted, &byte, 1, 0)
                    return accepted
                }
                group.cancelAll()
                await #expect(throws: (any Error).self) { try await group.waitForAll() }
                close(peer)
            }
            close(socket.descriptor)
        }
    }

    @Test func `a connection that comes while the server stops does no harm`() async throws {
        for _ in 0..<30 {
            try await serve { path in
                // Accepted or not: nobody waits for it.
                for _ in 0..<4 { _ = RawSocket(path) }
            }
        }
    }

    @Test func `on shutdown what was asked is still answered, and nothing new is taken`() async throws {
        let fixture = Fixture()
        let router = try fixture.router()
        try await withSocketPath { path in
            let server = UnixServer(try ListeningSocket.bind(path), router: router, logger: quiet) { _ in .admin }
            let services = ServiceGroup(services: [server], logger: quiet)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await services.run() }
                group.addTask {
                    try await UnixClient.connect(path) { client in
                        let reply = try await client(Change(label: "held", idempotencyKey: nil))
                        #expect(reply == "held")
                    }
                }
                await fixture.heldChange.arrived()
                await services.triggerGracefulShutdown()
                fixture.heldChange.letGo()
                try await group.waitForAll()
            }
            #expect(RawSocket(path) == nil)
        }
    }
}
