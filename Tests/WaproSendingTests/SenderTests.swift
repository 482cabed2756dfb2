import Testing
import WaproCloud
import WaproCore

@testable import WaproSending
@testable import WaproStore

@Suite struct SenderTests {
    @Test func `who opted out between claim and hand-over is not handed to the network`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.start("sale", template: "winter_sale")
        let claim = try #require(try await fixture.claims(of: campaign).first)
        let record = try #require(try await fixture.store.read { try $0.campaign(campaign) })
        #expect(record.isMarketing)
        try await fixture.store.write(.control) { try $0.optOut(claim.contact, code: nil) }
        let route = SendingRoute(phoneNumberID: "106540352242922", credentials: try GraphCredentials(token: Secret("token")))
        // A client that ends the process when anything is handed to it.
        let sender = Sender(
            graph: GraphSender(http: .unexpected, endpoint: .meta),
            routes: [fixture.number: route],
            store: fixture.store
        )
        sender.prepare([record])
        let outcome = await withCheckedContinuation { continuation in sender.send(claim) { continuation.resume(returning: $0) } }
        guard case .stopped = outcome else {
            Issue.record("it went on: \(outcome)")
            return
        }
    }
}
