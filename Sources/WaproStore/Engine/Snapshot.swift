import GRDB

/// What can be asked of the store: a consistent view, lent to a closure. The questions are extensions beside each table.
public class Snapshot {
    let db: Database

    init(_ db: Database) {
        self.db = db
    }
}

typealias Value = any DatabaseValueConvertible

extension Database {
    /// Runs a statement that is prepared once per connection; returns how many rows it changed.
    @discardableResult
    func run(_ sql: String, _ arguments: [Value?] = []) throws -> Int {
        let statement = try cachedStatement(sql: sql)
        try statement.execute(arguments: StatementArguments(arguments))
        return changesCount
    }

    /// The rows of a statement that is prepared once per connection.
    func rows(_ sql: String, _ arguments: [Value?] = []) throws -> [Row] {
        try Row.fetchAll(cachedStatement(sql: sql), arguments: StatementArguments(arguments))
    }

    func row(_ sql: String, _ arguments: [Value?] = []) throws -> Row? {
        try Row.fetchOne(cachedStatement(sql: sql), arguments: StatementArguments(arguments))
    }

    func cursor(_ sql: String, _ arguments: [Value?] = []) throws -> RowCursor {
        try Row.fetchCursor(cachedStatement(sql: sql), arguments: StatementArguments(arguments))
    }
}
