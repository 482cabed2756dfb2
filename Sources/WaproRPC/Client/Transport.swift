/// A connection to a daemon, as the client needs it.
public protocol Transport: Sendable {
    /// One request and its result.
    ///
    /// - Parameter timeout: how long the daemon may take; nil: as long as it takes.
    func call(_ method: String, parameters: JSONValue, timeout: Duration?) async throws(CallFailure) -> JSONValue
    /// The next notification; nil when the connection has ended. Whoever subscribes must keep reading: when too many wait, the
    /// connection is not read any further, answers neither.
    func nextNotification() async -> Incoming?
}

/// A notification as it came.
public struct Incoming: Sendable, Hashable {
    public let name: String
    public let parameters: JSONValue

    public init(name: String, parameters: JSONValue) {
        self.name = name
        self.parameters = parameters
    }
}

/// Why a call has no result.
public enum CallFailure: Error, Sendable, Hashable {
    /// The daemon answered with a fault.
    case fault(Fault)
    /// No connection, so nothing was done. In words.
    case unreachable(String, reason: Unreachable)
    /// The connection ended before the answer came: whether the call was executed is not known.
    case lost(String)
    /// The answer did not come in time: whether the call was executed is not known.
    case late(String)
    /// The answer makes no sense to us. In words.
    case malformed(String)

    public enum Unreachable: Sendable, Hashable {
        /// Nobody listens there.
        case notRunning
        /// We may not connect there.
        case notAllowed
        /// The connection stood, and was over before the call was made.
        case ended
        case other
    }
}

extension CallFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .fault(let fault): fault.words
        case .unreachable(let words, _), .lost(let words), .late(let words), .malformed(let words): words
        }
    }
}

extension Transport {
    public func call(_ method: String, parameters: JSONValue) async throws(CallFailure) -> JSONValue {
        try await call(method, parameters: parameters, timeout: nil)
    }
}
