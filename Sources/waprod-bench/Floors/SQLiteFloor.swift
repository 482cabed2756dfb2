import GRDBSQLite
import WaproStore

/// A bare SQLite loop that writes what a body of statuses comes to: the journal's row, then for each status the message's new state and the
/// history's row, and at the end the counters. In the store's own schema, as durable, in as many commits.
struct SQLiteFloor: Sendable {
    let path: String
    /// Statuses of one commit.
    static let commit = 256

    /// - Parameter messages: how many there are to change.
    init(in folder: String, messages: Int) async throws {
        path = "\(folder)/floor.db"
        let store = try Store(.file(path))
        try await store.close()
        try Self.with(path) { db in
            try db.run(
                """
                INSERT INTO message (id, is_inbound, campaign, contact, number, state, due_at, attempt, boot, intent_at, wamid, because, kind,
                    created_at, updated_at)
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(messages))
                SELECT i, 0, 1, i, 1, 4, 0, 1, 1, 0, 'wamid.BENCH' || (1000000000 + i), 1, 'template', 0, 0 FROM n;
                """
            )
        }
    }

    /// Statuses a second; each body moves the next messages.
    func run(_ bodies: [[UInt8]], statuses: Int) async throws -> Double {
        try await onThread { [path] in
            try Self.with(path) { db in
                let journal = try db.prepare("INSERT INTO journal (id, app, received_at, body, state) VALUES (?, 'main', ?, ?, 0)")
                let size = try db.prepare("UPDATE journal_size SET waiting = waiting + 1, bytes = bytes + ?")
                let message = try db.prepare("UPDATE message SET state = ?, because = ?, code = NULL, updated_at = ? WHERE id = ?")
                let event = try db.prepare(
                    """
                    INSERT INTO event (seq, at, topic, message, campaign, contact, from_state, to_state, because, code, detail)
                    VALUES (?, ?, 1, ?, 1, ?, 4, ?, 5, NULL, NULL)
                    """
                )
                let applied = try db.prepare("UPDATE journal SET state = 1 WHERE id = ?")
                let taken = try db.prepare("UPDATE journal_size SET waiting = waiting - 1")
                let last = try db.number("SELECT coalesce(max(seq), 0) FROM event")
                let first = try db.number("SELECT coalesce(max(id), 0) FROM journal")
                var done = 0
                return try Measure.syncRate(of: bodies.count * statuses) {
                    for (index, body) in bodies.enumerated() {
                        let id = first + index + 1
                        try db.run("BEGIN IMMEDIATE")
                        try journal.run([.number(id), .number(1), .bytes(body)])
                        try size.run([.number(body.count)])
                        try db.run("COMMIT")
                        var left = statuses
                        while left > 0 {
                            try db.run("BEGIN IMMEDIATE")
                            for _ in 0..<min(left, Self.commit) {
                                done += 1
                                try message.run([.number(6), .number(5), .number(done), .number(done)])
                                try event.run([.number(last + done), .number(1), .number(done), .number(done), .number(6)])
                            }
                            left -= Self.commit
                            if left <= 0 {
                                try applied.run([.number(id)])
                                try taken.run([])
                            }
                            try db.run("COMMIT")
                        }
                    }
                }
            }
        }
    }

    private static func with<Value>(_ path: String, _ body: (RawSQLite) throws -> Value) throws -> Value {
        let db = try RawSQLite(path)
        defer { db.close() }
        return try body(db)
    }
}

/// SQLite by its C interface.
final class RawSQLite {
    enum Argument {
        case number(Int)
        case bytes([UInt8])
    }

    private var handle: OpaquePointer?
    private var statements: [Statement] = []

    init(_ path: String) throws {
        guard sqlite3_open(path, &handle) == SQLITE_OK else { throw Measure.Failure(words) }
        try run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; PRAGMA foreign_keys = OFF")
    }

    private var words: String { "SQLite: \(String(cString: sqlite3_errmsg(handle)))" }

    func run(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw Measure.Failure(words) }
    }

    func number(_ sql: String) throws -> Int {
        let statement = try prepare(sql)
        return try statement.number()
    }

    func prepare(_ sql: String) throws -> Statement {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil) == SQLITE_OK, let statement else {
            throw Measure.Failure(words)
        }
        statements.append(Statement(statement: statement))
        return Statement(statement: statement)
    }

    func close() {
        for statement in statements { sqlite3_finalize(statement.statement) }
        sqlite3_close(handle)
    }

    struct Statement {
        fileprivate let statement: OpaquePointer

        func run(_ arguments: [Argument]) throws {
            for (index, argument) in arguments.enumerated() {
                switch argument {
                case .number(let number): sqlite3_bind_int64(statement, Int32(index + 1), Int64(number))
                case .bytes(let bytes):
                    sqlite3_bind_blob(
                        statement,
                        Int32(index + 1),
                        bytes,
                        Int32(bytes.count),
                        unsafeBitCast(-1, to: sqlite3_destructor_type.self)
                    )
                }
            }
            let status = sqlite3_step(statement)
            sqlite3_reset(statement)
            guard status == SQLITE_DONE else { throw Measure.Failure("SQLite: \(String(cString: sqlite3_errstr(status)))") }
        }

        func number() throws -> Int {
            defer { sqlite3_reset(statement) }
            guard sqlite3_step(statement) == SQLITE_ROW else { throw Measure.Failure("SQLite: no row") }
            return Int(sqlite3_column_int64(statement, 0))
        }
    }
}
