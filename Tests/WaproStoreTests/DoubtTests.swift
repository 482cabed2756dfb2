import Testing
import WaproCore

@testable import WaproStore

@Suite struct DoubtTests {
    /// A campaign whose one message is in doubt since the start of the fixture's time.
    private func doubtful(_ fixture: Fixture) async throws -> (CampaignID, Claim) {
        let campaign = try await fixture.runCampaign()
        let claim = try await fixture.claim(campaign)[0]
        try await fixture.store.write(.sending) { transaction in
            try transaction.end(claim, as: .inDoubt, because: .answerUnknown)
            _ = try transaction.finishIfDone(campaign)
        }
        return (campaign, claim)
    }

    @Test func `when the window ends a person is asked, once, and nothing is sent`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let (campaign, _) = try await doubtful(fixture)
        fixture.clock.step(by: .seconds(60))
        let early = try await fixture.store.write(.control) {
            try $0.endDoubt(cameBefore: Fixture.start.advanced(by: .seconds(-1)), policies: DoubtPolicies(), limit: 10)
        }
        #expect(early == (0, 0))
        for expected in [1, 0] {
            let settled = try await fixture.store.write(.control) {
                try $0.endDoubt(cameBefore: Fixture.start, policies: DoubtPolicies(), limit: 10)
            }
            #expect(settled == (expected, 0))
        }
        #expect(try await fixture.counts(campaign) == [.inDoubt: 1])
        #expect(try await fixture.store.read { try $0.listedDoubts(of: campaign) } == 1)
    }

    @Test func `only where the configuration says so it is sent again, and never past its not-after`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let (campaign, _) = try await doubtful(fixture)
        var policies = DoubtPolicies()
        policies.utility = .resend
        let resent = try await fixture.store.write(.control) { [policies] in
            try $0.endDoubt(cameBefore: Fixture.start, policies: policies, limit: 10)
        }
        #expect(resent == (0, 1))
        #expect(try await fixture.counts(campaign) == [.waiting: 1])
        #expect(try await fixture.store.read { try $0.campaign(campaign)?.state } == .running)

        let late = try await Fixture(contacts: 1)
        let (other, _) = try await doubtful(late)
        late.clock.step(by: .seconds(8 * 86_400))
        let listed = try await late.store.write(.control) { [policies] in
            try $0.endDoubt(cameBefore: Fixture.start, policies: policies, limit: 10)
        }
        #expect(listed == (1, 0))
        #expect(try await late.counts(other) == [.inDoubt: 1])
    }

    @Test(arguments: [
        (DoubtResolution.sent, MessageState.accepted), (.notSent, .failed), (.resend, .waiting),
    ])
    func `a person decides, and evidence that comes later goes before it`(resolution: DoubtResolution, state: MessageState) async throws {
        let fixture = try await Fixture(contacts: 1)
        let (campaign, claim) = try await doubtful(fixture)
        try await fixture.store.write(.control) { transaction in
            let message = try #require(try transaction.message(claim.attempt.message))
            try transaction.resolve(message, as: resolution)
        }
        #expect(try await fixture.counts(campaign) == [state: 1])
        _ = try await fixture.store.write(.applying) {
            try $0.advance(StatusNews(attempt: claim.attempt, wamid: "wamid.A", fact: .delivered))
        }
        #expect(try await fixture.counts(campaign) == [.delivered: 1])
        #expect(try await fixture.claim(campaign).isEmpty, "nobody gets it again")
    }

    @Test func `by configuration a message is sent again once, not for ever`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let (campaign, claim) = try await doubtful(fixture)
        var policies = DoubtPolicies()
        policies.utility = .resend
        for expected in [(0, 1), (1, 0)] {
            let settled = try await fixture.store.write(.control) { [policies] in
                try $0.endDoubt(cameBefore: $0.now, policies: policies, limit: 10)
            }
            #expect(settled == expected)
            // What puts it off in between changes nothing about that.
            try await fixture.store.write(.control) { transaction in
                transaction.penalise(fixture.number, claim.contact, until: transaction.now.advanced(by: .seconds(5)))
            }
            #expect(try await fixture.claim(campaign).isEmpty)
            fixture.clock.step(by: .seconds(10))
            for claim in try await fixture.claim(campaign) {
                try await fixture.store.write(.sending) { try $0.end(claim, as: .inDoubt, because: .answerUnknown) }
            }
        }
    }

    @Test func `what a person decided without evidence, evidence corrects`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let (campaign, claim) = try await doubtful(fixture)
        try await fixture.store.write(.control) { transaction in
            let message = try #require(try transaction.message(claim.attempt.message))
            try transaction.resolve(message, as: .notSent)
            let advance = try transaction.advance(StatusNews(attempt: claim.attempt, wamid: "wamid.A", fact: .sent))
            #expect(advance == .moved(from: .failed, to: .sent))
        }
        #expect(try await fixture.counts(campaign) == [.sent: 1])
    }

    @Test func `Meta's failure of an accepted message is tried again after its time, and only so often`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.runCampaign()
        let retry = FailureRetry(after: .seconds(86_400), spread: .seconds(6 * 3600), tries: 3, isPair: false)
        for attempt in 1...3 {
            let claim = try #require(try await fixture.claim(campaign).first)
            #expect(claim.attempt.ordinal == attempt)
            try await fixture.store.write(.sending) { transaction in
                try transaction.accept(claim, wamid: "wamid.\(attempt)", waID: nil)
                _ = try transaction.finishIfDone(campaign)
            }
            for _ in 0..<2 {
                _ = try await fixture.store.write(.applying) {
                    try $0.advance(
                        StatusNews(attempt: claim.attempt, wamid: "wamid.\(attempt)", fact: .failed, code: 131_049, retry: retry)
                    )
                }
            }
            guard attempt < 3 else { break }
            #expect(try await fixture.counts(campaign) == [.waiting: 1], "deferred, not failed")
            #expect(try await fixture.store.read { try $0.failures(of: campaign).isEmpty })
            fixture.clock.step(by: .seconds(86_399))
            #expect(try await fixture.claim(campaign).isEmpty)
            fixture.clock.step(by: .seconds(2 * 86_400 + 6 * 3600))
        }
        #expect(try await fixture.counts(campaign) == [.failed: 1])
    }

    @Test func `what the history shows settles a doubt, unless the wamid is somebody else's`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let (campaign, claim) = try await doubtful(fixture)
        let isSettled = try await fixture.store.write(.control) { transaction in
            [
                try transaction.infer(AttemptID(message: claim.attempt.message, ordinal: 2), wamid: "wamid.H"),
                try transaction.infer(claim.attempt, wamid: "wamid.H"),
                try transaction.infer(claim.attempt, wamid: "wamid.H"),
            ]
        }
        #expect(isSettled == [false, true, false], "of the attempt that is in doubt, and once")
        #expect(try await fixture.counts(campaign) == [.accepted: 1])
        let message = try #require(try await fixture.store.read { try $0.message(claim.attempt.message) })
        #expect(message.because == .inferred && message.wamid == "wamid.H")
    }
}
