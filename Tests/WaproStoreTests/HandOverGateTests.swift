import Testing
import WaproCore

@testable import WaproStore

@Suite struct HandOverGateTests {
    @Test func `who opts out after the claim gets no marketing, and still what is not marketing`() async throws {
        let fixture = try await Fixture(contacts: 2)
        let campaign = try await fixture.runCampaign("sale", template: "winter_sale")
        let claims = try await fixture.claim(campaign)
        try await fixture.store.write(.control) { try $0.optOut(claims[0].contact, code: nil) }
        #expect(passes(fixture, claims[0]) == false)
        #expect(passes(fixture, claims[1]))
        let orders = try await fixture.runCampaign("orders")
        let order = try await fixture.claim(orders)
        #expect(order.count == 0, "both had a message from this number just now")
        fixture.clock.step(by: .seconds(6))
        let later = try await fixture.claim(orders)
        try await fixture.store.write(.control) { try $0.optOut(claims[1].contact, code: nil) }
        #expect(later.count == 2 && later.allSatisfy { passes(fixture, $0) })
    }

    @Test func `a campaign that was paused after the claim is not handed over, and what is claimed after it resumed is`() async throws {
        let fixture = try await Fixture(contacts: 2)
        let campaign = try await fixture.runCampaign()
        let early = try await fixture.claim(campaign, limit: 1)
        try await fixture.store.write(.control) { try $0.move(campaign, from: .running, to: .paused, because: .asked) }
        #expect(passes(fixture, early[0]) == false)
        try await fixture.store.write(.control) { try $0.move(campaign, from: .paused, to: .running, because: .asked) }
        let late = try await fixture.claim(campaign, limit: 1)
        #expect(passes(fixture, late[0]))
        #expect(passes(fixture, early[0]) == false, "the early claim stays behind the pause")
    }

    @Test func `a number that was halted after the claim hands nothing over`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.runCampaign()
        let claims = try await fixture.claim(campaign)
        try await fixture.store.write(.control) { [number = fixture.number] in try $0.halt(number, code: 131048) }
        #expect(passes(fixture, claims[0]) == false)
    }

    @Test func `an attempt is not handed over when the one before it turns out to have arrived`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.runCampaign()
        let first = try await fixture.claim(campaign)[0]
        try await fixture.store.write(.sending) { try $0.end(first, as: .waiting, because: .certainlyNotSent, dueAt: $0.now) }
        let second = try await fixture.claim(campaign)[0]
        _ = try await fixture.store.write(.applying) {
            try $0.advance(StatusNews(attempt: first.attempt, wamid: "wamid.A", fact: .delivered))
        }
        #expect(passes(fixture, second) == false)
        #expect(try await fixture.counts(campaign) == [.delivered: 1])
    }

    @Test(arguments: [true, false])
    func `when the earlier attempt fails after all, the message fails, though another one was claimed`(isLate: Bool) async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.runCampaign()
        let first = try await fixture.claim(campaign)[0]
        try await fixture.store.write(.sending) { transaction in
            try transaction.end(first, as: .inDoubt, because: .answerUnknown)
            let message = try #require(try transaction.message(first.attempt.message))
            try transaction.resolve(message, as: .resend)
        }
        fixture.clock.step(by: .seconds(10))
        let second = try await fixture.claim(campaign)[0]
        let facts = [StatusFact.sent, .failed].map {
            StatusNews(attempt: first.attempt, wamid: "wamid.A", fact: $0, code: $0 == .failed ? 131_026 : nil)
        }
        try await fixture.store.write(.applying) { transaction in
            _ = try transaction.advance(facts[0])
            if !isLate { _ = try transaction.advance(facts[1]) }
        }
        #expect(passes(fixture, second) == false)
        try await fixture.store.write(.sending) { transaction in
            try transaction.end(second, as: .waiting, because: .campaignStopped, dueAt: transaction.now)
            if isLate { _ = try transaction.advance(facts[1]) }
        }
        #expect(try await fixture.counts(campaign) == [.failed: 1])
        #expect(try await fixture.store.read { try $0.message(first.attempt.message)?.code } == 131_026)
    }

    @Test func `the gate closes before the commit, not after it`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.runCampaign()
        let claim = try await fixture.claim(campaign)[0]
        // The answer to a pause is given after its commit: by then nothing may pass.
        await withCheckedContinuation { continuation in
            fixture.store.submit(.control) {
                try $0.move(campaign, from: .running, to: .paused, because: .asked)
            } done: { _ in
                #expect(passes(fixture, claim) == false)
                continuation.resume()
            }
        }
    }

    private func passes(_ fixture: Fixture, _ claim: Claim) -> Bool {
        var isHandedOver = false
        let hasPassed = fixture.store.gate.pass(claim) { isHandedOver = true }
        #expect(hasPassed == isHandedOver)
        return hasPassed
    }
}
