import Testing
import WaproCore

@testable import WaproStore

@Suite struct StatusTests {
    @Test func `a status before the answer settles the message, and the answer only adds its wamid`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.runCampaign()
        let claim = try await fixture.claim(campaign)[0]
        let early = try await fixture.store.write(.applying) {
            try $0.advance(StatusNews(attempt: claim.attempt, wamid: "wamid.A", fact: .delivered))
        }
        #expect(early == .moved(from: .sending, to: .delivered))
        try await fixture.store.write(.sending) { try $0.accept(claim, wamid: "wamid.A", waID: nil) }
        #expect(try await fixture.counts(campaign) == [.delivered: 1])
    }

    @Test func `a message in doubt is settled by its status, however late`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.runCampaign()
        let claim = try await fixture.claim(campaign)[0]
        try await fixture.store.write(.sending) { try $0.end(claim, as: .inDoubt, because: .answerUnknown) }
        fixture.clock.step(by: .seconds(86_400 * 6))
        _ = try await fixture.store.write(.applying) { try $0.advance(StatusNews(attempt: claim.attempt, wamid: "wamid.A", fact: .sent)) }
        #expect(try await fixture.counts(campaign) == [.sent: 1])
    }

    @Test func `the failure of an earlier attempt says nothing about a later one`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.runCampaign()
        let first = try await fixture.claim(campaign)[0]
        try await fixture.store.write(.sending) { transaction in
            try transaction.end(first, as: .waiting, because: .metaAskedToWait, code: 130429, dueAt: transaction.now)
        }
        let second = try await fixture.claim(campaign)[0]
        #expect(second.attempt.ordinal == 2 && second.attempt.message == first.attempt.message)
        let late = try await fixture.store.write(.applying) {
            try $0.advance(StatusNews(attempt: first.attempt, wamid: "wamid.A", fact: .failed, code: 130429))
        }
        #expect(late == .nothing)
        #expect(try await fixture.counts(campaign) == [.sending: 1])
        let delivered = try await fixture.store.write(.applying) {
            try $0.advance(StatusNews(attempt: first.attempt, wamid: "wamid.A", fact: .delivered))
        }
        #expect(delivered == .moved(from: .sending, to: .delivered))
        let past = try await fixture.store.read { try $0.pastAttempts(of: first.attempt.message) }
        #expect(past.map(\.fact) == [.failed])
    }

    @Test func `that it was sent changes nothing any more once it failed and waits for its next attempt`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.runCampaign()
        let first = try await fixture.claim(campaign)[0]
        let retry = FailureRetry(after: .seconds(4), spread: .seconds(1), tries: nil, isPair: false)
        let failed = StatusNews(attempt: first.attempt, wamid: "wamid.A", fact: .failed, code: 131_056, retry: retry)
        let sent = StatusNews(attempt: first.attempt, wamid: "wamid.A", fact: .sent)
        let late = try await fixture.store.write(.applying) { transaction in
            try transaction.accept(first, wamid: "wamid.A", waID: nil)
            return [try transaction.advance(failed), try transaction.advance(sent), try transaction.advance(failed)]
        }
        #expect(late == [.moved(from: .accepted, to: .failed), .nothing, .nothing])
        #expect(try await fixture.counts(campaign) == [.waiting: 1])
        #expect(try await fixture.store.read { try $0.pastAttempts(of: first.attempt.message) }.isEmpty, "it is the last one still")
        fixture.clock.step(by: .seconds(60))
        #expect(try await fixture.claim(campaign).count == 1)
        #expect(try await fixture.store.write(.applying) { try $0.advance(sent) } == .nothing)
        #expect(try await fixture.counts(campaign) == [.sending: 1])
        let past = try await fixture.store.read { try $0.pastAttempts(of: first.attempt.message) }
        #expect(past.map(\.fact) == [.failed] && past.map(\.because) == [.metaFailed])
    }

    @Test func `a failure that comes once a person ordered it to be sent again is remembered when sent comes after it`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.runCampaign()
        let claim = try await fixture.claim(campaign)[0]
        let late = try await fixture.store.write(.control) { transaction in
            try transaction.end(claim, as: .inDoubt, because: .answerUnknown)
            try transaction.resolve(try #require(try transaction.message(claim.attempt.message)), as: .resend)
            return try [(StatusFact.failed, 131_048), (.sent, nil)].map { fact, code in
                try transaction.advance(StatusNews(attempt: claim.attempt, wamid: "wamid.A", fact: fact, code: code))
            }
        }
        #expect(late == [.nothing, .nothing])
        fixture.clock.step(by: .seconds(6))
        #expect(try await fixture.claim(campaign).count == 1)
    }

    @Test func `an answer that comes for an earlier attempt leaves the later one alone`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.runCampaign()
        let first = try await fixture.claim(campaign)[0]
        try await fixture.store.write(.sending) { transaction in
            try transaction.end(first, as: .waiting, because: .certainlyNotSent, dueAt: transaction.now)
        }
        let second = try await fixture.claim(campaign)[0]
        try await fixture.store.write(.sending) { transaction in
            try transaction.end(first, as: .failed, because: .metaRefused, code: 131026)
            try transaction.accept(first, wamid: "wamid.A", waID: nil)
        }
        #expect(try await fixture.counts(campaign) == [.sending: 1])
        try await fixture.store.write(.sending) { try $0.accept(second, wamid: "wamid.B", waID: nil) }
        #expect(try await fixture.counts(campaign) == [.accepted: 1])
    }

    @Test func `delivered overrides failed, and the counters follow`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.runCampaign()
        let claim = try await fixture.claim(campaign)[0]
        for (fact, code) in [(StatusFact.failed, 131026), (.delivered, nil)] {
            _ = try await fixture.store.write(.applying) {
                try $0.advance(StatusNews(attempt: claim.attempt, wamid: "wamid.A", fact: fact, code: code))
            }
        }
        #expect(try await fixture.counts(campaign) == [.delivered: 1])
        #expect(try await fixture.store.read { try $0.failures(of: campaign).isEmpty })
    }

    @Test func `a status without our callback data finds its message by wamid`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let campaign = try await fixture.runCampaign()
        let claim = try await fixture.claim(campaign)[0]
        try await fixture.store.write(.sending) { try $0.accept(claim, wamid: "wamid.A", waID: nil) }
        let known = try await fixture.store.write(.applying) { try $0.advance(StatusNews(attempt: nil, wamid: "wamid.A", fact: .read)) }
        #expect(known == .moved(from: .accepted, to: .read))
        let unknown = try await fixture.store.write(.applying) { try $0.advance(StatusNews(attempt: nil, wamid: "wamid.B", fact: .read)) }
        #expect(unknown == .unknown)
    }

    @Test func `intents of a dead boot become in doubt, those of this one do not`() async throws {
        let folder = try Folder()
        let fixture = try await Fixture(contacts: 3, at: .file(folder.database))
        let campaign = try await fixture.runCampaign()
        _ = try await fixture.claim(campaign, limit: 2)
        try await fixture.store.close()
        let store = try Store(.file(folder.database), clock: fixture.clock.wall)
        let boot = store.boot
        let mine = try await store.write(.sending) { try $0.claim(of: campaign, limit: 1, boot: boot).claims }
        #expect(mine.count == 1)
        #expect(try await store.write(.control) { try $0.doubtDeadIntents(before: boot, limit: 100) } == 2)
        let counts = try await store.read { try $0.counts(of: campaign).filter { $0.value > 0 } }
        #expect(counts == [.inDoubt: 2, .sending: 1])
    }

    @Test func `an inbound message that comes twice is stored once and opens the window`() async throws {
        let fixture = try await Fixture(contacts: 0)
        let number = fixture.number
        let ids = try await fixture.store.write(.applying) { transaction in
            let portfolio = try #require(try transaction.number("support")).portfolio
            let phone = try #require(PhoneNumber(value: 447_700_900_456))
            let contact = try #require(
                try transaction.contact(inboundPhone: phone, userID: "GB.abc", portfolio: portfolio, profileName: "Ada")
            )
            let inbound = InboundMessage(
                wamid: "wamid.IN",
                number: number,
                contact: contact,
                kind: "text",
                content: #"{"body":"hi"}"#,
                at: transaction.now
            )
            return [try transaction.receive(inbound), try transaction.receive(inbound)]
        }
        #expect(ids[0] != nil && ids[1] == nil)
        let known = try await fixture.store.read { snapshot in
            let phone = try #require(PhoneNumber(value: 447_700_900_456))
            let contact = try #require(try snapshot.contact(phone: phone))
            #expect(contact.userID == "GB.abc" && contact.profileName == "Ada")
            return try snapshot.lastInbound(of: contact.id, to: number)
        }
        #expect(known == Fixture.start)
    }
}
