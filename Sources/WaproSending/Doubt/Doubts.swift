public import Logging
public import ServiceLifecycle
public import WaproCore
public import WaproStore
import Synchronization
import WaproCloud

/// What may be set about messages in doubt.
public struct DoubtSettings: Sendable {
    /// How long evidence is waited for while it could come.
    public var window = DoubtWindow.usualLength
    public var policies = DoubtPolicies()
    /// Calls of Meta's message history in an hour; 0: it is not asked.
    public var historyCalls = 0
    /// Between two looks.
    public var interval = Duration.seconds(15)

    public init() {}
}

/// Waits for evidence about messages in doubt, asks Meta's history where that is switched on, and asks a person when the window ends.
public final class Doubts: Service {
    /// Messages that are settled in one commit.
    private static let batch = 200

    private let store: Store
    private let settings: DoubtSettings
    private let canHear: @Sendable () async -> Bool
    private let history: MessageHistory?
    private let clock: WallClock
    private let logger: Logger
    private let window: Mutex<DoubtWindow>

    /// - Parameter canHear: whether evidence can come now: the webhook listener took what came since it was last asked, and the journal is
    ///   applied.
    public init(
        store: Store,
        settings: DoubtSettings,
        history: MessageHistory?,
        clock: WallClock = .live,
        logger: Logger,
        canHear: @escaping @Sendable () async -> Bool
    ) {
        (self.store, self.settings, self.history, self.clock, self.logger, self.canHear) = (
            store, settings, history, clock, logger, canHear
        )
        window = Mutex(DoubtWindow(length: settings.window, longestGap: max(settings.interval * 8, .seconds(5))))
    }

    /// Since when evidence could come without a break; nil while it cannot.
    public var hearsSince: Timestamp? { window.withLock(\.openSince) }

    public func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                await self.lookOrSay()
                try await Task.sleep(for: self.settings.interval)
            }
        }
    }

    private func lookOrSay() async {
        do {
            try await look()
        } catch {
            logger.warning("messages in doubt could not be looked at; it is tried again", metadata: ["why": "\(error)"])
        }
    }

    /// One look, by the clock's time.
    func look() async throws {
        let now = clock.now()
        let isOpen = await canHear()
        let ended = window.withLock { window in
            window.observe(isOpen: isOpen, at: now)
            return window.endedFor(at: now)
        }
        try await history?.confirm()
        guard let ended else { return }
        var (listed, resent) = (0, 0)
        while true {
            let settled = try await store.write(.control) { [policies = settings.policies] in
                try $0.endDoubt(cameBefore: ended, policies: policies, limit: Self.batch)
            }
            (listed, resent) = (listed + settled.listed, resent + settled.resent)
            guard settled.listed + settled.resent == Self.batch else { break }
        }
        if listed > 0 {
            logger.warning(
                "nothing told whether these messages were sent: decide with waproctl message resolve, or campaign resolve",
                metadata: ["messages": "\(listed)"]
            )
        }
        if resent > 0 {
            logger.warning(
                "nothing told whether these messages were sent; they are sent again, as the configuration says",
                metadata: ["messages": "\(resent)"]
            )
        }
    }
}
