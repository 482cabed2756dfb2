import Testing
import WaproCloud
import WaproCore

@testable import WaproSending
@testable import WaproStore

@Suite struct SenderTests {
    /// What a sender makes of a claim, with a client that ends the process when anything is handed to it.
    private func outcome(of claim: Claim, _ fixture: Fixture, prepared records: [[CampaignRecord]]) async throws -> Handover {
        let route = SendingRoute(phoneNumberID: "106540352242922", credentials: try GraphCredentials(token: Secret("token")))
        let sender = Sender(
            graph: GraphSender(http: .unexpected, endpoint: .meta),
            routes: SendingRoutes([fixture.number: route]),
            store: fixture.store
        )
        for records in records { sender.prepare(records) }
        return await withCheckedContinuation { continuation in sender.send(claim) { continuation.resume(returning: $0) } }
    }

    @Test func `who opted out between claim and hand-over is not handed to the network`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.start("sale", template: "winter_sale")
        let claim = try #require(try await fixture.claims(of: campaign).first)
        let record = try #require(try await fixture.store.read { try $0.campaign(campaign) })
        #expect(record.isMarketing)
        try await fixture.store.write(.control) { try $0.optOut(claim.contact, code: nil) }
        let outcome = try await outcome(of: claim, fixture, prepared: [[record]])
        guard case .stopped = outcome else {
            Issue.record("it went on: \(outcome)")
            return
        }
    }

    @Test func `a claim whose campaign is not kept any more goes back, and does not fail`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.start()
        let claim = try #require(try await fixture.claims(of: campaign).first)
        let record = try #require(try await fixture.store.read { try $0.campaign(campaign) })
        let outcome = try await outcome(of: claim, fixture, prepared: [[record], []])
        guard case .stopped = outcome else {
            Issue.record("it came to \(outcome)")
            return
        }
    }
}
