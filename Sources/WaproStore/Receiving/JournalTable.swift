import FoundationEssentials
import GRDB
public import WaproCore

/// The raw body of a webhook that was answered 200.
public struct JournalEntry: Sendable {
    public let id: JournalID
    /// The app whose callback path it came to.
    public let app: String
    public let receivedAt: Timestamp
    public let body: [UInt8]
    public let tries: Int
}

/// How much the journal holds.
public struct JournalSize: Sendable, Hashable {
    public let waiting: Int
    public let quarantined: Int
    /// Of all bodies that are retained.
    public let bytes: Int
    public let lastAt: Timestamp?
}

extension Snapshot {
    /// The oldest bodies that are not applied yet.
    public func waitingJournal(after: JournalID?, limit: Int) throws -> [JournalEntry] {
        try db.rows("SELECT * FROM journal WHERE state = 0 AND id > ? ORDER BY id LIMIT ?", [after?.rawValue ?? 0, limit]).map { row in
            JournalEntry(
                id: row.id("id"),
                app: row["app"],
                receivedAt: row.time("received_at"),
                body: [UInt8](row["body"] as Data),
                tries: row["tries"]
            )
        }
    }

    public func journalSize() throws -> JournalSize {
        guard let row = try db.row("SELECT * FROM journal_size") else { throw StoreFailure.refused("the journal has no size row") }
        return JournalSize(
            waiting: row["waiting"],
            quarantined: row["quarantined"],
            bytes: row["bytes"],
            lastAt: row.time(orNil: "last_at")
        )
    }
}

extension Transaction {
    /// Keeps a body. Once this is committed Meta may be told 200.
    public func journal(_ body: [UInt8], app: String) throws -> JournalID {
        let id = mint(JournalID.self)
        try run(Self.insertBody) {
            $0.add(id.rawValue)
            $0.add(app)
            $0.add(now.milliseconds)
            $0.add(body)
        }
        marks.journal.waiting += 1
        marks.journal.bytes += body.count
        marks.journal.lastAt = now
        ringArrivals()
        return id
    }

    private static let insertBody = HotStatement("INSERT INTO journal (id, app, received_at, body, state) VALUES (?, ?, ?, ?, 0)")
    private static let markBody = HotStatement("UPDATE journal SET state = 1 WHERE id = ? AND state = 0")

    public func markApplied(_ id: JournalID) throws {
        guard try run(Self.markBody, { $0.add(id.rawValue) }) == 1 else { return }
        marks.journal.waiting -= 1
    }

    /// Parks a body that cannot be read or applied, with the reason; it stays for a person and for replay.
    public func quarantine(_ id: JournalID, reason: String) throws {
        guard try db.run("UPDATE journal SET state = 2, reason = ? WHERE id = ? AND state = 0", [reason, id.rawValue]) == 1 else { return }
        marks.journal.waiting -= 1
        marks.journal.quarantined += 1
        try record(Event(topic: .system, because: .metaStatus, detail: "webhook quarantined"))
    }

    /// Notes that applying a body failed once more.
    public func countTry(_ id: JournalID) throws {
        try db.run("UPDATE journal SET tries = tries + 1 WHERE id = ?", [id.rawValue])
    }

    /// Removes the oldest bodies that were applied: those older than `age`, and as many as bring all under `bytes`. Quarantined ones
    /// go by `quarantineAge`. Bodies that wait are never removed. Returns how many went.
    public func pruneJournal(olderThan age: Duration, beyond bytes: Int, quarantineAge: Duration, limit: Int) throws -> Int {
        var excess = try journalSize().bytes + marks.journal.bytes - bytes
        let cutoff = now.advanced(by: .zero - age)
        var gone: [Row] = []
        for row in try db.rows("SELECT id, received_at, length(body) AS size FROM journal WHERE state = 1 ORDER BY id LIMIT ?", [limit]) {
            guard row.time("received_at") < cutoff || excess > 0 else { break }
            excess -= row["size"]
            gone.append(row)
        }
        let quarantined = try db.rows(
            "SELECT id, received_at, length(body) AS size FROM journal WHERE state = 2 ORDER BY id LIMIT ?",
            [limit]
        ).prefix { $0.time("received_at") < now.advanced(by: .zero - quarantineAge) }
        gone += quarantined
        for row in gone { try db.run("DELETE FROM journal WHERE id = ?", [row["id"] as Int64]) }
        guard !gone.isEmpty else { return 0 }
        let freed = gone.reduce(0) { $0 + ($1["size"] as Int) }
        marks.journal.bytes -= freed
        marks.journal.quarantined -= quarantined.count
        return gone.count
    }
}
