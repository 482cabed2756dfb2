import GRDB
import GRDBSQLite
import Synchronization
import WaproCore

/// A statement that each message or webhook runs. The writer prepares it once and finds it by its place: no text is hashed, and no list of values
/// is made for it. `Database.run` is for all others.
struct HotStatement: Sendable {
    private static let count = Atomic(0)

    let sql: String
    fileprivate let place: Int

    init(_ sql: String) {
        self.sql = sql
        place = Self.count.add(1, ordering: .relaxed).oldValue
    }

    /// Values by their order.
    struct Binding {
        fileprivate let statement: SQLiteStatement
        private var index: Int32 = 0

        fileprivate init(_ statement: SQLiteStatement) { self.statement = statement }

        mutating func add(_ value: Int64?) {
            index += 1
            if let value { sqlite3_bind_int64(statement, index, value) } else { sqlite3_bind_null(statement, index) }
        }

        mutating func add(_ value: Int?) { add(value.map(Int64.init)) }

        mutating func add(_ value: Bool) { add(value ? 1 : 0 as Int64) }

        /// As far as the first NUL, as `Database.run` binds it.
        mutating func add(_ text: String?) {
            index += 1
            guard let text else { return _ = sqlite3_bind_null(statement, index) }
            sqlite3_bind_text(statement, index, text, -1, Self.copies)
        }

        mutating func add(_ bytes: [UInt8]) {
            index += 1
            // Without a byte there is no address, which would mean NULL.
            guard !bytes.isEmpty else { return _ = sqlite3_bind_zeroblob(statement, index, 0) }
            _ = bytes.withUnsafeBytes { sqlite3_bind_blob(statement, index, $0.baseAddress, Int32($0.count), Self.copies) }
        }

        /// SQLite copies what it is given.
        private static var copies: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
    }
}

/// Those of the writer's connection, by their places.
final class HotStatements {
    private var prepared: [Statement?] = []

    fileprivate func statement(_ hot: HotStatement, _ db: Database) throws -> SQLiteStatement {
        while prepared.count <= hot.place { prepared.append(nil) }
        if let known = prepared[hot.place] { return known.sqliteStatement }
        let statement = try db.makeStatement(sql: hot.sql)
        prepared[hot.place] = statement
        return statement.sqliteStatement
    }

    /// Before the connection closes.
    func clear() { prepared = [] }
}

extension Transaction {
    /// Runs a hot statement; returns how many rows it changed.
    ///
    /// - Parameters:
    ///   - bind: adds all of its values.
    ///   - body: is called with each row, and must not run anything.
    @discardableResult
    func run(
        _ hot: HotStatement,
        _ bind: (inout HotStatement.Binding) -> Void,
        each body: (Columns) throws -> Void = { _ in }
    ) throws -> Int {
        let statement = try memory.hot.statement(hot, db)
        var binding = HotStatement.Binding(statement)
        bind(&binding)
        defer { sqlite3_reset(statement) }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: try body(Columns(statement: statement))
            case SQLITE_DONE: return Int(sqlite3_changes(db.sqliteConnection))
            case let code: try db.check(code, hot.sql)
            }
        }
    }
}
