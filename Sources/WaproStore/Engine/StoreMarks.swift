import GRDB
import WaproCore

/// The numbers that must never be handed out twice, kept in the store's own row and written with every commit.
struct StoreMarks {
    var identifiers: IdentifierSource
    var lastEvent: Int64
    var commits: Int64

    static func load(_ db: Database) throws -> StoreMarks {
        guard let row = try db.row("SELECT last_id, last_event, commits FROM store") else {
            throw StoreFailure.refused("the store has no row about itself")
        }
        return StoreMarks(identifiers: IdentifierSource(after: row["last_id"]), lastEvent: row["last_event"], commits: row["commits"])
    }

    static func save(_ marks: StoreMarks, in db: Database) throws {
        try db.run("UPDATE store SET last_id = ?, last_event = ?, commits = commits + 1", [marks.identifiers.last, marks.lastEvent])
    }
}
