import GRDB
import WaproCore

extension Transaction {
    /// Counts several changes of a kind at once.
    public func countChanges(_ field: String, isKnown: Bool, by count: Int) throws {
        try db.run(
            """
            INSERT INTO change_count (field, is_known, count, last_at) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT DO UPDATE SET count = count + ?3, is_known = ?2, last_at = ?4
            """,
            [field, isKnown, count, now.milliseconds]
        )
    }
}
