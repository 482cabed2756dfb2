public import ServiceLifecycle

/// Keeps `systemctl status` current: once a second, when something changed.
public struct StatusBoard: Service {
    private let supervision: Supervision
    private let line: @Sendable () async -> StatusLine
    private let sleep: @Sendable (Duration) async throws -> Void

    /// - Parameter line: the state of the daemon now; cheap, since it is asked every second.
    public init(
        supervision: Supervision,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        line: @escaping @Sendable () async -> StatusLine
    ) {
        self.supervision = supervision
        self.sleep = sleep
        self.line = line
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var shown: StatusLine?
            while !Task.isCancelled {
                let now = await line()
                if now != shown { supervision.status(now.description) }
                shown = now
                do { try await sleep(.seconds(1)) } catch { return }
            }
        }
    }
}
