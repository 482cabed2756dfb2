import Testing
import WaproCore
import WaproStore

@testable import WaproReceiving

@Suite(.timeLimit(.minutes(1)))
struct StatusTests {
    @Test func `statuses in any order end at the highest`() async throws {
        for order in [
            ["sent", "delivered", "read"], ["read", "sent", "delivered"], ["delivered", "read", "sent"], ["read", "delivered", "sent"],
        ] {
            let world = try await World()
            let attempt = try await world.accepted("wamid.A")
            for status in order { try await world.receive(Webhook.statuses([Webhook.status(status, "wamid.A")])) }
            #expect(try await world.state(of: attempt) == .read)
        }
    }

    @Test func `a webhook seen twice changes nothing`() async throws {
        let world = try await World()
        let attempt = try await world.accepted("wamid.A")
        let body = Webhook.statuses([Webhook.status("delivered", "wamid.A"), Webhook.status("sent", "wamid.A")])
        try await world.receive(body, Webhook.text("wamid.B"), Webhook.preference("stop", at: 1_795_341_700))
        let (message, last) = (try await world.message(attempt), try await world.lastEvent)
        world.clock.step(by: .seconds(60))
        try await world.receive(body, Webhook.text("wamid.B"), Webhook.preference("stop", at: 1_795_341_700))
        #expect(try await world.message(attempt) == message)
        #expect(try await world.lastEvent == last)
        #expect(try await world.inbound.count == 1)
    }

    @Test func `a status finds its attempt by what it echoes before the answer brings a wamid`() async throws {
        let world = try await World()
        let attempt = try await world.accepted("wamid.A")
        let callback = CallbackData.render(attempt, store: world.store.name)
        try await world.receive(Webhook.statuses([Webhook.status("sent", "wamid.other", callback: callback)]))
        #expect(try await world.state(of: attempt) == .sent)
    }

    @Test func `a message of another application is counted as foreign and never put aside`() async throws {
        let world = try await World()
        try await world.receive(
            Webhook.statuses([Webhook.status("sent", "wamid.X", callback: "order-77"), Webhook.status("sent", "wamid.Y")]),
            Webhook.statuses([
                Webhook.status("sent", "wamid.Z", callback: "w1:00000000:\(AttemptID(message: MessageID(rawValue: 1), ordinal: 1))")
            ])
        )
        #expect(try await world.counts == ["status.foreign": 3])
        #expect(try await world.store.journal().quarantined == 0)
    }

    @Test func `an attempt that carries our name and is not in the store is counted apart`() async throws {
        let world = try await World()
        let lost = CallbackData.render(AttemptID(message: MessageID(rawValue: 77), ordinal: 1), store: world.store.name)
        try await world.receive(Webhook.statuses([Webhook.status("sent", "wamid.X", callback: lost)]))
        #expect(try await world.counts == ["status.unknown_attempt": 1])
    }

    @Test func `a failure keeps Meta's code, and the one that says stop is an opt-out`() async throws {
        let world = try await World()
        let (failed, stopped) = (
            try await world.accepted("wamid.A", to: 4_917_600_000_001), try await world.accepted("wamid.B", to: 4_917_600_000_002)
        )
        try await world.receive(
            Webhook.statuses([Webhook.status("failed", "wamid.A", code: 131_026), Webhook.status("failed", "wamid.B", code: 131_050)])
        )
        #expect(try await world.message(failed)?.code == 131_026)
        #expect(try await world.state(of: stopped) == .failed)
        #expect(try await world.contact(4_917_600_000_001)?.optedOutAt == nil)
        #expect(try await world.contact(4_917_600_000_002)?.optedOutAt == World.start)
    }

    @Test func `a failure that says stop is an opt-out also when it comes too late for its message, and only once`() async throws {
        let world = try await World()
        let attempt = try await world.accepted("wamid.A")
        let stop = Webhook.statuses([Webhook.status("failed", "wamid.A", code: 131_050)])
        try await world.receive(Webhook.statuses([Webhook.status("delivered", "wamid.A")]), stop)
        #expect(try await world.state(of: attempt) == .delivered)
        #expect(try await world.contact(4_917_612_345_678)?.optedOutAt == World.start)
        try await world.receive(Webhook.preference("resume", at: 1_795_341_700), stop)
        #expect(try await world.contact(4_917_612_345_678)?.optedOutAt == nil, "Meta delivered it again")
    }

    @Test func `a thousand statuses in one body are applied in bounded commits`() async throws {
        let world = try await World()
        var attempts: [AttemptID] = []
        for index in 0..<1000 { attempts.append(try await world.accepted("wamid.\(index)", to: 4_917_600_000_000 + Int64(index))) }
        let commits = world.store.commits
        try await world.receive(Webhook.statuses((0..<1000).map { Webhook.status("delivered", "wamid.\($0)") }))
        // One for the journal, then four of at most 256; the last is counted a moment after it is answered.
        #expect(world.store.commits - commits >= 4)
        for attempt in attempts { #expect(try await world.state(of: attempt) == .delivered) }
        #expect(try await world.store.journal().waiting == 0)
    }
}
