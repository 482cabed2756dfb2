import Testing
import WaproCore

@testable import WaproSending
@testable import WaproStore

@Suite struct SimulationTests {
    /// The seed is the test's argument, so a failure names it.
    @Test(arguments: UInt64(1)...50) func `whatever the order, everybody ends in one state and is messaged at most once`(
        seed: UInt64
    ) async throws {
        var simulation = try await Simulation(seed: seed)
        #expect(try await simulation.run(), "seed \(seed) does not come to an end")
        #expect(simulation.machine.isDrained, "seed \(seed)")
        for campaign in simulation.campaigns { try await check(campaign, of: simulation, seed) }
        let direct = try await simulation.fixture.store.read { try $0.messages(contact: nil, number: nil, before: nil, limit: 1000) }
            .filter { $0.campaign == nil }
        #expect(direct.count == 3 && direct.allSatisfy { !$0.state.isOpen }, "seed \(seed)")
        #expect(simulation.taken.values.allSatisfy { $0 == 1 }, "seed \(seed): Meta took a message twice")
    }

    @Test func `the same seed does the same`() async throws {
        var outcomes: [[MessageState: Int]] = []
        for _ in 0..<2 {
            var simulation = try await Simulation(seed: 4711)
            _ = try await simulation.run()
            outcomes.append(try await simulation.fixture.counts(of: simulation.campaigns[0]).kept)
        }
        #expect(outcomes[0] == outcomes[1])
    }

    @Test func `a campaign that is resumed while its messages are on the wire finishes as well`() async throws {
        for seed in UInt64(1)...5 {
            var simulation = try await Simulation(seed: seed, resumesEarly: true)
            #expect(try await simulation.run(), "seed \(seed)")
            for campaign in simulation.campaigns {
                let state = try await simulation.fixture.state(of: campaign)
                #expect(state == .finished, "seed \(seed)")
            }
        }
    }

    private func check(_ campaign: CampaignID, of simulation: Simulation, _ seed: UInt64) async throws {
        let fixture = simulation.fixture
        let counts = try await fixture.counts(of: campaign)
        #expect(counts.kept == counts.counted, "seed \(seed): the counters must equal a recount")
        #expect(counts.kept.values.reduce(0, +) == fixture.contacts.count, "seed \(seed): somebody is lost")
        #expect(counts.kept.keys.allSatisfy { !$0.isOpen }, "seed \(seed): \(counts.kept)")
        let record = try #require(try await fixture.store.read { try $0.campaign(campaign) })
        #expect(
            record.state == .finished,
            "seed \(seed): \(simulation.trace) \(String(describing: simulation.machine.campaigns[campaign]))"
        )
        let recipients = try await fixture.store.read { try $0.recipients(of: record, state: nil, after: nil, limit: 1000).rows }
        for recipient in recipients where recipient.state != .inDoubt {
            let taken = simulation.taken[.init(campaign: campaign, contact: recipient.contact)] ?? 0
            #expect(taken == (recipient.state == .accepted ? 1 : 0), "seed \(seed): \(recipient.state.slug), but Meta took \(taken)")
        }
    }
}
