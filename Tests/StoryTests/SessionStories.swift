import Foundation
import Testing
import WaproCore
import WaproRPC
import WaproWire

/// Named users of a running daemon.
@Suite(.serialized) struct SessionStories {
    private static let password = Secret("correct-horse-battery-staple")

    private func call<M: WaproRPC.Method>(_ method: M, in session: Secret, _ stage: Stage) async throws -> M.Reply {
        try await UnixClient.connect(stage.socket, options: ClientOptions(token: session)) { try await $0(method) }
    }

    @Test(.timeLimit(.minutes(5)))
    func `a session outlives a restart, and what was subscribed in it ends with it`() async throws {
        try await Stage.play { stage in
            let first = try await stage.startDaemon()
            defer { first.kill() }
            let token = try await stage.call { waprod in
                _ = try await waprod(UserAdd(name: "ada", role: .operator, password: Self.password))
                return try await waprod(SessionLogin(name: "ada", password: Self.password)).token
            }
            #expect(try await first.stop() == 0)
            let second = try await stage.startDaemon()
            defer { second.kill() }
            #expect(try await call(RPCHello(), in: token, stage).user == "ada")

            let told = try await UnixClient.connect(stage.socket, options: ClientOptions(token: token)) { waprod in
                _ = try await waprod(EventSubscribe(from: "now"))
                // One change while the session is, one after it: each is an event.
                _ = try await stage.call { try await $0(SystemHold(reason: "before")) }
                let event = await waprod.transport.nextNotification()?.name
                _ = try await stage.call { waprod in
                    _ = try await waprod(SessionEnd(user: "ada"))
                    return try await waprod(SystemRelease())
                }
                return [event, await waprod.transport.nextNotification()?.name]
            }
            #expect(told == ["event", "ended"])
            await #expect(throws: CallFailure.self) { try await call(SystemStatus(), in: token, stage) }
            #expect(try await second.stop() == 0)
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `no password and no token is in any file that the daemon wrote`() async throws {
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon()
            defer { daemon.kill() }
            let tokens = try await stage.call { waprod in
                _ = try await waprod(UserAdd(name: "ada", role: .operator, password: Self.password, idempotencyKey: "a"))
                var tokens: [String] = []
                for _ in 0..<2 {
                    tokens.append(try await waprod(SessionLogin(name: "ada", password: Self.password, idempotencyKey: "b")).token.revealed)
                }
                // Given where it does not belong, and to a method that does not exist.
                for method in ["session.logn", "user.set"] {
                    let parameters: JSONValue = ["user": "nobody", "name": "x", "password": .string(Self.password.revealed)]
                    await #expect(throws: CallFailure.self) { try await waprod.transport.call(method, parameters: parameters) }
                }
                return tokens
            }
            #expect(try await daemon.stop() == 0)
            let files = try FileManager.default.subpathsOfDirectory(atPath: stage.folder).filter { !$0.hasSuffix(".sock") }
            var bytes = 0
            for file in files {
                guard let content = FileManager.default.contents(atPath: "\(stage.folder)/\(file)") else { continue }
                bytes += content.count
                for secret in tokens + [Self.password.revealed] { #expect(content.range(of: Data(secret.utf8)) == nil, "\(file)") }
            }
            #expect(bytes > 100_000)
        }
    }
}
