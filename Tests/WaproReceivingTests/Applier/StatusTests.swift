import Testing
import WaproCore
import WaproStore

@testable import WaproReceiving

@Suite(.timeLimit(.minutes(5)))
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

    @Test(arguments: [190, 131005, 10])
    func `a late refusal of the token before stops nothing, and one of this token does`(code: Int) async throws {
        let world = try await World()
        _ = try await world.accepted("wamid.old")
        world.clock.step(by: .seconds(5))
        _ = try await world.store.write(.control) { [account = world.account] in try $0.renewCredentials(of: account) }
        world.clock.step(by: .seconds(5))
        let fresh = try await world.accepted("wamid.new", to: 4_917_612_345_679)
        try await world.receive(Webhook.statuses([Webhook.status("failed", "wamid.old", code: code)]))
        #expect(try await world.store.read { try $0.number(world.number)?.halted } == nil)
        try await world.receive(Webhook.statuses([Webhook.status("failed", "wamid.new", code: code)]))
        #expect(try await world.state(of: fresh) == .failed)
        let number = try await world.store.read { try $0.number(world.number) }
        #expect(number?.halted == code && number?.isHaltedForCredentials == true)
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

    @Test func `an attempt that was handed back when Meta refused it in its answer is no evidence of a lost store`() async throws {
        let world = try await World()
        let attempt = try await world.accepted("wamid.A")
        let next = AttemptID(message: attempt.message, ordinal: attempt.ordinal + 1)
        let callback = CallbackData.render(next, store: world.store.name)
        try await world.receive(Webhook.statuses([Webhook.status("failed", "wamid.B", callback: callback, code: 131056)]))
        #expect(try await world.counts == ["status.refused_attempt": 1])
        #expect(try await world.store.read { try $0.holds() }.isEmpty)
        // What Meta took is.
        try await world.receive(Webhook.statuses([Webhook.status("sent", "wamid.B", callback: callback)]))
        #expect(try await world.counts["status.unknown_attempt"] == 1)
        #expect(try await world.store.read { try $0.holds() }.count == 1)
    }

    @Test func `an attempt that carries our name and is not in the store is counted apart`() async throws {
        let world = try await World()
        let lost = CallbackData.render(AttemptID(message: MessageID(rawValue: 77), ordinal: 1), store: world.store.name)
        try await world.receive(Webhook.statuses([Webhook.status("sent", "wamid.X", callback: lost)]))
        #expect(try await world.counts == ["status.unknown_attempt": 1])
    }

    @Test func `what a restored store had sent holds it once; after the release only what somebody else sends does`() async throws {
        let world = try await World()
        let (store, number) = (world.store, world.number)
        func tell(_ status: String, of message: MessageID, after seconds: Int) async throws -> Bool {
            let lost = CallbackData.render(AttemptID(message: message, ordinal: 1), store: store.name)
            let status = Webhook.status(status, "wamid.X", callback: lost, at: 1_795_341_600 + seconds)
            try await world.receive(Webhook.statuses([status]))
            return try await store.read { try $0.isHeld(number) }
        }
        let before = try await store.write(.control) { $0.mint(MessageID.self) }
        #expect(try await tell("sent", of: before, after: 0))
        world.clock.step(by: .seconds(60))
        _ = try await store.write(.control) { try $0.release(.everything) }
        // Statuses of what was sent before go on coming.
        #expect(try await !tell("sent", of: before, after: 10))
        #expect(try await world.counts["status.lost_attempt"] == 1)
        #expect(try await !tell("read", of: before, after: 86_400))
        // The same message, sent since; and one that was written since: a second daemon is at work.
        #expect(try await tell("sent", of: before, after: 3600))
        _ = try await store.write(.control) { try $0.release(.everything) }
        world.clock.step(by: .seconds(60))
        let since = try await store.write(.control) { $0.mint(MessageID.self) }
        #expect(try await tell("delivered", of: since, after: 120))
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

    @Test func `an opt-out that a failure tells of counts, whatever is known of its message, and only once`() async throws {
        let world = try await World()
        let phone: Int64 = 4_917_600_000_002
        _ = try await world.accepted("wamid.B", to: phone)
        let stopped = Webhook.statuses([Webhook.status("failed", "wamid.B", code: 131_050)])
        // The message reached one of the person's devices; what the person said holds all the same.
        try await world.receive(Webhook.statuses([Webhook.status("delivered", "wamid.B")]), stopped)
        #expect(try await world.contact(phone)?.optedOutAt == World.start)
        try await world.store.write(.control) { transaction in
            let contact = try #require(try PhoneNumber(value: phone).flatMap { try transaction.contact(phone: $0) })
            try transaction.prefer(contact.id, stops: false, at: World.start.advanced(by: .seconds(60)))
        }
        try await world.receive(stopped)
        #expect(try await world.contact(phone)?.optedOutAt == nil, "Meta said it again; the person has changed their mind since")
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

    @Test func `what another application sent is never sent again by us, whatever Meta says of it`() async throws {
        let world = try await World()
        let echo =
            #""message_echoes":[{"from":"4930123456","to":"4917612345678","id":"wamid.E","timestamp":"1795341600","type":"text","text":{"body":"hi"}}]"#
        try await world.receive(Webhook.text("wamid.I"), Webhook.change("smb_message_echoes", echo))
        try await world.receive(Webhook.statuses([Webhook.status("failed", "wamid.E", code: 131049)]))
        world.clock.step(by: .seconds(40 * 3600))
        try await world.receive(Webhook.text("wamid.J"))
        let claims = try await world.store.write(.control) { [number = world.number, boot = world.store.boot] in
            try $0.claimDirect(of: number, limit: 10, boot: boot).claims
        }
        #expect(claims.isEmpty)
    }

    @Test func `an opt-out in the failure of an earlier attempt counts, once`() async throws {
        let world = try await World()
        let attempt = try await world.accepted("wamid.A")
        try await world.receive(Webhook.statuses([Webhook.status("delivered", "wamid.A")]))
        let failure = Webhook.status("failed", "wamid.A", callback: nil, code: 131050)
        try await world.receive(Webhook.statuses([failure]))
        #expect(try await world.state(of: attempt) == .delivered)
        #expect(try await world.contact(4_917_612_345_678)?.optedOutAt != nil)
        try await world.receive(Webhook.preference("resume", at: 1_795_341_700))
        try await world.receive(Webhook.statuses([failure]))
        #expect(try await world.contact(4_917_612_345_678)?.optedOutAt == nil)
    }

    @Test func `statuses of what a restore lost hold everything until it is released, and not again after that`() async throws {
        let world = try await World()
        let lost = try await world.accepted("wamid.A").message.rawValue + 1
        let callback = "w1:\(world.store.name):\(MessageID(rawValue: lost)).1"
        let status = Webhook.statuses([Webhook.status("delivered", "wamid.B", callback: callback)])
        try await world.receive(status)
        #expect(try await world.store.read { try $0.holds().map(\.because) } == [.storeWentBack])
        world.clock.step(by: .seconds(60))
        try await world.store.write(.control) { _ = try $0.release(.everything) }
        try await world.receive(status)
        #expect(try await world.store.read { try $0.holds().isEmpty })
        #expect(try await world.counts["status.lost_attempt"] == 1)
    }

    @Test func `what a restore lost of a message that it still has keeps it from being sent again`() async throws {
        let world = try await World()
        let waiting = try await world.store.write(.control) { [number = world.number] transaction in
            let phone = PhoneNumber(value: 4_917_600_000_003)!
            let contact = try transaction.upsertContact(phone: phone, name: nil, attributes: [:]).contact
            return try transaction.enqueue(kind: "template", content: "{}", to: contact, from: number, notAfter: nil)
        }
        let lost = CallbackData.render(AttemptID(message: waiting, ordinal: 1), store: world.store.name)
        try await world.receive(Webhook.statuses([Webhook.status("delivered", "wamid.L", callback: lost)]))
        try await world.store.write(.control) { _ = try $0.release(.everything) }
        #expect(try await world.store.read { try $0.message(waiting)?.state } == .delivered)
        let claims = try await world.store.write(.control) { [number = world.number, boot = world.store.boot] in
            try $0.claimDirect(of: number, limit: 10, boot: boot).claims
        }
        #expect(claims.isEmpty)
    }
}
