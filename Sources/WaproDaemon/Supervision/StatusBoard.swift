public import ServiceLifecycle

/// Keeps `systemctl status` current: once a second while something changes, and each five seconds else.
public struct StatusBoard: Service {
    private let supervision: Supervision
    private let line: @Sendable () async -> StatusLine
    private let sleep: @Sendable (Duration) async throws -> Void

    /// - Parameter line: the state of the daemon now; cheap, since it is asked every second or so.
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
                let isNews = now != shown
                if isNews { supervision.status(now.description) }
                shown = now
                do { try await sleep(.seconds(isNews ? 1 : 5)) } catch { return }
            }
        }
    }
}
