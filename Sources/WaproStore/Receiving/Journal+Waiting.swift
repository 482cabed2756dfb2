import FoundationEssentials
import GRDB
public import WaproCore

extension Snapshot {
    /// When the oldest body that is not applied yet came; nil when none waits.
    public func oldestWaitingJournal() throws -> Timestamp? {
        try db.row("SELECT received_at FROM journal WHERE state = 0 ORDER BY id LIMIT 1")?.time("received_at")
    }

    /// The oldest bodies that are not applied yet: at most `limit`, and no more once they hold `bytes` (the first is always given), so
    /// that a backlog of large ones does not fill the memory.
    public func waitingJournal(after: JournalID?, limit: Int, bytes: Int) throws -> [JournalEntry] {
        let cursor = try db.cursor("SELECT * FROM journal WHERE state = 0 AND id > ? ORDER BY id LIMIT ?", [after?.rawValue ?? 0, limit])
        var entries: [JournalEntry] = []
        var held = 0
        while held < bytes, let row = try cursor.next() {
            let body: Data = row["body"]
            held += body.count
            entries.append(
                JournalEntry(
                    id: row.id("id"),
                    app: row["app"],
                    receivedAt: row.time("received_at"),
                    body: [UInt8](body),
                    tries: row["tries"]
                )
            )
        }
        return entries
    }
}
