import Testing

@testable import MetaSim

@Suite struct LedgerTests {
    @Test func `each phone has its messages, oldest first`() async throws {
        try await Stage.run { stage in
            for name in ["Amara", "Kit"] {
                _ = try await stage.send(Body.template("447700900456", components: Body.body(name, "20%"), callback: name))
            }
            _ = try await stage.send(Body.template("447700900789"))
            let entries = stage.sim.ledger.messages(to: "+44 7700 900456")
            #expect(entries.map(\.callbackData) == ["Amara", "Kit"])
            #expect(
                entries.allSatisfy {
                    $0.type == "template" && $0.phoneNumberID == StandardWorld.phoneNumberID && $0.time == stage.clock.now
                }
            )
            #expect(stage.sim.ledger.count == 3)
            #expect(stage.sim.ledger.recipientCount == 2)
            #expect(stage.sim.ledger.recipients.sorted() == ["447700900456", "447700900789"])
            #expect(stage.sim.ledger.messages(to: "447700900000").isEmpty)
        }
    }

    @Test func `duplicates are told by person, by content and by callback data`() async throws {
        try await Stage.run { stage in
            _ = try await stage.send(Body.template("447700900001", callback: "1"))
            _ = try await stage.send(Body.template("447700900001", callback: "2"))
            _ = try await stage.send(Body.template("447700900002", components: Body.body("A", "1%"), callback: "3"))
            _ = try await stage.send(Body.template("447700900002", components: Body.body("B", "1%"), callback: "3"))
            _ = try await stage.send(Body.template("447700900003", callback: "4"))
            let ledger = stage.sim.ledger
            #expect(ledger.duplicates(.recipient).map(\.recipient).sorted() == ["447700900001", "447700900002"])
            #expect(ledger.duplicates().map(\.recipient) == ["447700900001"])
            #expect(ledger.duplicates(.callbackData).map(\.recipient) == ["447700900002"])
        }
    }

    @Test func `a message that failed reached nobody and duplicates nothing`() async throws {
        try await Stage.run { stage in
            for _ in 0..<2 { _ = try await stage.send(Body.template("447799131049")) }
            #expect(stage.sim.ledger.count == 2)
            #expect(stage.sim.ledger.reachedCount == 0)
            #expect(stage.sim.ledger.duplicates(.recipient).isEmpty)
        }
    }

    @Test func `a long text is cut between characters`() async throws {
        try await Stage.run { stage in
            stage.sim.sendInbound(InboundMessage(from: "447700900456", text: "Hi"))
            _ = try await stage.send(Body.text("447700900456", String(repeating: "é", count: 400)))
            #expect(stage.sim.ledger.messages(to: "447700900456").first?.text == String(repeating: "é", count: 256))
        }
    }

    @Test func `many messages to many people stay small`() {
        let ledger = Ledger(tags: Tags())
        for index in 0..<20_000 {
            let person = "4477\(10_000_000 + index % 10_000)"
            ledger.stripes[Ledger.stripe(of: person)].withLock { stripe in
                _ = stripe.append(
                    AcceptedMessage(
                        time: 1,
                        serial: UInt64(index),
                        person: person,
                        text: "Hello \(index)",
                        callbackData: "w1:s:\(index)",
                        number: 0,
                        template: 0,
                        kind: .text,
                        category: .service,
                        byUserID: false,
                        windowOpen: false,
                        failure: 0
                    )
                )
            }
        }
        #expect(ledger.count == 20_000)
        #expect(ledger.recipientCount == 10_000)
        #expect(ledger.messages(to: "447710000007").map(\.text) == ["Hello 7", "Hello 10007"])
        #expect(MemoryLayout<LedgerStripe.Record>.stride <= 64)
    }
}
