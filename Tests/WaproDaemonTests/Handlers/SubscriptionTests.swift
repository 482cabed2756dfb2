import Synchronization
import Testing
import WaproCore
import WaproRPC

@testable import WaproDaemon
@testable import WaproStore
@testable import WaproWire

/// Subscriptions as the connection that has them sees them.
@Suite(.timeLimit(.minutes(1))) struct SubscriptionTests {
    private static let agent = Caller(uid: 1000, gid: 1000, groups: [], role: .agent)

    private func subscribe(_ client: Client<LineClient>) async throws -> String? {
        do {
            return try await client(EventSubscribe(from: "now")).subscription
        } catch CallFailure.fault(let fault) where fault.kind == .tooManySubscriptions {
            return nil
        }
    }

    @Test func `no two subscriptions of a connection have one name, though the first has ended`() async throws {
        let desk = try await Desk()
        try await Loopback.connect(desk.router, as: Self.agent) { client in
            let first = try #require(try await subscribe(client))
            let second = try #require(try await subscribe(client))
            _ = try await client(EventUnsubscribe(subscription: first))
            let third = try #require(try await subscribe(client))
            #expect(Set([first, second, third]).count == 3)
            for name in [second, third] { _ = try await client(EventUnsubscribe(subscription: name)) }
            await #expect(throws: CallFailure.self) { try await client(EventUnsubscribe(subscription: third)) }
        }
    }

    @Test func `of many that are asked for at once sixteen are granted, and all of them can be ended`() async throws {
        let desk = try await Desk()
        try await Loopback.connect(desk.router, as: Self.agent) { client in
            func granted() async throws -> [String] {
                try await withThrowingTaskGroup(of: String?.self) { group -> [String] in
                    for _ in 0..<40 { group.addTask { try await subscribe(client) } }
                    var names: [String] = []
                    for try await name in group { if let name { names.append(name) } }
                    return names
                }
            }
            let first = try await granted()
            #expect(first.count == EventHandlers.subscriptions && Set(first).count == first.count)
            for name in first { _ = try await client(EventUnsubscribe(subscription: name)) }
            let second = try await granted()
            #expect(second.count == EventHandlers.subscriptions && Set(first + second).count == first.count + second.count)
        }
    }

    @Test func `who falls behind what is kept is told that events are missing, and from where to go on`() async throws {
        let desk = try await Desk()
        try await Loopback.connect(desk.router, as: Self.agent) { client in
            let begun = try await client(EventSubscribe(from: "now"))
            try await desk.store.write(.control) { transaction in
                for _ in 0..<3 { try transaction.record(Event(topic: .system, because: .asked)) }
                _ = try transaction.pruneEvents(olderThan: .seconds(3600), beyond: 1, limit: 1000)
            }
            let told = try #require(await client.transport.nextNotification())
            #expect(told.name == SubscriptionEnded.name && told.parameters["type"]?.text == "cursor_expired")
            #expect(told.parameters["message"]?.text?.contains("up to \(begun.cursor + 2)") == true)
            let again = try await client(EventSubscribe(from: "\(begun.cursor + 2)"))
            #expect(again.subscription != begun.subscription)
            #expect(await client.transport.nextNotification()?.parameters["seq"] == .integer(begun.cursor + 3))
        }
    }

    @Test func `a batch is granted no more than a connection may have, each under its own name`() async throws {
        let desk = try await Desk()
        let said = Mutex<[JSONValue]>([])
        let session = Session(router: desk.router, caller: Self.agent, settings: WireSettings()) { line in
            let answers = try JSONValue.parse(line).elements ?? []
            said.withLock { $0 += answers }
        }
        let call: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": .string(EventSubscribe.name), "params": EventSubscribe(from: "now").json,
        ]
        let (frames, frame) = AsyncStream.makeStream(of: [Frame].self)
        frame.yield([.line(Array(JSONValue.array(Array(repeating: call, count: 40)).compact.utf8))])
        frame.finish()
        await session.run(frames)
        let answers = said.withLock { $0 }
        #expect(Set(answers.compactMap { $0["result"]?["subscription"]?.text }).count == EventHandlers.subscriptions)
        let refused = answers.filter { $0["error"]?["data"]?["type"]?.text == "too_many_subscriptions" }
        #expect(refused.count == 40 - EventHandlers.subscriptions)
    }
}
