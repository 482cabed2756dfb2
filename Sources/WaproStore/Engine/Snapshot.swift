import GRDB

/// What can be asked of the store: a consistent view, lent to a closure. The questions are extensions beside each table.
public class Snapshot {
    let db: Database

    init(_ db: Database) {
        self.db = db
    }
}
