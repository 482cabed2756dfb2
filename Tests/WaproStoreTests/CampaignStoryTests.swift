import GRDB
import Testing
import WaproCore

@testable import WaproStore

@Suite struct CampaignStoryTests {
    @Test func `every recipient is in one state, and the states add up`() async throws {
        let fixture = try await Fixture(contacts: 11)
        let campaign = try await fixture.runCampaign()
        #expect(try await fixture.counts(campaign) == [.waiting: 11])
        let claims = try await fixture.claim(campaign, limit: 6)
        #expect(claims.count == 6)
        #expect(try await fixture.counts(campaign) == [.waiting: 5, .sending: 6])
        try await fixture.store.write(.sending) { transaction in
            try transaction.accept(claims[0], wamid: "wamid.A", waID: nil)
            try transaction.end(claims[1], as: .failed, because: .metaRefused, code: 131026)
            try transaction.end(claims[2], as: .inDoubt, because: .answerUnknown)
            try transaction.end(claims[3], as: .waiting, because: .metaAskedToWait, code: 130429, dueAt: transaction.now)
            try transaction.end(claims[4], as: .skipped, because: .parameterMissing)
        }
        #expect(try await fixture.counts(campaign) == [.waiting: 6, .sending: 1, .accepted: 1, .failed: 1, .inDoubt: 1, .skipped: 1])
        let failures = try await fixture.store.read { try $0.failures(of: campaign).map { [$0.code, $0.count] } }
        #expect(failures == [[131026, 1]])
    }

    @Test func `a claim has everything of its message and its person, each in its place`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.runCampaign()
        try await fixture.store.write(.control) { transaction in
            try transaction.db.run("UPDATE contact SET user_id = 'GB.1', portfolio = (SELECT id FROM portfolio)", [])
            try transaction.db.run(
                "UPDATE message SET content = '{}', tries = 3, tries_of = 131000, attempt = 2, boot = (SELECT max(id) FROM boot), intent_at = 1",
                []
            )
        }
        let claim = try #require(try await fixture.claim(campaign).first)
        let kept = try await fixture.store.read { snapshot in
            try snapshot.db.rows("SELECT id, contact, not_after FROM message").map {
                ($0["id"], $0["contact"], $0["not_after"]) as (Int64, Int64, Int64)
            }
        }
        #expect(claim.attempt == AttemptID(message: MessageID(rawValue: kept[0].0), ordinal: 3) && claim.campaign == campaign)
        #expect(claim.number == fixture.number && claim.contact.rawValue == kept[0].1 && claim.notAfter?.milliseconds == kept[0].2)
        #expect(claim.tries == 3 && claim.triedCode == 131_000 && !claim.isMarketing)
        #expect(claim.kind == "template" && claim.content == "{}" && claim.phone == PhoneNumber(value: 4_915_112_340_000))
        #expect(claim.name == "Person 0" && claim.userID == "GB.1" && claim.attributes == #"{"city":"Berlin"}"#)
    }

    @Test func `who joins the list after the start is not in the audience`() async throws {
        let fixture = try await Fixture(contacts: 6)
        let campaign = try await fixture.makeCampaign()
        try await fixture.store.write(.control) { transaction in
            try transaction.beginFreezing(campaign, from: .draft, because: .asked)
            #expect(try transaction.freeze(campaign, limit: 4) == 4)
        }
        try await fixture.store.write(.control) { [list = fixture.list] transaction in
            let phone = try #require(PhoneNumber(value: 33_612_345_678))
            let late = try transaction.upsertContact(phone: phone, name: nil, attributes: [:])
            try transaction.add(late.contact, to: list)
        }
        try await fixture.store.write(.control) { transaction in
            #expect(try transaction.freeze(campaign, limit: 4) == 2)
            let record = try #require(try transaction.campaign(campaign))
            #expect(record.total == 6 && record.isFrozen && record.state == .running)
        }
    }

    @Test func `a paused campaign gives no claims`() async throws {
        let fixture = try await Fixture()
        let campaign = try await fixture.runCampaign()
        try await fixture.store.write(.control) { try $0.move(campaign, from: .running, to: .paused, because: .asked) }
        #expect(try await fixture.claim(campaign).isEmpty)
        try await fixture.store.write(.control) { try $0.move(campaign, from: .paused, to: .running, because: .asked) }
        #expect(try await fixture.claim(campaign).count == 10)
    }

    @Test func `cancelling accounts for everybody, also for who has no message yet`() async throws {
        let fixture = try await Fixture(contacts: 10)
        let campaign = try await fixture.makeCampaign()
        try await fixture.store.write(.control) { transaction in
            try transaction.beginFreezing(campaign, from: .draft, because: .asked)
            while try transaction.freeze(campaign, limit: 4) == 4 {}
            _ = try transaction.expand(campaign, limit: 4)
        }
        let claims = try await fixture.claim(campaign, limit: 1)
        try await fixture.store.write(.control) { try $0.cancel(campaign, from: .running) }
        try await fixture.store.write(.sending) { try $0.accept(claims[0], wamid: "wamid.A", waID: nil) }
        #expect(try await fixture.counts(campaign) == [.accepted: 1, .cancelled: 9])
    }

    @Test func `a campaign is finished when nothing is left to send, not before`() async throws {
        let fixture = try await Fixture(contacts: 2)
        let campaign = try await fixture.runCampaign()
        let claims = try await fixture.claim(campaign)
        try await fixture.store.write(.sending) { transaction in
            try transaction.accept(claims[0], wamid: "wamid.A", waID: nil)
            #expect(try transaction.finishIfDone(campaign) == false)
            try transaction.end(claims[1], as: .inDoubt, because: .answerUnknown)
        }
        let done = try await fixture.store.write(.sending) { try $0.finishIfDone(campaign) }
        #expect(done)
        #expect(try await fixture.store.read { try $0.campaign(campaign)?.state } == .finished)
    }

    @Test func `who opted out is skipped by marketing, and served by utility`() async throws {
        let fixture = try await Fixture(contacts: 2)
        let phone = try #require(PhoneNumber(value: 4_915_112_340_000))
        try await fixture.store.write(.control) { transaction in
            let contact = try #require(try transaction.contact(phone: phone))
            try transaction.optOut(contact.id, code: nil)
        }
        let marketing = try await fixture.runCampaign("sale", template: "winter_sale")
        #expect(try await fixture.claim(marketing).count == 1)
        #expect(try await fixture.counts(marketing) == [.sending: 1, .skipped: 1])
        fixture.clock.step(by: .seconds(6))
        let utility = try await fixture.runCampaign("orders")
        #expect(try await fixture.claim(utility).count == 2)
    }

    @Test func `a state that a change does not leave refuses the change`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.runCampaign()
        let claim = try await fixture.claim(campaign)[0]
        try await fixture.store.write(.sending) { try $0.accept(claim, wamid: "wamid.A", waID: nil) }
        await #expect(throws: StoreFailure.self) {
            try await fixture.store.write(.sending) { try $0.move(claim.subject, from: .sending, to: .failed, because: .metaRefused) }
        }
        await #expect(throws: StoreFailure.self) {
            try await fixture.store.write(.sending) { try $0.move(claim.subject, from: .accepted, to: .waiting, because: .asked) }
        }
        #expect(try await fixture.counts(campaign) == [.accepted: 1])
    }

    @Test func `every change of state leaves its history, and claims leave none`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.runCampaign()
        let claim = try await fixture.claim(campaign)[0]
        let store = fixture.store
        try await store.write(.sending) { try $0.accept(claim, wamid: "wamid.A", waID: nil) }
        for fact in [StatusFact.sent, .delivered, .delivered, .sent, .read] {
            _ = try await store.write(.applying) { try $0.advance(StatusNews(attempt: claim.attempt, wamid: "wamid.A", fact: fact)) }
        }
        let steps = try await store.read { try $0.history(of: claim.attempt.message).map { [$0.from, $0.to] } }
        #expect(steps == [[2, 4], [4, 5], [5, 6], [6, 7]])
        let numbers = try await store.read { try $0.events(after: 0, limit: 1000).map(\.sequence) }
        #expect(numbers == Array(1...Int64(numbers.count)))
    }

    @Test func `a recipient is never given a second message of a campaign`() async throws {
        let fixture = try await Fixture(contacts: 3)
        let campaign = try await fixture.runCampaign()
        try await fixture.store.write(.control) { try $0.db.execute(sql: "UPDATE campaign SET expand_cursor = 0") }
        await #expect(throws: StoreFailure.self) { try await fixture.store.write(.sending) { try $0.expand(campaign, limit: 10) } }
        #expect(try await fixture.counts(campaign) == [.waiting: 3])
    }

    @Test func `a large campaign is cancelled a few messages at a time`() async throws {
        let fixture = try await Fixture(contacts: 450)
        let campaign = try await fixture.runCampaign()
        try await fixture.store.write(.control) { try $0.cancel(campaign, from: .running) }
        #expect(try await fixture.claim(campaign).isEmpty)
        var left: [Int] = []
        while try await fixture.store.read({ try $0.unsweptCampaigns() }) == [campaign] {
            left.append(try await fixture.counts(campaign)[.waiting] ?? 0)
            try await fixture.store.write(.background) { try $0.sweep(campaign) }
        }
        #expect(left == [250, 50])
        #expect(try await fixture.counts(campaign) == [.cancelled: 450])
    }
}
