import Synchronization

/// Where the daemon's idea of *now* comes from. Injected, so that tests and the simulation step it.
public struct WallClock: Sendable {
    public var now: @Sendable () -> Timestamp

    public init(now: @escaping @Sendable () -> Timestamp) {
        self.now = now
    }
}

/// A clock that moves only when told to.
public final class SteppedClock: Sendable {
    private let current: Mutex<Timestamp>

    public init(at start: Timestamp) {
        current = Mutex(start)
    }

    public var wall: WallClock {
        WallClock { [self] in current.withLock { $0 } }
    }

    public func step(by duration: Duration) {
        current.withLock { $0 = $0.advanced(by: duration) }
    }
}
