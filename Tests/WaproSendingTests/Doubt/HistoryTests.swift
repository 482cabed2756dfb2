import Testing
import WaproCloud
import WaproCore

@testable import WaproSending
@testable import WaproStore

/// What Meta's history may settle, and what it may not.
@Suite struct HistoryTests {
    private static let bob: Int64 = 4_915_112_340_000

    /// A message to Bob that is in doubt since the start of the fixture's time.
    private func doubtful(_ fixture: Fixture, _ name: String = "launch") async throws -> Claim {
        let claim = try #require(try await fixture.claims(of: try await fixture.start(name)).first)
        try await fixture.store.write(.sending) { try $0.end(claim, as: .inDoubt, because: .answerUnknown) }
        return claim
    }

    /// Looks at such a history ten minutes after the start.
    private func look(_ fixture: Fixture, at pages: [[String]]) async throws {
        fixture.clock.step(by: fixture.clock.wall.now().duration(to: Fixture.start.advanced(by: .seconds(600))))
        try await HistoryStage(pages).history(of: fixture).confirm()
    }

    private func entry(_ name: String = "A", after seconds: Int64 = 1, to phone: Int64 = bob) -> String {
        HistoryStage.entry(phone, name, at: Fixture.start.advanced(by: .seconds(seconds)))
    }

    private func isConfirmed(_ claim: Claim, in fixture: Fixture) async throws -> Bool {
        let message = try await fixture.message(claim.attempt.message)
        #expect(message.state == .inDoubt || message.because == .inferred)
        return message.state == .accepted && message.wamid == HistoryStage.wamid(Self.bob, "A")
    }

    @Test(arguments: [false, true])
    func `an entry that can only be of one message settles it, listed or not`(listed: Bool) async throws {
        let fixture = try await Fixture(contacts: 2)
        let claims = try await fixture.claims(of: try await fixture.start())
        try await fixture.store.write(.sending) { transaction in
            for claim in claims { try transaction.end(claim, as: .inDoubt, because: .answerUnknown) }
            guard listed else { return }
            try transaction.db.run("UPDATE message SET listed_at = 1 WHERE id = ?", [claims[0].attempt.message.rawValue])
        }
        try await look(fixture, at: [[entry()]])
        #expect(try await isConfirmed(claims[0], in: fixture))
        #expect(try await fixture.message(claims[1].attempt.message).state == .inDoubt)
    }

    @Test func `a message whose answer is not stored yet may be the one that is shown`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let lost = try await doubtful(fixture)
        fixture.clock.step(by: .seconds(60))
        let sending = try await fixture.claims(of: try await fixture.start("second"))
        #expect(sending.map(\.contact) == [lost.contact])
        try await look(fixture, at: [[entry(after: 61)]])
        #expect(!(try await isConfirmed(lost, in: fixture)))
        try await fixture.store.write(.sending) { try $0.accept(sending[0], wamid: HistoryStage.wamid(Self.bob, "A"), waID: nil) }
        try await look(fixture, at: [[entry(after: 61)]])
        #expect(try await fixture.message(lost.attempt.message).state == .inDoubt, "it was lost, and only a person can say so")
    }

    @Test(arguments: [DoubtResolution.sent, .notSent, .resend])
    func `what a person decided about may be the one that is shown`(resolution: DoubtResolution) async throws {
        let fixture = try await Fixture(contacts: 1)
        let other = try await doubtful(fixture)
        fixture.clock.step(by: .seconds(60))
        let open = try await doubtful(fixture, "second")
        try await fixture.store.write(.control) { transaction in
            try transaction.resolve(try #require(try transaction.message(other.attempt.message)), as: resolution)
        }
        try await look(fixture, at: [[entry(after: 61)]])
        #expect(!(try await isConfirmed(open, in: fixture)))
    }

    @Test func `an attempt that another took the place of may be the one that is shown`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let first = try await doubtful(fixture)
        try await fixture.store.write(.control) { transaction in
            try transaction.resolve(try #require(try transaction.message(first.attempt.message)), as: .resend)
        }
        fixture.clock.step(by: .seconds(60))
        let campaign = try #require(first.campaign)
        let second = try #require(try await fixture.claims(of: campaign).first)
        #expect(second.attempt.ordinal == 2)
        try await fixture.store.write(.sending) { try $0.end(second, as: .inDoubt, because: .answerUnknown) }
        try await look(fixture, at: [[entry(after: 61)]])
        #expect(!(try await isConfirmed(second, in: fixture)))
    }

    @Test func `two unknown entries settle nothing, nor does one that has no time`() async throws {
        for rival in [entry("B", after: 90), HistoryStage.entry(Self.bob, "B", at: nil)] {
            let fixture = try await Fixture(contacts: 1)
            let claim = try await doubtful(fixture)
            try await look(fixture, at: [[rival, entry()]])
            #expect(!(try await isConfirmed(claim, in: fixture)))
        }
    }

    @Test func `an entry that is younger than a request may take is left for later`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let claim = try await doubtful(fixture)
        fixture.clock.step(by: .seconds(20))
        try await HistoryStage([[entry()]]).history(of: fixture).confirm()
        #expect(!(try await isConfirmed(claim, in: fixture)))
        try await look(fixture, at: [[entry()]])
        #expect(try await isConfirmed(claim, in: fixture))
    }

    @Test func `pages that do not reach back behind the attempt settle nothing`() async throws {
        let (others, unrelated) = ([4_915_112_349_001, 4_915_112_349_002] as [Int64], 4_915_112_349_003 as Int64)
        for (last, isWhole) in [(-60, false), (-200, true)] as [(Int64, Bool)] {
            let fixture = try await Fixture(contacts: 1)
            let claim = try await doubtful(fixture)
            let pages = [
                [entry("X", after: 300, to: others[0])], [entry()], [entry("Y", after: last, to: others[1])],
                [entry("Z", after: last - 1, to: unrelated)],
            ]
            try await look(fixture, at: pages)
            #expect(try await isConfirmed(claim, in: fixture) == isWhole)
        }
    }

    @Test func `a history that is not in order settles nothing`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let claim = try await doubtful(fixture)
        try await look(fixture, at: [[entry("X", after: -500, to: 4_915_112_349_001), entry()]])
        #expect(!(try await isConfirmed(claim, in: fixture)))
    }

    @Test func `many listed doubts do not hide a new one`() async throws {
        let fixture = try await Fixture(contacts: 502)
        let claims = try await fixture.claims(of: try await fixture.start())
        #expect(claims.count == 502)
        let last = try #require(claims.max { $0.attempt.message < $1.attempt.message })
        try await fixture.store.write(.sending) { transaction in
            for claim in claims { try transaction.end(claim, as: .inDoubt, because: .answerUnknown) }
            try transaction.db.run("UPDATE message SET listed_at = 1 WHERE id < ?", [last.attempt.message.rawValue])
        }
        let phone = try #require(last.phone?.value)
        try await look(fixture, at: [[entry(to: phone)]])
        #expect(try await fixture.message(last.attempt.message).state == .accepted)
    }
}
