import Testing
import WaproCore
import WaproStore

@testable import WaproReceiving

@Suite(.timeLimit(.minutes(5)))
struct UnknownTests {
    @Test func `a field that nobody knows is counted once, however often it comes`() async throws {
        let world = try await World()
        let body = Webhook.change("hologram_update", #""depth":3"#, number: nil)
        try await world.receive(body, body)
        #expect(try await world.counts == ["hologram_update": 1])
        #expect(try await world.store.journal().quarantined == 0)
        try await world.receive(Webhook.change("hologram_update", #""depth":4"#, number: nil))
        #expect(try await world.counts == ["hologram_update": 2])
    }

    @Test func `a status word that nobody knows is counted and its neighbours are applied`() async throws {
        let world = try await World()
        let attempt = try await world.accepted("wamid.A")
        try await world.receive(Webhook.statuses([Webhook.status("warning", "wamid.A"), Webhook.status("sent", "wamid.A")]))
        #expect(try await world.state(of: attempt) == .sent)
        #expect(try await world.counts == ["status.warning": 1])
    }

    @Test(arguments: ["", "not JSON", "[]", #"{"object":"whatsapp_business_account"}"#, "{\"entry\":7}", "\u{0}\u{1}"])
    func `a body that cannot be read is put aside with the reason`(body: String) async throws {
        let world = try await World()
        try await world.receive(body)
        let size = try await world.store.journal()
        #expect(size.quarantined == 1)
        #expect(size.waiting == 0)
    }

    @Test func `what can be read of a broken body is applied, and the body is put aside`() async throws {
        let world = try await World()
        let attempt = try await world.accepted("wamid.A")
        try await world.receive(Webhook.statuses([#"{"id":7,"status":[]}"#, Webhook.status("sent", "wamid.A")]))
        #expect(try await world.state(of: attempt) == .sent)
        #expect(try await world.store.journal().quarantined == 1)
    }

    @Test func `a time that no clock can show does not stop the reader`() async throws {
        let world = try await World()
        let attempt = try await world.accepted("wamid.A")
        let absurd = Webhook.status("sent", "wamid.A").replacing("1795341600", with: "9223372036854775807")
        try await world.receive(Webhook.statuses([absurd]), Webhook.statuses([Webhook.status("delivered", "wamid.A")]))
        #expect(try await world.state(of: attempt) == .delivered)
    }

    @Test func `news about a number has Meta asked at once, and only once`() async throws {
        let world = try await World()
        let rings = world.store.numberNews.rings
        let body = Webhook.change("phone_number_quality_update", #""display_phone_number":"1","event":"FLAGGED","current_limit":"TIER_1K""#)
        try await world.receive(body, body)
        #expect(world.store.numberNews.rings == rings + 1)
    }
}
