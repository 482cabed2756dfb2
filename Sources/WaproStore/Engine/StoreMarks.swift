import GRDB
import WaproCore

/// The numbers that must never be handed out twice, kept in the store's own row and written with every commit; and what a commit
/// changes of the journal's size, written once for all of its bodies.
struct StoreMarks {
    var identifiers: IdentifierSource
    var lastEvent: Int64
    var commits: Int64
    var journal = JournalChange()

    struct JournalChange: Equatable {
        var waiting = 0
        var quarantined = 0
        var bytes = 0
        var lastAt: Timestamp?
    }

    static func load(_ db: Database) throws -> StoreMarks {
        guard let row = try db.row("SELECT last_id, last_event, commits FROM store") else {
            throw StoreFailure.refused("the store has no row about itself")
        }
        return StoreMarks(identifiers: IdentifierSource(after: row["last_id"]), lastEvent: row["last_event"], commits: row["commits"])
    }

    /// Writes them as part of a commit; returns them as they are after it.
    static func save(_ marks: StoreMarks, in db: Database) throws -> StoreMarks {
        var marks = marks
        marks.commits += 1
        if marks.journal != JournalChange() {
            try db.run(
                """
                UPDATE journal_size SET waiting = waiting + ?, quarantined = quarantined + ?, bytes = bytes + ?, last_at = coalesce(?, last_at)
                """,
                [marks.journal.waiting, marks.journal.quarantined, marks.journal.bytes, marks.journal.lastAt?.milliseconds]
            )
            marks.journal = JournalChange()
        }
        try db.run("UPDATE store SET last_id = ?, last_event = ?, commits = ?", [marks.identifiers.last, marks.lastEvent, marks.commits])
        return marks
    }
}
