import FoundationEssentials
import GRDB
public import WaproCore

/// How often a kind of change came in webhooks.
public struct ChangeCount: Sendable, Hashable {
    public let field: String
    /// This version acts on it; the others are kept in the journal and counted.
    public let isKnown: Bool
    public let count: Int
    public let lastAt: Timestamp
}

extension Snapshot {
    public func changeCounts() throws -> [ChangeCount] {
        try db.rows("SELECT * FROM change_count ORDER BY field").map {
            ChangeCount(field: $0["field"], isKnown: $0["is_known"], count: $0["count"], lastAt: $0.time("last_at"))
        }
    }
}

extension Transaction {
    /// True the first time a digest comes; a repeat of Meta's then changes nothing.
    public func isNew(_ digest: [UInt8]) throws -> Bool {
        try db.run("INSERT INTO seen_change (digest, at) VALUES (?, ?) ON CONFLICT DO NOTHING", [Data(digest), now.milliseconds]) == 1
    }

    /// Forgets digests that are older than Meta's seven days of retries. Returns how many went.
    public func pruneSeenChanges(olderThan age: Duration, limit: Int) throws -> Int {
        try db.run(
            "DELETE FROM seen_change WHERE digest IN (SELECT digest FROM seen_change WHERE at < ? ORDER BY at LIMIT ?)",
            [now.advanced(by: .zero - age).milliseconds, limit]
        )
    }
}
