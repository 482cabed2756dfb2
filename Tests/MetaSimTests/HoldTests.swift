import Testing

@testable import MetaSim

@Suite struct HoldTests {
    @Test func `a send held before acceptance is not in the ledger until it is released`() async throws {
        try await Stage.run { stage in
            let hold = stage.sim.hold(.beforeAcceptance) { $0.recipient.hasSuffix("456") }
            async let held = stage.send(Body.template("447700900456"))
            await hold.reached()
            let other = try await stage.send(Body.template("447700900789"))
            #expect(other.status == 200)
            #expect(stage.sim.ledger.messages(to: "447700900456").isEmpty)
            hold.release()
            let status = try await held.status
            #expect(status == 200)
            #expect(stage.sim.ledger.messages(to: "447700900456").count == 1)
        }
    }

    @Test func `a send held before its answer is in the ledger, and its webhooks come`() async throws {
        try await Stage.run { stage in
            let hold = stage.sim.hold(.beforeAnswer)
            async let held = stage.send(Body.template("447700900456"))
            await hold.reached()
            #expect(stage.sim.ledger.messages(to: "447700900456").count == 1)
            #expect(await stage.statuses().count == 3)
            hold.releaseOne()
            let status = try await held.status
            #expect(status == 200)
        }
    }

    @Test func `a held webhook is not posted until it is released`() async throws {
        try await Stage.run { stage in
            let hold = stage.sim.hold(.webhook) { $0.kind == "delivered" }
            _ = try await stage.send(Body.template("447700900456"))
            await hold.reached()
            #expect(stage.inbox.statuses.contains { $0.kind == "delivered" } == false)
            stage.sim.releaseAll()
            #expect(await stage.statuses().map(\.kind).sorted() == ["delivered", "read", "sent"])
        }
    }
}
