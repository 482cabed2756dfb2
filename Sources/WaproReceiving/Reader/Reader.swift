public import Logging
public import ServiceLifecycle
import Synchronization
public import WaproStore
import WaproCore

/// Takes waiting bodies out of the journal, oldest first, reads them and has them applied.
///
/// What cannot be read is parked with the reason and the rest of its body is applied. A body that fails three times for a defect of
/// ours is parked too, so that it cannot hold up the others.
public struct Reader: Service {
    /// Bodies of one round, and the bytes after which no further one is taken.
    static let roundBodies = 256
    static let roundBytes = 4 << 20
    /// Parcels that are handed to the writer at once.
    static let underWay = 4
    /// How often applying a body may fail.
    static let tries = 3
    /// How long to wait when the store is full or overloaded.
    static let pause: Duration = .seconds(1)

    private let store: Store
    private let logger: Logger
    /// What a parcel changes: a step on a transaction, as a simulation runs it too.
    private let step: Step

    typealias Step = @Sendable (_ parcel: Parcel, _ open: Tally, Transaction) throws -> Applier.Yield

    public init(store: Store, logger: Logger) {
        let applier = Applier(storeName: store.name)
        self.init(store: store, logger: logger) { try applier.apply($0, after: $1, in: $2) }
    }

    init(store: Store, logger: Logger, step: @escaping Step) {
        (self.store, self.logger, self.step) = (store, logger, step)
    }

    public func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await applyForever() }
        } catch is CancellationError {
            // Asked to stop: what was begun is applied whole or not at all, the rest waits for the next start.
        }
    }

    private func applyForever() async throws {
        while true {
            try Task.checkCancellation()
            let rings = store.arrivals.rings
            do {
                if try await applyWaiting() == 0 {
                    _ = await store.arrivals.wait(after: rings)
                } else {
                    try await Task.sleep(for: Self.pause)
                }
            } catch StoreFailure.closed {
                return
            } catch let failure as StoreFailure {
                logger.error("webhooks cannot be applied now; they are kept and tried again", metadata: ["why": "\(failure)"])
                try await Task.sleep(for: Self.pause)
            }
        }
    }

    /// Applies everything that waits now; returns how many bodies failed and wait for their next try.
    @discardableResult
    public func applyWaiting() async throws -> Int {
        var failures = 0
        var round = try await read(after: nil)
        while let last = round.entries.last {
            try Task.checkCancellation()
            // The next round is read while this one is applied.
            async let next = read(after: last.id)
            failures += try await apply(round)
            round = try await next
        }
        return failures
    }

    /// Bodies with what they say.
    private struct Round {
        var entries: [JournalEntry]
        var readings: [Reading]
    }

    private func read(after: JournalID?) async throws -> Round {
        let entries = try await store.read { try $0.waitingJournal(after: after, limit: Self.roundBodies, bytes: Self.roundBytes) }
        return Round(entries: entries, readings: entries.map { Reading($0) })
    }

    /// Returns how many failed.
    private func apply(_ round: Round) async throws -> Int {
        var failed: Set<JournalID> = []
        var failure: (any Error)?
        var parcels = Parcel.pack(round.readings)[...]
        var underWay = 0
        let progress = Progress()
        let (results, landing) = AsyncStream.makeStream(of: (parcel: Parcel, result: Result<Applier.Yield, any Error>).self)
        var landed = results.makeAsyncIterator()
        while true {
            while underWay < Self.underWay, let parcel = parcels.popFirst() {
                submit(parcel, progress) { landing.yield((parcel, $0)) }
                underWay += 1
            }
            guard underWay > 0 else { break }
            guard let (parcel, result) = await landed.next() else { throw CancellationError() }
            underWay -= 1
            do {
                report(try result.get())
            } catch  where Self.isOurDefect(error) {
                // One of its bodies is at fault: each gets its own turn below.
                failed.formUnion(parcel.parts.map(\.entry))
            } catch {
                failure = failure ?? error
                parcels = []
            }
        }
        if let failure { throw failure }
        var failures = 0
        for (entry, reading) in zip(round.entries, round.readings) where failed.contains(entry.id) {
            if try await !applyAlone(entry, reading) { failures += 1 }
        }
        return failures
    }

    /// How far a round has come. Its parcels run one after another on the writer's thread; one that the store refuses is abandoned on ours.
    private final class Progress: Sendable {
        private struct State {
            /// The body that is not finished, and what it has met with.
            var open: (entry: JournalID, tally: Tally)?
            /// Bodies of which a parcel was not applied: no later part of them may be, or they would be marked as applied.
            var broken: Set<JournalID> = []
        }

        private let state = Mutex(State())

        /// What the parcel's first body has met with so far; nil when a part of one of its bodies was not applied.
        func tally(before parcel: Parcel) -> Tally? {
            state.withLock { state in
                guard !parcel.parts.contains(where: { state.broken.contains($0.entry) }) else { return nil }
                return state.open.flatMap { $0.entry == parcel.parts.first?.entry ? $0.tally : nil } ?? Tally()
            }
        }

        func note(_ tally: Tally, after parcel: Parcel) {
            state.withLock { state in state.open = parcel.parts.last.map { ($0.entry, tally) } }
        }

        func abandon(_ parcel: Parcel) {
            state.withLock { $0.broken.formUnion(parcel.parts.map(\.entry)) }
        }
    }

    /// A part of its body was not applied before.
    private struct Broken: Error {}

    /// Several parcels share a commit, so one is handed in before the last one is on disk.
    private func submit(_ parcel: Parcel, _ progress: Progress, done: @escaping @Sendable (Result<Applier.Yield, any Error>) -> Void) {
        let step = step
        store.submit(.applying) { transaction in
            do {
                guard let tally = progress.tally(before: parcel) else { throw Broken() }
                let yield = try step(parcel, tally, transaction)
                progress.note(yield.open, after: parcel)
                return yield
            } catch {
                progress.abandon(parcel)
                throw error
            }
        } done: { result in
            // Also when the commit failed, and before anything else runs.
            if case .failure = result { progress.abandon(parcel) }
            done(result)
        }
    }

    /// False when the body waits for its next try.
    private func applyAlone(_ entry: JournalEntry, _ reading: Reading) async throws -> Bool {
        do {
            let step = step
            var open = Tally()
            for parcel in Parcel.pack([reading]) {
                let before = open
                let yield = try await store.write(.applying) { try step(parcel, before, $0) }
                report(yield)
                open = yield.open
            }
            return true
        } catch  where Self.isOurDefect(error) {
            logger.error(
                "a webhook could not be applied",
                metadata: ["journal": "\(entry.id)", "try": "\(entry.tries + 1)", "why": "\(error)"]
            )
            return try await store.write(.applying) { transaction in
                try transaction.countTry(entry.id)
                guard entry.tries + 1 >= Self.tries else { return false }
                try transaction.quarantine(entry.id, reason: "it could not be applied: \(error)")
                return true
            }
        }
    }

    private func report(_ yield: Applier.Yield) {
        if yield.unknownAttempts > 0 {
            logger.error(
                "Meta reports attempts that this store does not know: it was probably restored from a backup; messages sent since then are missing",
                metadata: ["attempts": "\(yield.unknownAttempts)"]
            )
        }
        if yield.quarantined > 0 {
            logger.warning("webhooks that could not be read were put aside", metadata: ["bodies": "\(yield.quarantined)"])
        }
    }

    /// Whether an error is about the body at hand, rather than about the store as a whole.
    private static func isOurDefect(_ error: any Error) -> Bool {
        switch error {
        case StoreFailure.notInState, StoreFailure.refused: true
        case is StoreFailure, is CancellationError: false
        default: true
        }
    }
}
