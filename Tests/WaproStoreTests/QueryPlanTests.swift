import GRDB
import Synchronization
import Testing
import WaproCore

@testable import WaproStore

@Suite struct QueryPlanTests {
    /// Tables that hold a handful of rows, or one.
    static let small: Set<String> = [
        "store", "journal_size", "number", "n", "account", "a", "portfolio", "p", "app", "x", "template", "t", "change_count",
        "grdb_migrations",
    ]

    @Test func `no statement of the sending and receiving walks scans a table that grows`() async throws {
        let seen = Mutex<Set<String>>([])
        let fixture = try await Fixture(contacts: 5)
        let store = fixture.store
        try await store.connection.database.writeWithoutTransaction { db in
            db.trace { event in
                if case .statement(let statement) = event { seen.withLock { _ = $0.insert(statement.sql) } }
            }
        }
        try await walk(fixture)
        let statements = seen.withLock { $0 }.filter {
            $0.hasPrefix("SELECT") || $0.hasPrefix("UPDATE") || $0.hasPrefix("DELETE") || $0.hasPrefix("INSERT")
        }
        #expect(statements.count > 40)
        try await store.connection.database.writeWithoutTransaction { db in
            db.trace(nil)
            for sql in statements {
                let plan = try Row.fetchAll(
                    db,
                    sql: "EXPLAIN QUERY PLAN \(sql)",
                    arguments: .init(Array(repeating: nil as Int?, count: 20).prefix(Self.placeholders(in: sql)))
                )
                for step in plan.map({ $0["detail"] as String }) where step.hasPrefix("SCAN ") && !step.contains("USING") {
                    let table = step.split(separator: " ")[1]
                    #expect(
                        Self.small.contains(String(table)) || step.contains("CONSTANT ROW") || step.contains("subquery"),
                        "\(step) in \(sql)"
                    )
                }
            }
        }
    }

    private static func placeholders(in sql: String) -> Int {
        let numbered = sql.split(separator: "?").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }
        return numbered.max() ?? sql.count { $0 == "?" }
    }

    private func walk(_ fixture: Fixture) async throws {
        let campaign = try await fixture.runCampaign()
        let claims = try await fixture.claim(campaign, limit: 4)
        try await fixture.store.write(.control) { [list = fixture.list, number = fixture.number, boot = fixture.store.boot] transaction in
            try transaction.accept(claims[0], wamid: "wamid.A", waID: 4_915_112_349_999)
            try transaction.end(claims[1], as: .waiting, because: .metaAskedToWait, code: 130429, dueAt: transaction.now)
            try transaction.end(claims[2], as: .failed, because: .metaRefused, code: 131026)
            _ = try transaction.claim(of: campaign, limit: 10, boot: boot)
            _ = try transaction.advance(StatusNews(attempt: nil, wamid: "wamid.A", fact: .delivered))
            _ = try transaction.advance(StatusNews(attempt: claims[3].attempt, wamid: "wamid.B", fact: .sent))
            _ = try transaction.advance(StatusNews(attempt: nil, wamid: "wamid.C", fact: .sent))
            let portfolio = try #require(try transaction.number("support")).portfolio
            let phone = PhoneNumber(value: 447_700_900_456)
            let person = try #require(
                try transaction.contact(inboundPhone: phone, userID: "GB.a", portfolio: portfolio, profileName: "Ada")
            )
            _ = try transaction.receive(
                InboundMessage(wamid: "wamid.I", number: number, contact: person, kind: "text", content: "{}", at: transaction.now)
            )
            _ = try transaction.enqueue(kind: "text", content: "{}", to: person, from: number, notAfter: nil)
            _ = try transaction.claimDirect(of: number, limit: 10, boot: boot)
            _ = try transaction.lastInbound(of: person, to: number)
            let journal = try transaction.journal([1, 2, 3], app: "main")
            _ = try transaction.waitingJournal(after: nil, limit: 10)
            try transaction.markApplied(journal)
            _ = try transaction.isNew([1])
            _ = try transaction.counts(of: campaign)
            _ = try transaction.deferrals(of: campaign, after: transaction.now)
            let record = try #require(try transaction.campaign(campaign))
            _ = try transaction.recipients(of: record, state: .failed, after: nil, limit: 10)
            _ = try transaction.sendingCampaigns()
            _ = try transaction.unsweptCampaigns()
            _ = try transaction.ready(of: campaign, of: 10, limit: 10)
            _ = try transaction.scheduledCampaigns(until: transaction.now)
            _ = try transaction.contacts(list: list, after: nil, limit: 10)
            _ = try transaction.messages(contact: person, number: nil, before: nil, limit: 10)
            _ = try transaction.history(of: claims[0].attempt.message)
            _ = try transaction.history(of: campaign)
            _ = try transaction.events(after: 0, limit: 10)
            _ = try transaction.queueShape()
            _ = try transaction.doubtsAwaitingEvidence()
            _ = try transaction.unnamedAttempts(from: number, to: 4_915_112_340_000, since: transaction.now)
            _ = try transaction.doubtDeadIntents(before: boot, limit: 10)
            _ = try transaction.pruneEvents(olderThan: .seconds(1), beyond: 100, limit: 10)
            _ = try transaction.pruneJournal(olderThan: .seconds(1), beyond: 100, quarantineAge: .seconds(1), limit: 10)
            _ = try transaction.pruneSeenChanges(olderThan: .seconds(1), limit: 10)
            _ = try transaction.pruneAnswers(olderThan: .seconds(1), limit: 10)
            _ = try transaction.finishIfDone(campaign)
            try transaction.cancel(campaign, from: .running)
        }
    }
}
