import Testing
import WaproCloud
import WaproCore

@testable import WaproSending
@testable import WaproStore

@Suite struct RecorderTests {
    private func record(_ results: [(Claim, Ending)], in fixture: Fixture) async throws {
        try await fixture.store.write(.sending) { try Recorder.record(results, in: $0) }
    }

    @Test func `each ending is written as its state, and the counters follow`() async throws {
        let fixture = try await Fixture(contacts: 6)
        let campaign = try await fixture.start()
        let claims = try await fixture.claims(of: campaign)
        let later = Fixture.start.advanced(by: .seconds(60))
        try await record(
            [
                (claims[0], .accepted(wamid: "wamid.A", waID: 4_915_112_340_999)),
                (claims[1], .again(at: later, because: .metaAskedToWait, code: 130429)),
                (claims[2], .failed(because: .metaRefused, code: 131026, isOptOut: false)),
                (claims[3], .failed(because: .parameterMissing, code: nil, isOptOut: false, detail: "{{1}} has no value")),
                (claims[4], .inDoubt(why: "no answer")),
            ],
            in: fixture
        )
        let counts = try await fixture.counts(of: campaign)
        #expect(counts.kept == [.accepted: 1, .waiting: 1, .failed: 2, .inDoubt: 1, .sending: 1])
        #expect(counts.kept == counts.counted)
        let waiting = try await fixture.message(claims[1].attempt.message)
        #expect(waiting.dueAt == later && waiting.because == .metaAskedToWait && waiting.code == 130429)
        #expect(try await fixture.message(claims[0].attempt.message).wamid == "wamid.A")
        let (contact, history) = try await fixture.store.read { snapshot in
            (try snapshot.contact(claims[0].contact), try snapshot.history(of: claims[3].attempt.message))
        }
        #expect(contact?.waID == 4_915_112_340_999)
        #expect(history.last?.detail == "{{1}} has no value")
    }

    @Test func `the person whom Meta says stopped marketing is opted out with the result`() async throws {
        let fixture = try await Fixture(contacts: 2)
        let campaign = try await fixture.start()
        let claims = try await fixture.claims(of: campaign)
        try await record(
            [
                (claims[0], .failed(because: .metaRefused, code: 131050, isOptOut: true)),
                (claims[1], .failed(because: .metaRefused, code: 131026, isOptOut: false)),
            ],
            in: fixture
        )
        let optedOut = try await fixture.store.read { snapshot in try claims.map { try snapshot.contact($0.contact)?.optedOutAt } }
        #expect(optedOut == [Fixture.start, nil])
        fixture.clock.step(by: .seconds(6))
        let sale = try await fixture.start("sale", template: "winter_sale")
        let second = try await fixture.store.write(.sending) { [boot = fixture.store.boot] transaction in
            _ = try transaction.freeze(sale, limit: 10)
            _ = try transaction.expand(sale, limit: 10)
            return try transaction.claim(of: sale, limit: 10, boot: boot).claims
        }
        #expect(second.map(\.contact) == [claims[1].contact])
    }

    @Test func `a halted campaign is held with Meta's code, once, and its message waits`() async throws {
        let fixture = try await Fixture(contacts: 2)
        let campaign = try await fixture.start()
        let claims = try await fixture.claims(of: campaign)
        try await record(claims.map { ($0, .halted(.campaign, code: 132001)) }, in: fixture)
        let held = try #require(try await fixture.store.read { try $0.campaign(campaign) })
        #expect(held.state == .held && held.heldBecause == .metaHalted && held.heldCode == 132001)
        #expect(try await fixture.counts(of: campaign).kept == [.waiting: 2])
        #expect(try await fixture.halts().isEmpty)
        let moves = try await fixture.store.read { try $0.history(of: campaign).count { $0.to == CampaignState.held.rawValue } }
        #expect(moves == 1)
    }

    @Test func `a halted number is halted alone`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.start()
        try await record(try await fixture.claims(of: campaign).map { ($0, .halted(.number, code: 131031)) }, in: fixture)
        #expect(try await fixture.halts() == [fixture.number: 131031])
        #expect(try await fixture.state(of: campaign) == .running)
    }

    @Test func `a halted account halts all of its numbers and no other's`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.start()
        try await record(try await fixture.claims(of: campaign).map { ($0, .halted(.account, code: 190)) }, in: fixture)
        #expect(try await fixture.halts() == [fixture.number: 190, fixture.sibling: 190])
    }

    @Test func `an old token's refusal stops nothing once another is in its place, and the message goes again`() async throws {
        let fixture = try await Fixture(contacts: 2)
        let campaign = try await fixture.start()
        let claims = try await fixture.claims(of: campaign)
        let old = Ending.halted(.account, code: 190, generation: 0)
        try await record([(claims[0], old)], in: fixture)
        #expect(try await fixture.halts() == [fixture.number: 190, fixture.sibling: 190])
        let (generation, lifted) = try await fixture.store.write(.control) { transaction in
            let account = try #require(try transaction.number(fixture.number)).account
            return (try transaction.renewCredentials(of: account), try transaction.liftCredentialHalts(of: account).count)
        }
        #expect(generation == 1 && lifted == 2)
        try await record([(claims[1], old)], in: fixture)
        #expect(try await fixture.halts().isEmpty)
        #expect(try await fixture.counts(of: campaign).kept == [.waiting: 2])
        let again = try await fixture.claims(of: campaign)
        #expect(Set(again.map(\.contact)) == Set(claims.map(\.contact)) && again.allSatisfy { $0.tries == 0 })
        try await record([(again[0], .halted(.account, code: 190, generation: 1))], in: fixture)
        #expect(try await fixture.halts() == [fixture.number: 190, fixture.sibling: 190], "the new one is refused: that is news")
    }

    @Test func `other credentials lift exactly what was a cause of the ones before, whatever its code`() async throws {
        let fixture = try await Fixture(contacts: 2)
        let claims = try await fixture.claims(of: try await fixture.start())
        let account = try #require(try await fixture.store.read { try $0.number(fixture.number)?.account })
        // 100 is an object that the token may not see, a missing proof, or a parameter that is wrong.
        try await record([(claims[0], .halted(.number, code: 100, generation: 0))], in: fixture)
        try await fixture.store.write(.control) { try $0.halt(fixture.sibling, code: 100) }
        let lifted = try await fixture.store.write(.control) { try $0.liftCredentialHalts(of: account).map(\.id) }
        #expect(lifted == [fixture.number])
        #expect(try await fixture.halts() == [fixture.sibling: 100])
    }

    @Test func `what was claimed before its number's routes were in place waits for them, and nothing stops`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.start()
        let gone = Ending.halted(.number, code: Refusal.notInUse, because: .numberNotInUse)
        try await record(try await fixture.claims(of: campaign).map { ($0, gone) }, in: fixture)
        #expect(try await fixture.halts().isEmpty)
        #expect(try await fixture.counts(of: campaign).kept == [.waiting: 1])
        try await fixture.store.write(.control) { transaction in
            try transaction.retireNumbers(of: try #require(try transaction.number(fixture.number)).account)
        }
        try await record(try await fixture.claims(of: campaign).map { ($0, gone) }, in: fixture)
        #expect(try await fixture.halts() == [fixture.number: Refusal.notInUse], "nobody has it any more")
        let standstill = try await fixture.store.read { snapshot in
            try snapshot.standstill(of: try #require(try snapshot.number(fixture.number)), withReason: true)
        }
        #expect(standstill?.words.contains("waprod.yaml") == true && standstill?.next.contains("account token") == false)
    }

    @Test func `what did not leave for want of a token is not called refused when there is one`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.start()
        let claims = try await fixture.claims(of: campaign)
        let message = claims[0].attempt.message
        try await fixture.store.write(.control) { transaction in
            _ = try transaction.renewCredentials(of: try #require(try transaction.number(fixture.number)).account)
        }
        let none = Ending.halted(.number, code: Refusal.noToken, because: .tokenMissing, generation: 0)
        try await record(claims.map { ($0, none) }, in: fixture)
        #expect(try await fixture.halts().isEmpty)
        #expect(try await fixture.message(message).because == .certainlyNotSent)
    }

    @Test func `an answer that comes after its status changes nothing but the wamid`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.start()
        let claim = try #require(try await fixture.claims(of: campaign).first)
        let news = StatusNews(attempt: claim.attempt, wamid: "wamid.A", fact: .delivered)
        _ = try await fixture.store.write(.applying) { try $0.advance(news) }
        try await record([(claim, .inDoubt(why: "no answer")), (claim, .accepted(wamid: "wamid.A", waID: nil))], in: fixture)
        #expect(try await fixture.counts(of: campaign).kept == [.delivered: 1])
    }

    @Test func `a claim that goes back to a cancelled campaign is cancelled with it`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.start()
        let claim = try #require(try await fixture.claims(of: campaign).first)
        try await fixture.store.write(.control) { try $0.cancel(campaign, from: .running) }
        try await record([(claim, .takenBack(because: .campaignStopped))], in: fixture)
        let counts = try await fixture.counts(of: campaign).kept
        #expect(counts == [.cancelled: 1])
    }
}
