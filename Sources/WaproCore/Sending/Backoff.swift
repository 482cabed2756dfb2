/// How long to wait before another attempt: doubling from `first` to `longest`, with full jitter.
public struct Backoff: Sendable, Hashable {
    public var first: Duration
    public var longest: Duration

    public init(first: Duration = .seconds(1), longest: Duration = .seconds(300)) {
        self.first = first
        self.longest = longest
    }

    /// - Parameters:
    ///   - attempt: how many attempts were made, from 1.
    ///   - entropy: evenly spread over 0..<1; the simulation brings its own.
    public func delay(afterAttempt attempt: Int, entropy: Double) -> Duration {
        let ceiling = attempt > 20 ? longest : min(longest, first * (1 << max(0, attempt - 1)))
        // Half is kept, so that a retry never comes at once.
        return ceiling * (0.5 + entropy / 2)
    }
}
