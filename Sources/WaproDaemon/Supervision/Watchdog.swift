public import Logging
public import ServiceLifecycle

/// Tells systemd that the daemon lives, but only while every loop that matters has made progress since the last time.
///
/// A timer that pings regardless would prove nothing. A loop that hangs stops the pings; systemd then ends the process and starts
/// it anew, which is safe: nothing is lost by a crash. Put it first in the `ServiceGroup`, so that it stops last.
public struct Watchdog: Service {
    /// A loop and how far it has come.
    public struct Loop: Sendable {
        /// For the log when it is stuck.
        public let name: String
        /// Any number that differs from the last one when the loop has done something. It may do that something itself (a write that
        /// changes nothing) and so may wait; when it waits for good, there are no more pings, as it should be.
        public let progress: @Sendable () async -> Int

        public init(_ name: String, progress: @escaping @Sendable () async -> Int) {
            self.name = name
            self.progress = progress
        }
    }

    private let loops: [Loop]
    private let supervision: Supervision
    private let logger: Logger
    private let sleep: @Sendable (Duration) async throws -> Void

    /// - Parameter sleep: the outside world's time; throwing ends the service.
    public init(
        _ loops: [Loop],
        supervision: Supervision,
        logger: Logger,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.loops = loops
        self.supervision = supervision
        self.logger = logger
        self.sleep = sleep
    }

    /// Until the group shuts down; at once when systemd does not watch.
    public func run() async throws {
        guard let interval = supervision.watchdogInterval() else {
            return try await gracefulShutdown()
        }
        await cancelWhenGracefulShutdown {
            await watch(every: interval / 4)
        }
    }

    /// A quarter of the interval: a loop that misses one round still has two before systemd acts.
    private func watch(every pause: Duration) async {
        var progress = Progress()
        var reported: [String] = []
        while !Task.isCancelled {
            for loop in loops {
                progress.note(loop.name, await loop.progress())
            }
            let stuck = progress.stuck
            if stuck.isEmpty {
                progress.begin()
                supervision.ping()
            } else if stuck != reported {
                logger.warning("no progress since the last sign of life to systemd", metadata: ["loops": "\(stuck.joined(separator: ","))"])
            }
            reported = stuck
            do { try await sleep(pause) } catch { return }
        }
    }
}

extension Watchdog {
    /// Which loops have moved since the last ping. Before the first ping a loop counts as moving.
    struct Progress {
        private var atLastPing: [String: Int] = [:]
        private var now: [String: Int] = [:]

        mutating func note(_ loop: String, _ count: Int) {
            now[loop] = count
        }

        mutating func begin() {
            atLastPing = now
        }

        /// Sorted names of those that stand where they stood.
        var stuck: [String] {
            now.filter { atLastPing[$0.key] == $0.value }.keys.sorted()
        }
    }
}
