/// HTTP as the rest of the program sees it: a few closures, so that a test can bring its own.
///
/// `.live(_:)` is libcurl. Completions are called on the lane's own thread, in batches; they must not block. One that is refused
/// before it was queued (`atCapacity`, `closed`) is called on the caller's thread before `perform` returns.
public struct HTTPClient: Sendable {
    public typealias Completion = @Sendable (HTTPResult) -> Void

    /// Hands a request over at once. The completion is called exactly once.
    public var perform: @Sendable (HTTPRequest, @escaping Completion) -> HTTPRequestID
    /// Asks that a request end now: its completion says *certainly not sent* or *unknown*. Nothing happens if it has ended.
    public var cancel: @Sendable (HTTPRequestID) -> Void
    /// How many requests this lane takes now. A caller that never hands over more is never refused for capacity.
    public var capacity: @Sendable (HTTPLane) -> Int
    /// Opens the lane's missing connections ahead of need by asking for `target` (a HEAD of the base address, without
    /// credentials), so that no send waits for a handshake.
    public var warm: @Sendable (HTTPTarget, HTTPLane) -> Void
    public var counters: @Sendable (HTTPLane) -> HTTPCounters
    /// Ends every request (certainly not sent, or unknown), closes the connections, and waits for the threads to end. Must not be
    /// called from a completion.
    public var shutDown: @Sendable () -> Void

    public init(
        perform: @escaping @Sendable (HTTPRequest, @escaping Completion) -> HTTPRequestID,
        cancel: @escaping @Sendable (HTTPRequestID) -> Void,
        capacity: @escaping @Sendable (HTTPLane) -> Int,
        warm: @escaping @Sendable (HTTPTarget, HTTPLane) -> Void,
        counters: @escaping @Sendable (HTTPLane) -> HTTPCounters,
        shutDown: @escaping @Sendable () -> Void
    ) {
        self.perform = perform
        self.cancel = cancel
        self.capacity = capacity
        self.warm = warm
        self.counters = counters
        self.shutDown = shutDown
    }

    /// For tests: every member traps and says its name; replace those that the test means to be called.
    public static let unexpected = HTTPClient(
        perform: { _, _ in preconditionFailure("HTTPClient.perform was not expected in this test") },
        cancel: { _ in preconditionFailure("HTTPClient.cancel was not expected in this test") },
        capacity: { _ in preconditionFailure("HTTPClient.capacity was not expected in this test") },
        warm: { _, _ in preconditionFailure("HTTPClient.warm was not expected in this test") },
        counters: { _ in preconditionFailure("HTTPClient.counters was not expected in this test") },
        shutDown: { preconditionFailure("HTTPClient.shutDown was not expected in this test") }
    )
}

/// Requests of one lane share connections; requests of different lanes share nothing, not even a thread.
public enum HTTPLane: Int, Sendable, Hashable, CaseIterable {
    /// Replies of people to people: always has room.
    case conversation
    /// Campaigns: the bulk.
    case campaign
    /// Template lists and number information.
    case management
}

/// Names a request while it is on its way.
public struct HTTPRequestID: Sendable, Hashable {
    let lane: HTTPLane
    let ordinal: UInt64

    public init(lane: HTTPLane, ordinal: UInt64) {
        self.lane = lane
        self.ordinal = ordinal
    }
}

/// What a lane has done since it started, and holds now.
public struct HTTPCounters: Sendable, Hashable {
    /// Requests handed to libcurl.
    public var requests = 0
    /// Opened since the start; far more than the settings' connections means that something closes them.
    public var connectionsOpened = 0
    public var connectionsOpen = 0
    public var inFlight = 0

    public init() {}
}
