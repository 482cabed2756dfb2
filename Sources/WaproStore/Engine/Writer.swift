import Dispatch
import GRDB
import Synchronization
import WaproCore

/// A closure that waits for the writer, with its answer. Unchecked: it is made by one thread and handed to the writer's, which is
/// the only one to run it.
final class Job: @unchecked Sendable {
    /// Runs inside the transaction; keeps the value for `finish`.
    let run: (Transaction) throws -> Void
    /// Called after the commit (nil), or with what went wrong.
    let finish: ((any Error)?) -> Void

    init<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value,
        done: @escaping @Sendable (Result<Value, any Error>) -> Void
    ) {
        var value: Value?
        run = { value = try body($0) }
        finish = { error in
            if let error { return done(.failure(error)) }
            guard let value else { return done(.failure(StoreFailure.closed)) }
            done(.success(value))
        }
    }
}

/// The single writer: runs what has gathered in one transaction, commits once, then answers everybody.
///
/// GRDB's synchronous API on a thread of its own, so that no cancelled task can undo the work of others.
final class Writer: @unchecked Sendable {
    /// A batch ends at this time or at this many closures.
    static let batchTime: Duration = .milliseconds(5)
    static let batchSize = 512
    /// After this time a batch that somebody waits for takes in nothing more that is only applied.
    static let awaitedTime: Duration = .milliseconds(1)
    /// SQLite's page size, which we leave as it is.
    static let pageBytes = 4096

    private struct Waiting {
        var queue: WorkQueue<Job>
        var isDraining = false
        var isClosed = false
        var commits = 0
        var walBytes = 0
        var waits = [WaitHistogram](repeating: WaitHistogram(), count: WorkClass.allCases.count)

        mutating func popUrgent(
            upTo last: WorkClass,
            at now: ContinuousClock.Instant
        ) -> (job: Job, work: WorkClass, since: ContinuousClock.Instant)? {
            guard let next = queue.popUrgent(upTo: last) else { return nil }
            waits[next.work.rawValue].add(next.since.duration(to: now))
            return next
        }

        mutating func popBackground(
            whenBatchWaited waited: Duration,
            at now: ContinuousClock.Instant
        ) -> (job: Job, since: ContinuousClock.Instant)? {
            guard let next = queue.popBackground(whenBatchWaited: waited, at: now) else { return nil }
            waits[WorkClass.background.rawValue].add(next.since.duration(to: now))
            return next
        }
    }

    private let connection: Connection
    private let clock: WallClock
    private let bells: [Doorbell]
    private let gate: HandOverGate
    private let fence: StoreFence?
    private let reads: ReadWatch
    private let lastWords: @Sendable (StoreFailure) -> Void
    private let thread = DispatchQueue(label: "wapro.store.writer", qos: .userInitiated)
    private let waiting: Mutex<Waiting>
    private let walPages = UnsafeMutablePointer<Int32>.allocate(capacity: 1)

    /// What the store row says, and what is kept beside the store; touched only on `thread` (and in `init`).
    private var marks: StoreMarks
    let memory = WriterMemory()
    private var plan: CheckpointPlan
    private var share = ApplyingShare(at: .now)

    init(
        _ connection: Connection,
        clock: WallClock,
        options: StoreOptions,
        reads: ReadWatch,
        bells: [Doorbell],
        gate: HandOverGate,
        fence: StoreFence?,
        lastWords: @escaping @Sendable (StoreFailure) -> Void
    ) throws {
        self.connection = connection
        self.clock = clock
        self.bells = bells
        self.gate = gate
        self.fence = fence
        self.lastWords = lastWords
        self.reads = reads
        plan = CheckpointPlan(limit: options.walLimit / Self.pageBytes, age: options.readAge)
        waiting = Mutex(Waiting(queue: WorkQueue(limit: options.waitingLimit)))
        walPages.initialize(to: 0)
        marks = try connection.database.read { try StoreMarks.load($0) }
        connection.database.writeWithoutTransaction { [connection, walPages] in connection.countWALPages($0, into: walPages) }
    }

    deinit {
        // The connection that wrote into it is closed before its writer goes; see Store.close.
        walPages.deallocate()
    }

    var commits: Int { waiting.withLock { $0.commits } }

    /// The number of the last commit: only while nothing else can write.
    var commitNumber: Int64 { marks.commits }

    var walBytes: Int { waiting.withLock { $0.walBytes } }

    func waiting(_ work: WorkClass) -> Int { waiting.withLock { $0.queue.count(of: work) } }

    func waits(_ work: WorkClass) -> WaitHistogram { waiting.withLock { $0.waits[work.rawValue] } }

    func submit(_ job: Job, _ work: WorkClass) {
        enum Verdict { case wake, queued, refused(StoreFailure) }
        let verdict: Verdict = waiting.withLock { waiting in
            guard !waiting.isClosed else { return .refused(.closed) }
            guard waiting.queue.append(job, work, at: .now) else { return .refused(.overloaded) }
            if waiting.isDraining { return .queued }
            waiting.isDraining = true
            return .wake
        }
        switch verdict {
        case .wake: thread.async { self.drain() }
        case .queued: break
        case .refused(let failure): job.finish(failure)
        }
    }

    /// Runs one closure in a transaction of its own, on the caller's thread: only while nothing else can write.
    func runNow<Value>(_ body: (Transaction) throws -> Value) throws -> Value {
        try connection.database.writeWithoutTransaction { db in
            var value: Value?
            try db.inTransaction(.immediate) {
                let transaction = Transaction(db, marks: marks, memory: memory, now: clock.now())
                value = try body(transaction)
                marks = try StoreMarks.save(try transaction.seal(), in: db)
                return .commit
            }
            guard let value else { throw StoreFailure.closed }
            return value
        }
    }

    /// Refuses new work, does what waits, empties the WAL. Not to be cancelled half-way, so nothing here listens to cancellation.
    func close() async throws {
        waiting.withLock { $0.isClosed = true }
        try await withCheckedThrowingContinuation { continuation in
            thread.async {
                self.drain()
                self.memory.hot.clear()
                continuation.resume(with: Result { try self.connection.database.writeWithoutTransaction { try self.connection.empty($0) } })
            }
        }
    }

    private func drain() {
        while true {
            let hasWork = waiting.withLock { waiting in
                waiting.isDraining = !waiting.queue.isEmpty
                return waiting.isDraining
            }
            guard hasWork else { return }
            runBatch()
            let pages = Int(walPages.pointee)
            waiting.withLock { waiting in
                waiting.commits += 1
                waiting.walBytes = pages * Self.pageBytes
            }
            checkpoint(plan.next(pages: pages, at: .now))
        }
    }

    private func checkpoint(_ step: CheckpointPlan.Step) {
        do {
            #if DEBUG
                if case .nothing = step {} else { try Failpoint.throwing([.checkpointBefore]) }
            #endif
            switch step {
            case .nothing: break
            case .passive: try connection.database.writeWithoutTransaction { [connection] in try connection.checkpoint($0) }
            case .restart(let age, let patience):
                try connection.database.writeWithoutTransaction { [connection, reads] db in
                    try connection.checkpoint(db)
                    reads.end(olderThan: age)
                    try connection.restart(db, patience: patience)
                }
            }
            #if DEBUG
                if case .nothing = step {} else { try Failpoint.throwing([.checkpointAfter]) }
            #endif
        } catch {
            let failure = StoreFailure(error)
            if case .broken = failure { lastWords(failure) }
        }
    }

    /// Who is to be told, and of what, once the batch is over.
    private struct Batch {
        var done: [(job: Job, error: (any Error)?)] = []
        var rings: Set<Int> = []
        var stops: [HandOverGate.Subject: Int64] = [:]
        var refunds: [PairLedger.Refund] = []
        var waited: Duration = .zero
        #if DEBUG
            var works: Set<WorkClass> = []
        #endif
    }

    private func runBatch() {
        var batch = Batch()
        do {
            try connection.database.writeWithoutTransaction { db in
                do {
                    try db.beginTransaction(.immediate)
                    let sealed = try fill(&batch, db)
                    gate.close(batch.stops)
                    #if DEBUG
                        try Failpoint.throwing(batch.works.sorted().map(Failpoint.beforeCommit))
                    #endif
                    try db.commit()
                    marks = sealed
                    for refund in batch.refunds { memory.pairs.refund(refund, at: clock.now()) }
                    fence?.note(commits: sealed.commits)
                    #if DEBUG
                        try Failpoint.throwing(batch.works.sorted().map(Failpoint.afterCommit))
                    #endif
                } catch {
                    if db.isInsideTransaction { try? db.rollback() }
                    throw error
                }
            }
        } catch {
            let failure = StoreFailure(error)
            if case .broken = failure { lastWords(failure) }
            for (job, own) in batch.done { job.finish(own ?? failure) }
            return
        }
        // Who hears that its change is kept finds the bells rung.
        for ring in batch.rings { bells[ring].ring() }
        for (job, error) in batch.done { job.finish(error) }
    }

    private func fill(_ batch: inout Batch, _ db: Database) throws -> StoreMarks {
        let start = ContinuousClock.now
        var sealed = marks
        func run(_ job: Job, _ work: WorkClass, since: ContinuousClock.Instant) throws {
            #if DEBUG
                batch.works.insert(work)
            #endif
            batch.waited = max(batch.waited, since.duration(to: start))
            batch.done.append((job, nil))
            let transaction = Transaction(db, marks: sealed, memory: memory, now: clock.now())
            // Keeping a body is one statement, which happens whole or not at all by itself.
            let hasSavepoint = work != .journal
            if hasSavepoint { try db.run("SAVEPOINT job") }
            do {
                try job.run(transaction)
                let after = try transaction.seal()
                if hasSavepoint { try db.run("RELEASE job") }
                sealed = after
                batch.rings.formUnion(transaction.rings)
                batch.stops.merge(transaction.stops) { $1 }
                batch.refunds += transaction.refunds
            } catch {
                // SQLITE_FULL and I/O errors may have rolled back the whole transaction: then everybody of the batch failed.
                guard db.isInsideTransaction else { throw error }
                let failure = StoreFailure(error)
                switch failure {
                case .full, .broken: throw failure
                default: break
                }
                if hasSavepoint {
                    try db.run("ROLLBACK TO job")
                    try db.run("RELEASE job")
                }
                batch.done[batch.done.count - 1].error = error is DatabaseError ? failure : error
            }
        }
        var isAwaited = false
        var applying = Duration.zero
        defer { share.note(applying: isAwaited ? applying : .zero, at: .now) }
        while batch.done.count < Self.batchSize {
            let now = ContinuousClock.now
            let spent = start.duration(to: now)
            // Somebody waits for this commit: applying, which nobody waits for, gets a little of it, when its turn has come.
            let last: WorkClass = isAwaited && (share.isUsedUp || applying > .zero && spent > Self.awaitedTime) ? .sending : .applying
            guard spent < Self.batchTime, let next = waiting.withLock({ $0.popUrgent(upTo: last, at: now) }) else { break }
            try run(next.job, next.work, since: next.since)
            if next.work == .applying { applying += now.duration(to: .now) } else { isAwaited = true }
        }
        // One closure of background work a batch; more only while nobody else waits.
        let waited = batch.waited
        while let next = waiting.withLock({ $0.popBackground(whenBatchWaited: waited, at: .now) }) {
            try run(next.job, .background, since: next.since)
            guard start.duration(to: .now) < Self.batchTime, waiting.withLock({ !$0.queue.hasUrgent }) else { break }
        }
        return try StoreMarks.save(sealed, in: db)
    }
}
