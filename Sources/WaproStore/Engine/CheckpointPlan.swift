/// Decides when the WAL is moved into the database file, and when it must begin anew. Pure.
///
/// PASSIVE checkpoints wait for nobody, but cannot move what a reader may still need, and the WAL begins anew only at a moment when
/// nobody reads from it: a reader that stays, or readers without a gap, make it grow without bound (operations.md §4.1).
struct CheckpointPlan {
    enum Step: Hashable {
        case nothing
        /// Move what nobody needs.
        case passive
        /// End the reads that are older than `age`, wait for the others for `patience`, and begin the WAL anew.
        case restart(age: Duration, patience: Duration)
    }

    /// Pages between two checkpoints: each one looks through all that is not moved yet, so not after every commit.
    static var step: Int { 1000 }
    /// Between two restarts, which keep the writer waiting.
    static var pause: Duration { .milliseconds(250) }

    /// Pages above which the WAL must begin anew.
    let limit: Int
    /// How old a read must be to be ended, at first.
    let age: Duration

    private var due = Self.step
    private var last = 0
    private var restartedAt: ContinuousClock.Instant?

    init(limit: Int, age: Duration) {
        (self.limit, self.age) = (limit, age)
    }

    /// What to do now that the WAL holds so many pages.
    mutating func next(pages: Int, at now: ContinuousClock.Instant) -> Step {
        // It began anew by itself, as it does when nobody reads at the right moment.
        if pages < last { due = Self.step }
        last = pages
        if pages >= limit, restartedAt.map({ $0.duration(to: now) >= Self.pause }) ?? true {
            restartedAt = now
            due = pages + Self.step
            return restart(pages)
        }
        guard pages >= due else { return .nothing }
        due = pages + Self.step
        return .passive
    }

    /// The more it has grown in spite of earlier ones, the less is left of others' reads: at four times the limit, nothing.
    private func restart(_ pages: Int) -> Step {
        if pages < 2 * limit { return .restart(age: age, patience: .milliseconds(20)) }
        if pages < 4 * limit { return .restart(age: age / 5, patience: .milliseconds(100)) }
        return .restart(age: .zero, patience: .milliseconds(500))
    }
}
