import Synchronization
import Testing
import WaproCloud
import WaproCore

@testable import WaproSending
@testable import WaproStore

/// Meta's message history as evidence: asked within a quota, able to confirm, never to deny.
@Suite struct MessageHistoryTests {
    /// A Meta whose history holds these entries; counts how often it was asked.
    private final class Archive: Sendable {
        private let state: Mutex<(body: String, status: Int, calls: Int)>

        init(_ entries: [(wamid: String, at: Timestamp)], status: Int = 200) {
            let nodes = entries.map { entry in
                #"{"id":"1","message_id":"\#(entry.wamid)","events":{"data":[{"id":"2","delivery_status":"SENT","timestamp":"\#(entry.at.milliseconds / 1000)"}]}}"#
            }
            state = Mutex((#"{"data":[\#(nodes.joined(separator: ","))]}"#, status, 0))
        }

        var calls: Int { state.withLock(\.calls) }

        var client: HTTPClient {
            var client = HTTPClient.unexpected
            client.perform = { [self] request, completion in
                let (body, status, ordinal) = state.withLock { state in
                    state.calls += 1
                    return (state.body, state.status, state.calls)
                }
                completion(.response(HTTPResponse(status: status, body: Array(body.utf8))))
                return HTTPRequestID(lane: request.lane, ordinal: UInt64(ordinal))
            }
            return client
        }
    }

    private func history(_ fixture: Fixture, _ archive: Archive, callsAnHour: Int = 3600) throws -> MessageHistory {
        let route = SendingRoute(phoneNumberID: "106540352242922", credentials: try GraphCredentials(token: Secret("token")))
        return MessageHistory(
            store: fixture.store,
            graph: GraphReader(http: archive.client, endpoint: .meta),
            routes: SendingRoutes([fixture.number: route]),
            callsAnHour: callsAnHour,
            settles: .zero,
            clock: fixture.clock.wall
        )
    }

    /// People of a campaign that are in doubt, in the order of their numbers (`+4915112340000` and on).
    private func doubtful(_ fixture: Fixture) async throws -> [Claim] {
        let claims = try await fixture.claims(of: try await fixture.start())
        try await fixture.store.write(.sending) { transaction in
            for claim in claims { try transaction.end(claim, as: .inDoubt, because: .answerUnknown) }
        }
        return claims
    }

    /// `1C 18 0D` and the digits of +4915112340000 … 2, as Meta's wamids begin.
    private static let wamids = ["wamid.HBgNNDkxNTExMjM0MDAwMAA=", "wamid.HBgNNDkxNTExMjM0MDAwMQA=", "wamid.HBgNNDkxNTExMjM0MDAwMgA="]

    @Test func `what it shows is confirmed as an inference, what it does not show stays in doubt`() async throws {
        let fixture = try await Fixture(contacts: 3)
        let claims = try await doubtful(fixture)
        let archive = Archive([(Self.wamids[0], Fixture.start), (Self.wamids[1], Fixture.start.advanced(by: .seconds(-3600)))])
        try await history(fixture, archive).confirm()
        let messages = try await [fixture.message(claims[0].attempt.message), fixture.message(claims[1].attempt.message)]
        #expect(messages.map(\.state) == [.accepted, .inDoubt])
        #expect(messages[0].because == .inferred && messages[0].wamid == Self.wamids[0])
        #expect(try await fixture.message(claims[2].attempt.message).state == .inDoubt)
        #expect(archive.calls == 1)
    }

    @Test func `a message that is known already says nothing about another one`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let claim = try await doubtful(fixture)[0]
        try await fixture.store.write(.applying) { [number = fixture.number] transaction in
            let echo = InboundMessage(
                wamid: Self.wamids[0],
                number: number,
                contact: claim.contact,
                kind: "text",
                content: "{}",
                at: transaction.now
            )
            _ = try transaction.receiveEcho(echo)
        }
        try await history(fixture, Archive([(Self.wamids[0], Fixture.start)])).confirm()
        #expect(try await fixture.message(claim.attempt.message).state == .inDoubt)
    }

    @Test func `a history that is refused or cannot be read changes nothing`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let claim = try await doubtful(fixture)[0]
        for status in [200, 400, 503] {
            try await history(fixture, Archive(status == 200 ? [("nonsense", Fixture.start)] : [], status: status)).confirm()
        }
        #expect(try await fixture.message(claim.attempt.message).state == .inDoubt)
    }

    @Test func `it is asked only while somebody is in doubt, and no more often than was said`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let archive = Archive([])
        let history = try history(fixture, archive, callsAnHour: 2)
        try await history.confirm()
        #expect(archive.calls == 0)
        _ = try await doubtful(fixture)
        for _ in 0..<5 { try await history.confirm() }
        #expect(archive.calls == 1)
        fixture.clock.step(by: .seconds(1799))
        try await history.confirm()
        #expect(archive.calls == 1)
        fixture.clock.step(by: .seconds(1))
        try await history.confirm()
        #expect(archive.calls == 2)
        // Somebody whom a person was asked about is not looked for any more.
        fixture.clock.step(by: .seconds(3600))
        _ = try await fixture.store.write(.control) { try $0.endDoubt(cameBefore: $0.now, policies: DoubtPolicies(), limit: 10) }
        try await history.confirm()
        #expect(archive.calls == 2)
    }
}
