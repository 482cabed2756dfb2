import FoundationEssentials
import GRDB
import WaproCore

@testable import WaproStore

extension World {
    /// Kept counts against what they count.
    private static let recounts: [(what: String, kept: String, counted: String)] = [
        (
            "recipients in each state", "SELECT campaign, state, count FROM campaign_count WHERE count <> 0 ORDER BY 1, 2",
            """
            SELECT r.campaign, coalesce(m.state, CASE c.state WHEN 6 THEN 11 ELSE 0 END) AS state, count(*) AS count
            FROM recipient r JOIN campaign c ON c.id = r.campaign LEFT JOIN message m ON m.id = r.message GROUP BY 1, 2 ORDER BY 1, 2
            """
        ),
        (
            "failures by code", "SELECT campaign, code, count FROM campaign_failure WHERE count <> 0 ORDER BY 1, 2",
            """
            SELECT campaign, coalesce(code, 0) AS code, count(*) AS count FROM message WHERE state = 9 AND campaign IS NOT NULL
            GROUP BY 1, 2 ORDER BY 1, 2
            """
        ),
        (
            "audiences", "SELECT id, total FROM campaign WHERE total > 0 ORDER BY 1",
            "SELECT campaign AS id, count(*) AS total FROM recipient GROUP BY 1 ORDER BY 1"
        ),
        ("people reached", "SELECT reached FROM portfolio", "SELECT count(*) AS reached FROM reach"),
        (
            "the journal", "SELECT waiting, quarantined, bytes FROM journal_size",
            """
            SELECT coalesce(sum(state = 0), 0) AS waiting, coalesce(sum(state = 2), 0) AS quarantined,
                coalesce(sum(length(body)), 0) AS bytes FROM journal
            """
        ),
        (
            "events", "SELECT last_event FROM store",
            "SELECT CASE WHEN min(seq) = 1 AND count(*) = max(seq) THEN max(seq) END AS last_event FROM event"
        ),
    ]

    /// What must be true of the store at every moment: the counters equal a recount (I7), the events have no gap (I6), and every body that was
    /// answered 200 is there (I1).
    func audit() async throws {
        let (differences, bodies, waits) = try await store.read { snapshot in
            let differences = try Self.recounts.compactMap { what, kept, counted in
                let (kept, counted) = (try snapshot.db.rows(kept), try snapshot.db.rows(counted))
                return kept == counted ? nil : "\(what): kept \(kept), counted \(counted)"
            }
            let bodies = try snapshot.db.rows("SELECT body FROM journal").map { String(decoding: $0["body"] as Data, as: UTF8.self) }
            let waits: Int? = try snapshot.db.row("SELECT count(*) AS count FROM message WHERE state = 1 AND because = 43")?["count"]
            return (differences, bodies, waits ?? 0)
        }
        tally.count("limit pair", by: waits)
        guard differences.isEmpty else { throw Broken("I7", differences.joined(separator: "; ")) }
        let kept = bodies.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        for (body, times) in ledger.acknowledged where kept[body] ?? 0 < times {
            throw Broken("I1", "a body that was answered 200 is not in the store: \(body)")
        }
    }
}
