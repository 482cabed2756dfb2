import Testing

@testable import MetaSim

@Suite struct LadderTests {
    @Test func `a message is sent, delivered and read, and its callback data comes back each time`() async throws {
        try await Stage.run { stage in
            let wamid = try #require(try await stage.send(Body.template("447700900456", callback: "w1:s:7")).wamid)
            let statuses = await stage.statuses()
            #expect(statuses.map(\.kind) == ["sent", "delivered", "read"])
            #expect(
                statuses.allSatisfy {
                    $0.wamid == wamid && $0.callbackData == "w1:s:7" && $0.raw["recipient_id"] as? String == "447700900456"
                }
            )
            #expect(statuses.map { $0.pricing?["category"] as? String } == ["marketing", "marketing", nil])
            let contacts = try #require(statuses[0].value["contacts"] as? [[String: Any]])
            #expect(contacts.first?["wa_id"] as? String == "447700900456")
            #expect((statuses[0].value["metadata"] as? [String: String])?["phone_number_id"] == StandardWorld.phoneNumberID)
        }
    }

    @Test(arguments: [131_026, 131_049, 131_050, 130_472, 131_053, 131_047])
    func `a magic number fails after it was accepted`(code: Int) async throws {
        try await Stage.run { stage in
            let answer = try await stage.send(Body.template("447799\(code)"))
            #expect(answer.status == 200)
            let statuses = await stage.statuses()
            #expect(statuses.map(\.kind) == ["failed"])
            #expect(statuses.first?.code == code)
            #expect(statuses.first?.value["contacts"] == nil)
            #expect(stage.sim.ledger.messages(to: "447799\(code)").first?.reached == false)
        }
    }

    @Test func `text outside the window fails, and goes through after the person wrote`() async throws {
        try await Stage.run { stage in
            _ = try await stage.send(Body.text("447700900456"))
            #expect(await stage.statuses().map(\.code) == [131_047])
            stage.sim.sendInbound(InboundMessage(from: "447700900456", text: "Hi"))
            _ = try await stage.send(Body.text("447700900456"))
            #expect(await stage.statuses().map(\.kind) == ["failed", "sent", "delivered", "read"])
            stage.clock.step(milliseconds: 86_400_001)
            _ = try await stage.send(Body.text("447700900456"))
            #expect(await stage.statuses().last?.code == 131_047)
        }
    }

    @Test(arguments: [
        ("900011", ["sent"]), ("900012", ["sent", "read"]), ("900013", ["sent", "delivered", "failed", "read"]),
        ("900014", ["read", "delivered", "sent"]), ("900020", ["sent", "delivered"]),
    ])
    func `a magic number climbs the ladder in its own way`(ending: String, kinds: [String]) async throws {
        try await Stage.run { stage in
            _ = try await stage.send(Body.template("447799" + ending))
            #expect(await stage.statuses().map(\.kind) == kinds)
        }
    }

    @Test func `every status comes twice when duplicates are on`() async throws {
        try await Stage.run({ $0.knobs.duplicateShare = 1 }) { stage in
            _ = try await stage.send(Body.template("447700900456"))
            #expect(await stage.statuses().map(\.kind).sorted() == ["delivered", "delivered", "read", "read", "sent", "sent"])
        }
    }

    @Test func `people who read reply, with the context of what they read`() async throws {
        try await Stage.run({
            $0.knobs.replyShare = 1
            $0.knobs.replies = ["STOP"]
        }) { stage in
            let wamid = try #require(try await stage.send(Body.template("447700900456")).wamid)
            await stage.sim.settled()
            let message = try #require(stage.inbox.messages.first)
            #expect((message["text"] as? [String: String])?["body"] == "STOP")
            #expect((message["context"] as? [String: String])?["id"] == wamid)
            #expect(message["from"] as? String == "447700900456")
        }
    }

    @Test func `a magic number presses the quick-reply button with the payload that was sent`() async throws {
        try await Stage.run { stage in
            let button = Body.component(
                "button",
                [#"{"type":"payload","payload":"SHOW-7"}"#],
                extra: #","sub_type":"quick_reply","index":"0""#
            )
            _ = try await stage.send(Body.template("447799900023", components: Body.body("Amara", "20%") + "," + button))
            await stage.sim.settled()
            let message = try #require(stage.inbox.messages.first)
            #expect(message["type"] as? String == "button")
            #expect(message["button"] as? [String: String] == ["payload": "SHOW-7", "text": "Show me"])
        }
    }

    @Test func `the sent webhook can come before the answer`() async throws {
        try await Stage.run({ $0.knobs.webhookFirstShare = 1 }) { stage in
            let wamid = try #require(try await stage.send(Body.template("447700900456")).wamid)
            #expect(stage.inbox.statuses.first?.wamid == wamid)
            #expect(await stage.statuses().map(\.kind) == ["sent", "delivered", "read"])
        }
    }

    @Test func `service messages are charged from October 2026 on`() async throws {
        try await Stage.run({ $0.now = { 1_790_812_700_000 } }) { stage in
            stage.sim.sendInbound(InboundMessage(from: "447700900456", text: "Hi"))
            _ = try await stage.send(Body.text("447700900456"))
            #expect(await stage.statuses().first?.pricing?["type"] as? String == "free_customer_service")
        }
        try await Stage.run { stage in
            stage.sim.sendInbound(InboundMessage(from: "447700900456", text: "Hi"))
            _ = try await stage.send(Body.text("447700900456"))
            #expect(await stage.statuses().first?.pricing?["type"] as? String == "regular")
        }
    }
}
