import Testing

/// Sending and receiving together, under everything that may go wrong. Each seed is one story; the same seed is the same story.
///
/// A failure says its seed: `WAPRO_SEED=4711 swift test --filter SimulationTests` tells that story, step by step, and
/// `WAPRO_SEEDS=1000-2000 swift test --filter SimulationTests` runs others.
@Suite struct SimulationTests {
    @Test(.enabled(if: Seeds.single == nil), arguments: Seeds.ranges)
    func `whatever goes wrong, nobody is lost, nobody is messaged twice, and no limit is exceeded`(seeds: ClosedRange<UInt64>) async throws
    {
        let blueprint = try await Blueprint()
        for seed in seeds {
            if let broken = try await Seeds.run(seed, blueprint).broken {
                Issue.record("seed \(seed): \(broken)\nWAPRO_SEED=\(seed) swift test --filter SimulationTests")
            }
        }
    }

    @Test(.enabled(if: Seeds.single != nil)) func `one seed tells its story`() async throws {
        let seed = try #require(Seeds.single)
        let told = try await Seeds.run(seed, Blueprint(), traces: true)
        print(told.trace.joined(separator: "\n"))
        #expect(told.broken == nil, "seed \(seed)")
    }

    @Test(.enabled(if: Seeds.isPlain)) func `the same seed tells the same story`() async throws {
        for seed in [UInt64(4711), 4712, 4713] {
            let (one, other) = (try await Seeds.run(seed, Blueprint(), traces: true), try await Seeds.run(seed, Blueprint(), traces: true))
            let difference = zip(one.trace, other.trace).enumerated().first { $0.element.0 != $0.element.1 }
            #expect(difference == nil && one.trace.count == other.trace.count)
            #expect(one.trace.count > 100)
        }
    }

    @Test(.enabled(if: Seeds.isPlain)) func `everything that can go wrong does, every limit is met, and every end comes`() async throws {
        let blueprint = try await Blueprint()
        var tally = Tally()
        for seed in UInt64(1)...80 { tally.add(try await Seeds.run(seed, blueprint).tally) }
        let wanted = [
            "fault crash", "fault crash at 200", "fault disk", "fault clock back", "fault clock forward", "fault webhook not taken",
            "fault webhook twice", "shutdown", "doubt by crash", "doubt listed", "inferred", "campaign held",
            "meta accepted", "meta taken, answer lost", "meta lost", "meta not reached", "meta refused 131056", "meta refused 130429",
            "meta refused 131000", "meta refused 131026", "meta refused 131050", "meta refused 131049", "meta refused 190",
            "meta refused 368", "meta refused 132015", "meta failed 131049", "meta failed 131056", "meta failed 130429",
            "meta failed 131026", "meta failed 131050", "meta failed 132015",
            "limit pair", "limit messaging_limit", "limit daily_cap", "limit campaign_rate", "limit throughput",
            "end accepted", "end sent", "end delivered", "end read", "end failed", "end skipped", "end cancelled", "end expired",
            "people hold", "people pause", "people cancel", "people adjust", "people sent", "people notSent", "people resend",
        ]
        let missing = wanted.filter { tally.counts[$0] ?? 0 == 0 }
        #expect(missing == [], "\(tally.counts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" })")
    }
}
