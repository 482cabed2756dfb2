public import WaproCore
import GRDB
import Synchronization

/// Where the store is kept.
public enum StoreLocation: Sendable, Hashable {
    /// Gone when the process ends: for development only.
    case memory
    /// A path; its folder must exist.
    case file(String)
}

/// What may be set about the store.
public struct StoreOptions: Sendable {
    /// SQLite's page cache of the connection that writes, in KiB.
    public var cacheKiB = 16_384
    /// Connections that read beside the one that writes.
    public var readers = 4
    /// Closures of one class that may wait for the writer; more are refused.
    public var waitingLimit = 8_192
    /// What tells this machine from another; nil for `/etc/machine-id`.
    public var machine: String?
    /// How long one read may take.
    public var readTime: Duration = .seconds(5)
    /// Bytes of the WAL above which reads older than `readAge` are ended, so that it can begin anew.
    public var walLimit = 64 << 20
    public var readAge: Duration = .milliseconds(500)

    public init() {}
}

/// The one SQLite file that is the truth.
///
/// `write` returns only when its change is on disk. A crash before that loses the change and answers nobody; a crash after it loses
/// nothing.
public final class Store: Sendable {
    /// Eight hexadecimal digits, made with the file: what our messages carry as `w1:<store>:<attempt>`.
    public let name: String
    /// This start of the daemon: what intents are stamped with.
    public let boot: BootID
    public let location: StoreLocation
    /// Rings when events were committed.
    public let events: Doorbell
    /// Rings when there may be something new to send.
    public let work: Doorbell
    /// Rings when there may be something new to apply.
    public let arrivals: Doorbell
    /// Rings when Meta says that something about a number or an account has changed.
    public let numberNews = Doorbell()

    /// The last look before a claim leaves.
    public let gate = HandOverGate()

    let connection: Connection
    let writer: Writer
    private let reads: ReadWatch
    private let lock: StoreLock?

    /// Opens, creates or upgrades the store and takes its lock for the life of the process.
    ///
    /// - Parameter lastWords: called on the writer's thread when the disk failed under a commit, so that nobody is answered; the
    ///   daemon ends the process there.
    public init(
        _ location: StoreLocation,
        options: StoreOptions = StoreOptions(),
        clock: WallClock = .live,
        version: String = "development",
        lastWords: @escaping @Sendable (StoreFailure) -> Void = { _ in }
    ) throws(StoreFailure) {
        self.location = location
        do {
            if case .file(let path) = location { lock = try StoreLock(besides: path) } else { lock = nil }
            connection = try Connection(location, options: options)
            try Migrations.migrate(connection.database, at: location)
            let fence = try StoreFence.besides(location, machine: options.machine)
            (events, work, arrivals) = (Doorbell(), Doorbell(), Doorbell())
            reads = ReadWatch(limit: options.readTime)
            writer = try Writer(
                connection,
                clock: clock,
                options: options,
                reads: reads,
                bells: [events, work, arrivals, numberNews],
                gate: gate,
                fence: fence,
                lastWords: lastWords
            )
            (name, boot) = try writer.runNow { transaction in
                let name = try transaction.storeName()
                let breach = fence?.breach(store: name, commits: transaction.marks.commits, isNew: try transaction.isNew())
                if let breach {
                    try transaction.hold(.everything, because: breach)
                    try transaction.endAllSessions()
                }
                try transaction.rememberPairs()
                try transaction.forgetTheFuture()
                return (name, try transaction.beginBoot(version: version))
            }
            try fence?.adopt(store: name, commits: writer.commitNumber)
        } catch let failure as StoreFailure {
            throw failure
        } catch {
            throw .unopenable(path: location.path, why: "\(StoreFailure(error))")
        }
    }

    /// Runs `body` in the next group commit; returns its value when that commit is on disk.
    ///
    /// A closure that throws changes nothing and its error is thrown here; the others of its batch are not touched. It may be run
    /// again when the batch had to be undone, so it must have no effect but on the transaction.
    public func write<Value: Sendable>(_ work: WorkClass, _ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await withCheckedContinuation { continuation in
            submit(work, body) { continuation.resume(returning: $0) }
        }.get()
    }

    /// As `write`, for callers that are not tasks: `done` is called on the writer's thread and must return at once.
    public func submit<Value: Sendable>(
        _ work: WorkClass,
        _ body: @escaping @Sendable (Transaction) throws -> Value,
        done: @escaping @Sendable (Result<Value, any Error>) -> Void
    ) {
        writer.submit(Job(body, done: done), work)
    }

    /// Runs `body` on a snapshot. Keep it short: a long reader keeps the WAL from being emptied, so `StoreFailure.tooSlow` ends it.
    public func read<Value: Sendable>(_ body: @escaping @Sendable (Snapshot) throws -> Value) async throws -> Value {
        try await connection.database.read { [reads] db in
            try reads.run(on: db) { try body(Snapshot(db)) }
        }
    }

    /// Closures that wait for the writer, by class.
    public func waiting(_ work: WorkClass) -> Int { writer.waiting(work) }

    /// How long closures of a class waited for the writer since the store was opened.
    public func waits(_ work: WorkClass) -> WaitHistogram { writer.waits(work) }

    /// How many batches the writer has committed: what a watchdog watches.
    public var commits: Int { writer.commits }

    /// Bytes of the WAL that hold commits not yet moved into the database file.
    public var walBytes: Int { writer.walBytes }

    /// Finishes what waits, empties the WAL and lets go of the file.
    public func close() async throws {
        try await writer.close()
        try connection.database.close()
        lock?.release()
    }
}

extension StoreLocation {
    var path: String {
        switch self {
        case .memory: ":memory:"
        case .file(let path): path
        }
    }
}
