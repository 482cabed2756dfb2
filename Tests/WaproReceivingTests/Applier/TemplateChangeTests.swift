import Foundation
import Testing
import WaproCore
import WaproStore

@testable import WaproReceiving

/// What webhooks say of templates, in whatever order they come.
@Suite(.timeLimit(.minutes(1))) struct TemplateChangeTests {
    private func world() async throws -> World {
        let world = try await World()
        let json = """
            {"id":"987","name":"order_update","language":"en_GB","status":"APPROVED","category":"UTILITY","parameter_format":"POSITIONAL",
             "components":[{"type":"BODY","text":"It is on its way."}]}
            """
        let template = try JSONDecoder().decode(Template.self, from: Data(json.utf8))
        try await world.store.write(.control) { [account = world.account] in _ = try $0.sync([template], of: account) }
        return world
    }

    private func template(_ world: World) async throws -> Template {
        try await world.store.read { try #require(try $0.templates(named: "order_update", account: nil).first).template }
    }

    private func change(_ field: String, _ value: String, after seconds: Int) -> String {
        let names = #""message_template_id":987,"message_template_name":"order_update","message_template_language":"en_GB""#
        return Webhook.change(field, "\(names),\(value)", number: nil).replacing("1795341600", with: "\(1_795_341_600 + seconds)")
    }

    private func status(_ event: String, after seconds: Int) -> String {
        change("message_template_status_update", #""event":"\#(event)","reason":"NONE""#, after: seconds)
    }

    @Test(arguments: [["PAUSED", "APPROVED"], ["APPROVED", "PAUSED"]], [false, true])
    func `the last status by Meta's time holds, however late and in whatever order they come`(events: [String], turned: Bool) async throws {
        let world = try await world()
        let bodies = [status(events[0], after: 600), status(events[1], after: 12_000)]
        world.clock.step(by: .seconds(14_400))
        for body in turned ? bodies.reversed() : bodies { try await world.receive(body) }
        #expect(try await template(world).status.rawValue == events[1])
    }

    @Test func `what is older than the last sync is passed over`() async throws {
        let world = try await world()
        try await world.receive(status("PAUSED", after: -120))
        #expect(try await template(world).status == .approved)
        try await world.receive(status("PAUSED", after: -30))
        #expect(try await template(world).status == .paused)
    }

    @Test func `a template that Meta makes marketing is marketing at once, for the claim too`() async throws {
        let world = try await world()
        try await world.receive(
            change("template_category_update", #""new_category":"UTILITY","correct_category":"MARKETING""#, after: 10)
        )
        #expect(try await template(world).category == .utility)
        try await world.receive(
            change("template_category_update", #""previous_category":"UTILITY","new_category":"MARKETING""#, after: 86_410)
        )
        #expect(try await template(world).category == .marketing)
        #expect(try await world.counts == ["template_category_update": 2])
        // A status of before is news all the same.
        try await world.receive(status("PAUSED", after: 20))
        #expect(try await template(world).status == .paused)
    }
}
