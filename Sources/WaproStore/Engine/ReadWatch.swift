import GRDB
import GRDBSQLite
import Synchronization

/// Who reads, since when, and until when at most: a reader that stays keeps the WAL from being emptied.
final class ReadWatch: Sendable {
    /// One read. Unmanaged pointers to it are given to SQLite for as long as it runs.
    private final class Read: Sendable {
        let since = ContinuousClock.now
        let deadline: ContinuousClock.Instant
        let isEnded = Atomic(false)

        init(limit: Duration) {
            deadline = since + limit
        }

        var isOver: Bool { isEnded.load(ordering: .relaxed) || ContinuousClock.now > deadline }
    }

    /// SQLite asks after so many steps of its virtual machine, a few dozen microseconds.
    private static let steps: Int32 = 1000

    private let limit: Duration
    private let reads = Mutex<[ObjectIdentifier: Read]>([:])

    /// - Parameter limit: how long a read may take from the moment that it has a connection.
    init(limit: Duration) {
        self.limit = limit
    }

    /// Runs `body`, which fails with `StoreFailure.tooSlow` at its next step when its time is over or it was ended.
    func run<Value>(on db: Database, _ body: () throws -> Value) throws -> Value {
        let read = Read(limit: limit)
        let key = ObjectIdentifier(read)
        reads.withLock { $0[key] = read }
        sqlite3_progress_handler(
            db.sqliteConnection,
            Self.steps,
            { Unmanaged<Read>.fromOpaque($0!).takeUnretainedValue().isOver ? 1 : 0 },
            Unmanaged.passUnretained(read).toOpaque()
        )
        defer {
            sqlite3_progress_handler(db.sqliteConnection, 0, nil, nil)
            _ = reads.withLock { $0.removeValue(forKey: key) }
        }
        do {
            return try body()
        } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT && read.isOver {
            throw StoreFailure.tooSlow
        }
    }

    /// Ends the reads that are older than this.
    func end(olderThan age: Duration) {
        let now = ContinuousClock.now
        reads.withLock { reads in
            for read in reads.values where read.since.duration(to: now) > age { read.isEnded.store(true, ordering: .relaxed) }
        }
    }
}
