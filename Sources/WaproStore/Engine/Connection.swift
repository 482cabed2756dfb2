import CSQLite
import GRDB
import GRDBSQLite

/// The SQLite file behind one door, whether it is a file (a pool: one writer, several readers) or memory (a queue).
///
/// What was learnt the hard way and must stay: `DatabasePool` sets `synchronous=NORMAL` on its writer after the preparation
/// closure, so FULL is set after opening and read back; Debian's SQLite 3.40.1 has the WAL-reset bug, which needs two connections
/// that write or checkpoint, so only the writer does either; readers never checkpoint.
struct Connection: Sendable {
    /// Readers look at a few pages each; the large cache is the writer's, whose indexes are all over the file.
    private static let readerCacheKiB = 2048
    private static let busySeconds: Int32 = 5
    /// Before the first connection of the process; refused afterwards, which costs speed and nothing else.
    private static let countsNoMemory: Void = { _ = wapro_sqlite_count_no_memory() }()

    let database: any DatabaseWriter
    let isMemory: Bool

    init(_ location: StoreLocation, options: StoreOptions) throws {
        Self.countsNoMemory
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(Double(Self.busySeconds))
        configuration.maximumReaderCount = options.readers
        configuration.label = "wapro.store"
        configuration.prepareDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA trusted_schema = OFF;
                    PRAGMA cell_size_check = ON;
                    PRAGMA mmap_size = 0;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA cache_size = -\(Self.readerCacheKiB);
                    PRAGMA wal_autocheckpoint = 0;
                    """
            )
        }
        switch location {
        case .memory:
            isMemory = true
            database = try DatabaseQueue(configuration: configuration)
        case .file(let path):
            isMemory = false
            database = try DatabasePool(path: path, configuration: configuration)
            try database.writeWithoutTransaction { db in
                try db.execute(
                    sql:
                        "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = \(options.walLimit); PRAGMA cache_size = -\(options.cacheKiB)"
                )
                let level = try Int.fetchOne(db, sql: "PRAGMA synchronous")
                let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode")
                guard level == 2, mode == "wal" else {
                    throw StoreFailure.unopenable(
                        path: path,
                        why: "SQLite did not take synchronous=FULL in WAL mode (\(level ?? -1), \(mode ?? "?"))"
                    )
                }
            }
        }
    }

    /// Moves committed pages from the WAL into the database file without waiting for anybody. Only ever on the writer.
    func checkpoint(_ db: Database) throws {
        guard !isMemory else { return }
        _ = try db.checkpoint(.passive)
    }

    /// Moves everything and makes the next commit begin the WAL anew, unless somebody still reads from it after `patience`; whoever
    /// begins to read meanwhile needs it no more. Only ever on the writer.
    func restart(_ db: Database, patience: Duration) throws {
        guard !isMemory else { return }
        sqlite3_busy_timeout(db.sqliteConnection, Int32(patience / .milliseconds(1)))
        defer { sqlite3_busy_timeout(db.sqliteConnection, Self.busySeconds * 1000) }
        do {
            _ = try db.checkpoint(.restart)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            // What could be moved was; the next try ends more reads and waits longer.
        }
    }

    /// Moves everything and cuts the WAL to nothing: at the end, when nobody reads any more.
    func empty(_ db: Database) throws {
        guard !isMemory else { return }
        _ = try db.checkpoint(.truncate)
    }

    /// Counts the pages in the WAL after each commit into `counter`, which must outlive the connection.
    func countWALPages(_ db: Database, into counter: UnsafeMutablePointer<Int32>) {
        guard !isMemory else { return }
        _ = sqlite3_wal_hook(
            db.sqliteConnection,
            { counter, _, _, pages in
                counter?.assumingMemoryBound(to: Int32.self).pointee = pages
                return SQLITE_OK
            },
            counter
        )
    }
}

extension StoreFailure {
    /// Sorts SQLite's errors: a full disk heals by itself, an I/O error ends the process, the rest are defects of ours.
    init(_ error: any Error) {
        switch error {
        case let failure as StoreFailure: self = failure
        case let error as DatabaseError:
            switch error.resultCode {
            case .SQLITE_FULL: self = .full
            case .SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_PROTOCOL:
                self = .broken("\(error.extendedResultCode): \(error.message ?? "")")
            default: self = .refused("\(error.extendedResultCode): \(error.message ?? "") in \(error.sql ?? "?")")
            }
        default: self = .refused("\(error)")
        }
    }
}
