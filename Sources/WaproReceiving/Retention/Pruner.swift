public import Logging
public import ServiceLifecycle
public import WaproStore

/// Removes what has been kept long enough, a few rows a commit and behind all other work, so that nobody waits for it.
public struct Pruner: Service {
    /// Between two sweeps.
    static let interval: Duration = .seconds(60)
    /// Rows of one commit: bodies may be large, the others are small.
    static let bodies = 50
    static let rows = 500

    /// What a sweep removed, in rows.
    public struct Sweep: Sendable, Hashable {
        public var journal = 0
        public var events = 0
        public var seenChanges = 0
        public var answers = 0

        public init() {}

        init(journal: Int, events: Int, seenChanges: Int, answers: Int) {
            (self.journal, self.events, self.seenChanges, self.answers) = (journal, events, seenChanges, answers)
        }
    }

    private let store: Store
    private let retention: Retention
    private let logger: Logger

    public init(store: Store, retention: Retention, logger: Logger) {
        (self.store, self.retention, self.logger) = (store, retention, logger)
    }

    public func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                await sweepOrSay()
                try await Task.sleep(for: Self.interval)
            }
        }
    }

    private func sweepOrSay() async {
        do {
            let sweep = try await sweep()
            if sweep != Sweep() {
                logger.debug(
                    "pruned",
                    metadata: ["journal": "\(sweep.journal)", "events": "\(sweep.events)", "changes": "\(sweep.seenChanges)"]
                )
            }
        } catch {
            logger.warning("old rows could not be removed; it is tried again", metadata: ["why": "\(error)"])
        }
    }

    /// Removes everything that is due now, by the store's clock.
    public func sweep() async throws -> Sweep {
        let retention = retention
        return Sweep(
            journal: try await repeated {
                try $0.pruneJournal(
                    olderThan: retention.journalAge,
                    beyond: retention.journalBytes,
                    quarantineAge: retention.quarantineAge,
                    limit: Self.bodies
                )
            },
            events: try await repeated { try $0.pruneEvents(olderThan: retention.eventAge, beyond: retention.eventRows, limit: Self.rows) },
            seenChanges: try await repeated { try $0.pruneSeenChanges(olderThan: retention.seenChangeAge, limit: Self.rows) },
            answers: try await repeated { try $0.pruneAnswers(olderThan: retention.answerAge, limit: Self.rows) }
        )
    }

    /// Commits `step` until it finds nothing more.
    private func repeated(_ step: @escaping @Sendable (Transaction) throws -> Int) async throws -> Int {
        var total = 0
        while true {
            try Task.checkCancellation()
            let gone = try await store.write(.background, step)
            guard gone > 0 else { return total }
            total += gone
        }
    }
}
