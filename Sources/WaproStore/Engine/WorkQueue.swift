import DequeModule

/// Closures that wait for the writer, by class. Pure: what to run next is decided here and tested without a database.
struct WorkQueue<Job: Sendable>: Sendable {
    private struct Entry: Sendable {
        var job: Job
        var since: ContinuousClock.Instant
    }

    private var classes: [Deque<Entry>] = Array(repeating: [], count: WorkClass.allCases.count)

    /// How many closures of one class may wait; more are refused (`StoreFailure.overloaded`).
    let limit: Int

    /// Background work waits while anything before it is this late, but never longer than `patience`.
    static var late: Duration { .milliseconds(20) }
    static var patience: Duration { .milliseconds(500) }

    init(limit: Int) {
        self.limit = limit
    }

    var isEmpty: Bool { classes.allSatisfy { $0.isEmpty } }

    /// Something waits that is not background work.
    var hasUrgent: Bool { classes.dropLast().contains { !$0.isEmpty } }

    func count(of work: WorkClass) -> Int { classes[work.rawValue].count }

    /// False when the class is full.
    mutating func append(_ job: Job, _ work: WorkClass, at now: ContinuousClock.Instant) -> Bool {
        guard classes[work.rawValue].count < limit else { return false }
        classes[work.rawValue].append(Entry(job: job, since: now))
        return true
    }

    /// The next closure of the first class that has one, up to `last`; background work is never one.
    mutating func popUrgent(upTo last: WorkClass = .applying) -> (job: Job, work: WorkClass, since: ContinuousClock.Instant)? {
        for work in WorkClass.allCases where work != .background && work <= last {
            if let entry = classes[work.rawValue].popFirst() { return (entry.job, work, entry.since) }
        }
        return nil
    }

    /// The next background closure, unless prompt work is late.
    ///
    /// - Parameter waited: how long the most delayed closure of this batch had waited.
    mutating func popBackground(
        whenBatchWaited waited: Duration,
        at now: ContinuousClock.Instant
    ) -> (job: Job, since: ContinuousClock.Instant)? {
        let index = WorkClass.background.rawValue
        guard let first = classes[index].first else { return nil }
        guard waited < Self.late || first.since.duration(to: now) > Self.patience else { return nil }
        classes[index].removeFirst()
        return (first.job, first.since)
    }
}
