import FoundationEssentials
import GRDB
import GRDBSQLite
import WaproCore

typealias Value = any DatabaseValueConvertible

/// Statements that are prepared once per connection.
extension Database {
    /// Runs a statement; returns how many rows it changed.
    @discardableResult
    func run(_ sql: String, _ arguments: [Value?] = []) throws -> Int {
        try each(sql, arguments) { _ in }
        return changesCount
    }

    /// Calls `body` with each row, whose columns are read by their place. `body` must not run anything on the connection.
    ///
    /// Past GRDB's own way to run a statement, which costs more than SQLite's work for a row: nothing here observes transactions, which is
    /// what that way is for. Values are bound as GRDB binds them, so that what one way wrote the other finds.
    func each(_ sql: String, _ arguments: [Value?] = [], _ body: (Columns) throws -> Void) throws {
        let statement = try cachedStatement(sql: sql).sqliteStatement
        guard sqlite3_bind_parameter_count(statement) == arguments.count else {
            throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "wrong number of statement arguments: \(arguments.count)", sql: sql)
        }
        for (index, argument) in arguments.enumerated() { try check(bind(argument, to: Int32(index + 1), of: statement), sql) }
        defer { sqlite3_reset(statement) }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: try body(Columns(statement: statement))
            case SQLITE_DONE: return
            case let code: try check(code, sql)
            }
        }
    }

    func rows(_ sql: String, _ arguments: [Value?] = []) throws -> [Row] {
        try Row.fetchAll(cachedStatement(sql: sql), arguments: StatementArguments(arguments))
    }

    func row(_ sql: String, _ arguments: [Value?] = []) throws -> Row? {
        try Row.fetchOne(cachedStatement(sql: sql), arguments: StatementArguments(arguments))
    }

    func cursor(_ sql: String, _ arguments: [Value?] = []) throws -> RowCursor {
        try Row.fetchCursor(cachedStatement(sql: sql), arguments: StatementArguments(arguments))
    }

    private func bind(_ argument: Value?, to index: Int32, of statement: SQLiteStatement) -> Int32 {
        guard let argument else { return sqlite3_bind_null(statement, index) }
        // SQLite copies what it is given.
        let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch argument.databaseValue.storage {
        case .null: return sqlite3_bind_null(statement, index)
        case .int64(let value): return sqlite3_bind_int64(statement, index, value)
        case .double(let value): return sqlite3_bind_double(statement, index, value)
        case .string(let value): return sqlite3_bind_text(statement, index, value, -1, copies)
        // Without a byte there is no address, which would mean NULL.
        case .blob(let value) where value.isEmpty: return sqlite3_bind_zeroblob(statement, index, 0)
        case .blob(let value):
            return value.withUnsafeBytes { sqlite3_bind_blob(statement, index, $0.baseAddress, Int32($0.count), copies) }
        }
    }

    func check(_ code: Int32, _ sql: String) throws {
        guard code != SQLITE_OK else { return }
        let words = String(cString: sqlite3_errmsg(sqliteConnection))
        throw DatabaseError(resultCode: ResultCode(rawValue: code), message: words, sql: sql)
    }
}

/// The columns of a row by their place in the statement, as `Row` has them by name. Valid until the next row.
struct Columns {
    let statement: SQLiteStatement

    func integer(_ index: Int32) -> Int { Int(sqlite3_column_int64(statement, index)) }

    func integer(orNil index: Int32) -> Int? {
        sqlite3_column_type(statement, index) == SQLITE_NULL ? nil : integer(index)
    }

    func text(_ index: Int32) -> String { text(orNil: index) ?? "" }

    func text(orNil index: Int32) -> String? { sqlite3_column_text(statement, index).map { String(cString: $0) } }

    func id<Kind>(_ index: Int32, of kind: Identifier<Kind>.Type = Identifier<Kind>.self) -> Identifier<Kind> {
        Identifier(rawValue: sqlite3_column_int64(statement, index))
    }

    func id<Kind>(orNil index: Int32, of kind: Identifier<Kind>.Type = Identifier<Kind>.self) -> Identifier<Kind>? {
        sqlite3_column_type(statement, index) == SQLITE_NULL ? nil : id(index)
    }

    func time(orNil index: Int32) -> Timestamp? {
        integer(orNil: index).map { Timestamp(milliseconds: Int64($0)) }
    }

    /// The case that a stored raw value names.
    func state<State: RawRepresentable>(_ index: Int32, as type: State.Type = State.self) throws -> State where State.RawValue == Int {
        guard let state = State(rawValue: integer(index)) else {
            throw StoreFailure.refused("column \(index) holds \(integer(index)), which this version does not know")
        }
        return state
    }
}
