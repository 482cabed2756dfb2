import Testing
import WaproCore

@testable import WaproStore

/// Meta's limits, read in the transaction of the intent.
@Suite struct LimitTests {
    private func news(_ limit: String?) -> NumberNews {
        NumberNews(displayNumber: nil, verifiedName: nil, quality: nil, status: nil, messagingLimit: limit, throughput: 80)
    }

    private func claimed(_ fixture: Fixture, _ campaign: CampaignID, rules: ClaimRules = ClaimRules()) async throws -> Claimed {
        try await fixture.store.write(.sending) { [boot = fixture.store.boot] in
            try $0.claim(of: campaign, limit: 100, boot: boot, rules: rules)
        }
    }

    @Test func `a person gets no second campaign message from a number within six seconds`() async throws {
        let fixture = try await Fixture(contacts: 2)
        let (first, second) = (try await fixture.runCampaign("one"), try await fixture.runCampaign("two"))
        #expect(try await claimed(fixture, first).claims.count == 2)
        let early = try await claimed(fixture, second)
        #expect(early.claims.isEmpty && early.next == Fixture.start.advanced(by: .seconds(6)))
        fixture.clock.step(by: .milliseconds(5999))
        #expect(try await claimed(fixture, second).claims.isEmpty)
        fixture.clock.step(by: .milliseconds(1))
        #expect(try await claimed(fixture, second).claims.count == 2)
    }

    @Test func `a message that did not go makes no room for one right after another that went since`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaigns = (
            try await fixture.runCampaign("one"), try await fixture.runCampaign("two"), try await fixture.runCampaign("three")
        )
        let slow = try #require(try await claimed(fixture, campaigns.0).claims.first)
        fixture.clock.step(by: .seconds(6))
        #expect(try await claimed(fixture, campaigns.1).claims.count == 1)
        // The first one's answer took long.
        fixture.clock.step(by: .seconds(1))
        let due = fixture.clock.wall.now().advanced(by: .seconds(60))
        try await fixture.store.write(.sending) { try $0.end(slow, as: .waiting, because: .metaAskedToWait, dueAt: due) }
        #expect(try await claimed(fixture, campaigns.2).claims.isEmpty)
        fixture.clock.step(by: .seconds(5))
        let last = try #require(try await claimed(fixture, campaigns.2).claims.first)
        // But when it is the last one that does not go, its place is free.
        try await fixture.store.write(.sending) { try $0.end(last, as: .waiting, because: .metaAskedToWait, dueAt: last.intentAt) }
        #expect(try await claimed(fixture, campaigns.2).claims.count == 1)
    }

    @Test func `what did not go is given back once, also when writing that down was undone and is repeated`() async throws {
        struct Undone: Error {}
        let fixture = try await Fixture(contacts: 1)
        let store = fixture.store
        let claims = try await store.write(.control) { [number = fixture.number] transaction in
            let contact = try #require(try transaction.contacts(list: nil, after: nil, limit: 1).first).id
            for _ in 0..<2 { _ = try transaction.enqueue(kind: "template", content: "{}", to: contact, from: number, notAfter: nil) }
            return try transaction.claimDirect(of: number, limit: 2, boot: store.boot).claims
        }
        let due = Fixture.start.advanced(by: .seconds(60))
        await #expect(throws: Undone.self) {
            try await store.write(.sending) { transaction in
                try transaction.end(claims[0], as: .waiting, because: .certainlyNotSent, dueAt: due)
                throw Undone()
            }
        }
        try await store.write(.sending) { try $0.end(claims[0], as: .waiting, because: .certainlyNotSent, dueAt: due) }
        let campaign = try await fixture.runCampaign()
        fixture.clock.step(by: .milliseconds(5999))
        #expect(try await claimed(fixture, campaign).claims.isEmpty, "the other one went")
        fixture.clock.step(by: .milliseconds(1))
        #expect(try await claimed(fixture, campaign).claims.count == 1)
    }

    @Test func `after a restart the pair limit is known from the store`() async throws {
        let folder = try Folder()
        let fixture = try await Fixture(contacts: 1, at: .file(folder.database))
        let (first, second) = (try await fixture.runCampaign("one"), try await fixture.runCampaign("two"))
        let claim = try #require(try await claimed(fixture, first).claims.first)
        try await fixture.store.write(.sending) { try $0.accept(claim, wamid: "wamid.A", waID: nil) }
        try await fixture.store.close()
        let store = try Store(.file(folder.database), clock: fixture.clock.wall)
        let early = try await store.write(.sending) { try $0.claim(of: second, limit: 10, boot: store.boot) }
        #expect(early.claims.isEmpty)
    }

    @Test func `after a restart an attempt that failed counts for its pair, though its message waits again`() async throws {
        let folder = try Folder()
        let fixture = try await Fixture(contacts: 1, at: .file(folder.database))
        let (first, second) = (try await fixture.runCampaign("one"), try await fixture.runCampaign("two"))
        let claim = try #require(try await claimed(fixture, first).claims.first)
        try await fixture.store.write(.sending) { transaction in
            try transaction.accept(claim, wamid: "wamid.A", waID: nil)
            let retry = FailureRetry(after: .seconds(1), spread: .zero, tries: nil, isPair: false)
            _ = try transaction.advance(StatusNews(attempt: claim.attempt, wamid: "wamid.A", fact: .failed, code: 130_429, retry: retry))
        }
        try await fixture.store.close()
        fixture.clock.step(by: .seconds(2))
        let store = try Store(.file(folder.database), clock: fixture.clock.wall)
        for campaign in [first, second] {
            #expect(try await store.write(.sending) { try $0.claim(of: campaign, limit: 10, boot: store.boot) }.claims.isEmpty)
        }
    }

    @Test func `after a restart the pair limit is known though the clock was put back before and forward after`() async throws {
        let folder = try Folder()
        let fixture = try await Fixture(contacts: 1, at: .file(folder.database))
        let (first, second) = (try await fixture.runCampaign("one"), try await fixture.runCampaign("two"))
        let claim = try #require(try await claimed(fixture, first).claims.first)
        try await fixture.store.write(.sending) { try $0.accept(claim, wamid: "wamid.A", waID: nil) }
        fixture.clock.step(by: .seconds(-6000))
        // Something happens by the clock as it is now.
        let third = try await fixture.runCampaign("three")
        try await fixture.store.close()
        let store = try Store(.file(folder.database), clock: fixture.clock.wall)
        fixture.clock.step(by: .seconds(2000))
        for campaign in [second, third] {
            #expect(try await store.write(.sending) { try $0.claim(of: campaign, limit: 10, boot: store.boot) }.claims.isEmpty)
        }
    }

    @Test func `after a restart a pair that Meta asks to wait is not known less well than before`() async throws {
        let folder = try Folder()
        let fixture = try await Fixture(contacts: 1, at: .file(folder.database))
        let (first, second) = (try await fixture.runCampaign("one"), try await fixture.runCampaign("two"))
        let claim = try #require(try await claimed(fixture, first).claims.first)
        try await fixture.store.write(.sending) { try $0.accept(claim, wamid: "wamid.A", waID: nil) }
        try await fixture.store.close()
        let store = try Store(.file(folder.database), clock: fixture.clock.wall)
        // Meta's wait is over before the pair may have its next message.
        try await store.write(.applying) { $0.penalise(claim.number, claim.contact, until: claim.intentAt.advanced(by: .seconds(2))) }
        fixture.clock.step(by: .seconds(3))
        #expect(try await store.write(.sending) { try $0.claim(of: second, limit: 10, boot: store.boot) }.claims.isEmpty)
    }

    @Test func `a conversation may send its burst at once, and not one more`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let claims = try await fixture.store.write(.control) { [number = fixture.number, boot = fixture.store.boot] transaction in
            let contact = try #require(try transaction.contacts(list: nil, after: nil, limit: 1).first).id
            for _ in 0..<50 { _ = try transaction.enqueue(kind: "template", content: "{}", to: contact, from: number, notAfter: nil) }
            return try transaction.claimDirect(of: number, limit: 100, boot: boot)
        }
        #expect(claims.claims.count == PairLimit.burst)
        #expect(claims.next == Fixture.start.advanced(by: .seconds(6)))
    }

    @Test func `no more different people are written to in 24 hours than the portfolio may`() async throws {
        let fixture = try await Fixture(contacts: 8)
        try await fixture.store.write(.control) { [number = fixture.number] in try $0.refresh(number, with: news("TIER_5")) }
        let campaign = try await fixture.runCampaign()
        let first = try await claimed(fixture, campaign)
        #expect(first.claims.count == 5)
        #expect(first.stop == .init(.messagingLimit, until: Fixture.start.advanced(by: .seconds(86_400))))
        fixture.clock.step(by: .seconds(86_399))
        #expect(try await claimed(fixture, campaign).claims.isEmpty)
        let other = try await fixture.runCampaign("other")
        #expect(try await claimed(fixture, other).claims.count == 5, "who was reached already does not count again")
        fixture.clock.step(by: .seconds(86_401))
        #expect(try await claimed(fixture, campaign).claims.count == 3)
    }

    @Test func `a campaign's daily cap holds over any 24 hours`() async throws {
        let fixture = try await Fixture(contacts: 5)
        let campaign = try await fixture.runCampaign()
        try await fixture.store.write(.control) { try $0.adjust(campaign, rate: nil, dailyCap: 2) }
        let first = try await claimed(fixture, campaign)
        #expect(first.claims.count == 2)
        let blocked = try await claimed(fixture, campaign)
        #expect(blocked.claims.isEmpty && blocked.stop?.limit == .dailyCap)
        let opens = try #require(blocked.stop?.until)
        #expect(Fixture.start.duration(to: opens) > .seconds(86_400))
        fixture.clock.step(by: Fixture.start.duration(to: opens))
        #expect(try await claimed(fixture, campaign).claims.count == 2)
    }

    @Test func `a daily cap that comes while a campaign runs counts what left before it`() async throws {
        let fixture = try await Fixture(contacts: 5)
        let campaign = try await fixture.runCampaign()
        #expect(try await fixture.claim(campaign, limit: 3).count == 3)
        try await fixture.store.write(.control) { try $0.adjust(campaign, rate: nil, dailyCap: 4) }
        let capped = try await claimed(fixture, campaign)
        #expect(capped.claims.count == 1)
        #expect(try await claimed(fixture, campaign).stop?.limit == .dailyCap)
    }

    @Test func `what went back unsent leaves its room in the daily cap to another`() async throws {
        let fixture = try await Fixture(contacts: 5)
        let campaign = try await fixture.runCampaign()
        try await fixture.store.write(.control) { try $0.adjust(campaign, rate: nil, dailyCap: 2) }
        let claims = try await claimed(fixture, campaign).claims
        try await fixture.store.write(.sending) { transaction in
            try transaction.end(claims[0], as: .waiting, because: .intentTooOld, dueAt: transaction.now)
            try transaction.end(claims[1], as: .failed, because: .metaRefused, code: 131_026)
        }
        #expect(try await claimed(fixture, campaign).claims.count == 1)
        #expect(try await claimed(fixture, campaign).claims.isEmpty)
    }

    @Test func `who had as much marketing as the frequency cap allows is skipped`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let rules = ClaimRules(frequencyCap: .init(messages: 1, period: .seconds(7 * 86_400)))
        #expect(try await claimed(fixture, try await fixture.runCampaign("a", template: "winter_sale"), rules: rules).claims.count == 1)
        fixture.clock.step(by: .seconds(60))
        let second = try await fixture.runCampaign("b", template: "winter_sale")
        #expect(try await claimed(fixture, second, rules: rules).claims.isEmpty)
        #expect(try await fixture.counts(second) == [.skipped: 1])
    }

    @Test func `quiet hours move a message to their end`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.runCampaign()
        let end = Fixture.start.advanced(by: .seconds(3600))
        var rules = ClaimRules()
        rules.quietUntil = { _, now in now < end ? end : nil }
        let quiet = try await claimed(fixture, campaign, rules: rules)
        #expect(quiet.claims.isEmpty && quiet.next == end)
        fixture.clock.step(by: .seconds(3600))
        #expect(try await claimed(fixture, campaign, rules: rules).claims.count == 1)
    }

    @Test func `a template that Meta has made marketing goes to nobody who opted out`() async throws {
        let fixture = try await Fixture(contacts: 2)
        let campaign = try await fixture.runCampaign()
        try await fixture.store.write(.applying) { transaction in
            try transaction.prefer(try transaction.contacts(list: nil, after: nil, limit: 1)[0].id, stops: true, at: transaction.now)
            _ = try transaction.note(
                .category(.marketing),
                ofTemplate: "order_update",
                language: "en_US",
                wabaID: "102290129340398",
                at: transaction.now
            )
        }
        #expect(try await claimed(fixture, campaign).claims.count == 1)
    }

    @Test func `a template that Meta paused holds its campaign instead of failing everybody`() async throws {
        let fixture = try await Fixture(contacts: 2)
        let campaign = try await fixture.runCampaign()
        let isKnown = try await fixture.store.write(.applying) {
            try $0.note(.status(.paused), ofTemplate: "order_update", language: "en_US", wabaID: "102290129340398", at: nil)
        }
        #expect(isKnown)
        #expect(try await claimed(fixture, campaign).claims.isEmpty)
        let record = try #require(try await fixture.store.read { try $0.campaign(campaign) })
        #expect(record.state == .held && record.heldBecause == .templateNotApproved)
    }

    @Test func `whom Meta asks to leave alone gets nothing from the number until then, not even a reply`() async throws {
        let fixture = try await Fixture(contacts: 2)
        let (blocked, other) = try await fixture.store.write(.control) { [number = fixture.number, boot = fixture.store.boot] transaction in
            let contacts = try transaction.contacts(list: nil, after: nil, limit: 2).map(\.id)
            transaction.penalise(number, contacts[0], until: transaction.now.advanced(by: .seconds(5)))
            for contact in contacts {
                _ = try transaction.enqueue(kind: "template", content: "{}", to: contact, from: number, notAfter: nil)
            }
            return (contacts[0], try transaction.claimDirect(of: number, limit: 9, boot: boot).claims.map(\.contact))
        }
        #expect(other.count == 1 && other != [blocked])
        fixture.clock.step(by: .seconds(5))
        let later = try await fixture.store.write(.control) { [number = fixture.number, boot = fixture.store.boot] in
            try $0.claimDirect(of: number, limit: 9, boot: boot).claims.map(\.contact)
        }
        #expect(later == [blocked])
    }

    @Test func `a clock that was ahead holds nobody back after the next start`() async throws {
        let folder = try Folder()
        let fixture = try await Fixture(contacts: 2, at: .file(folder.database))
        try await fixture.store.write(.control) { [number = fixture.number] in try $0.refresh(number, with: news("TIER_1")) }
        let campaign = try await fixture.runCampaign()
        fixture.clock.step(by: .seconds(3 * 86_400))
        #expect(try await claimed(fixture, campaign).claims.count == 1)
        try await fixture.store.close()
        fixture.clock.step(by: .seconds(-3 * 86_400))
        let store = try Store(.file(folder.database), clock: fixture.clock.wall)
        fixture.clock.step(by: .seconds(86_401))
        let free = try await store.write(.sending) { try $0.claim(of: campaign, limit: 10, boot: store.boot) }
        #expect(free.claims.count == 1)
        try await store.close()
    }

    @Test func `a template that became marketing is not sent to who opted out`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.runCampaign()
        try await fixture.store.write(.control) { transaction in
            let account = try #require(try transaction.accounts().first).id
            _ = try transaction.sync([Fixture.meta(name: "order_update", category: "MARKETING")], of: account)
            let contact = try #require(try transaction.contacts(list: nil, after: nil, limit: 1).first).id
            try transaction.optOut(contact, code: nil)
        }
        #expect(try await claimed(fixture, campaign).claims.isEmpty)
        #expect(try await fixture.counts(campaign) == [.skipped: 1])
    }
}
