import Logging
import Synchronization
import Testing
import WaproCore

@testable import WaproSending
@testable import WaproStore

/// The service that waits for evidence, look by look, on a clock that is stepped.
@Suite struct DoubtsTests {
    /// Whether evidence can come, as the test says.
    private final class Ear: Sendable {
        private let open = Mutex(true)

        var isOpen: Bool {
            get { open.withLock { $0 } }
            set { open.withLock { $0 = newValue } }
        }
    }

    private func doubts(
        _ fixture: Fixture,
        _ ear: Ear,
        window: Duration = .seconds(100),
        policies: DoubtPolicies = DoubtPolicies()
    ) -> Doubts {
        var settings = DoubtSettings()
        (settings.window, settings.policies, settings.interval) = (window, policies, .seconds(60))
        return Doubts(
            store: fixture.store,
            settings: settings,
            history: nil,
            clock: fixture.clock.wall,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) { ear.isOpen }
    }

    /// All messages of a campaign, in doubt since now.
    private func doubtful(_ fixture: Fixture, _ name: String = "launch", template: String = "order_update") async throws -> CampaignID {
        let campaign = try await fixture.start(name, template: template)
        let claims = try await fixture.claims(of: campaign)
        try await fixture.store.write(.sending) { transaction in
            for claim in claims { try transaction.end(claim, as: .inDoubt, because: .answerUnknown) }
        }
        return campaign
    }

    private func listed(_ fixture: Fixture, _ campaign: CampaignID) async throws -> Int {
        try await fixture.store.read { try $0.listedDoubts(of: campaign) }
    }

    @Test func `a person is asked when the window ends, not before, and once`() async throws {
        let fixture = try await Fixture(contacts: 3)
        let doubts = doubts(fixture, Ear())
        try await doubts.look()
        let campaign = try await doubtful(fixture)
        fixture.clock.step(by: .seconds(99))
        try await doubts.look()
        #expect(try await listed(fixture, campaign) == 0)
        fixture.clock.step(by: .seconds(1))
        try await doubts.look()
        #expect(try await listed(fixture, campaign) == 3)
        let last = try await fixture.store.read { try $0.lastEvent() }
        try await doubts.look()
        #expect(try await fixture.store.read { try $0.lastEvent() } == last, "nobody is asked twice")
        #expect(try await fixture.counts(of: campaign).kept == [.inDoubt: 3])
    }

    @Test func `the window begins anew after a time in which evidence could not come, and with every start`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let ear = Ear()
        let first = doubts(fixture, ear)
        try await first.look()
        let campaign = try await doubtful(fixture)
        fixture.clock.step(by: .seconds(90))
        ear.isOpen = false
        try await first.look()
        #expect(first.hearsSince == nil)
        fixture.clock.step(by: .seconds(5000))
        try await first.look()
        ear.isOpen = true
        try await first.look()
        #expect(first.hearsSince == Fixture.start.advanced(by: .seconds(5090)))
        fixture.clock.step(by: .seconds(99))
        try await first.look()
        #expect(try await listed(fixture, campaign) == 0, "the outage did not count")
        // Another daemon knows nothing of what this one heard.
        let second = doubts(fixture, ear)
        fixture.clock.step(by: .seconds(50))
        try await second.look()
        fixture.clock.step(by: .seconds(99))
        try await second.look()
        #expect(try await listed(fixture, campaign) == 0)
        fixture.clock.step(by: .seconds(1))
        try await second.look()
        #expect(try await listed(fixture, campaign) == 1)
    }

    @Test func `each is waited for from its own beginning`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let doubts = doubts(fixture, Ear())
        try await doubts.look()
        let early = try await doubtful(fixture, "early")
        fixture.clock.step(by: .seconds(60))
        let late = try await doubtful(fixture, "late")
        fixture.clock.step(by: .seconds(40))
        try await doubts.look()
        #expect(try await [listed(fixture, early), listed(fixture, late)] == [1, 0])
        fixture.clock.step(by: .seconds(60))
        try await doubts.look()
        #expect(try await listed(fixture, late) == 1)
    }

    @Test func `what is sent again is decided by category, and many are settled in several commits`() async throws {
        let fixture = try await Fixture(contacts: 450)
        var policies = DoubtPolicies()
        policies.marketing = .resend
        let doubts = doubts(fixture, Ear(), policies: policies)
        try await doubts.look()
        let news = try await doubtful(fixture, "news", template: "winter_sale")
        fixture.clock.step(by: .seconds(10))
        let update = try await doubtful(fixture, "update")
        fixture.clock.step(by: .seconds(100))
        try await doubts.look()
        #expect(try await fixture.counts(of: news).kept == [.waiting: 450])
        #expect(try await fixture.counts(of: update).kept == [.inDoubt: 450])
        #expect(try await [listed(fixture, update), listed(fixture, news)] == [450, 0])
    }
}
