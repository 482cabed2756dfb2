/// A rate limit as arithmetic: so many a second, with a small burst. Pure; the caller brings the time.
///
/// In any sliding second it lets through at most `rate` + `burst`.
public struct TokenBucket: Sendable, Hashable {
    /// Tokens a second.
    public private(set) var rate: Double
    /// Tokens that may gather while nothing is taken.
    public private(set) var burst: Double

    private var tokens: Double
    private var at: Timestamp
    private var stalledUntil: Timestamp?

    /// - Parameter burst: nil for what a hundredth of a second gives; a slow rate keeps one token and what comes while a timer is late.
    public init(rate: Double, burst: Double? = nil, at now: Timestamp) {
        self.rate = rate
        self.burst = burst ?? Self.usualBurst(rate)
        tokens = 1
        at = now
    }

    /// Whole tokens that may be taken now.
    public mutating func available(at now: Timestamp) -> Int {
        refill(at: now)
        if let stalledUntil, now < stalledUntil { return 0 }
        stalledUntil = nil
        return max(0, Int(tokens))
    }

    /// Takes tokens that `available` showed.
    public mutating func take(_ count: Int) {
        tokens -= Double(count)
    }

    /// As `take`, also of tokens that are not there, down to a debt that is paid back before anything is available again.
    public mutating func take(_ count: Int, downTo debt: Double) {
        tokens = max(min(tokens, debt), tokens - Double(count))
    }

    /// Puts back tokens that were taken and not used.
    public mutating func putBack(_ count: Int) {
        tokens = min(burst, tokens + Double(count))
    }

    /// Nothing is let through for `duration`: what Meta's throughput error asks for.
    public mutating func stall(for duration: Duration, at now: Timestamp) {
        refill(at: now)
        tokens = min(tokens, 1)
        let end = now.advanced(by: duration)
        stalledUntil = max(stalledUntil ?? end, end)
    }

    /// The first moment at which a token is there.
    public func nextToken(after now: Timestamp) -> Timestamp {
        if let stalledUntil, now < stalledUntil { return stalledUntil }
        guard tokens < 1 else { return now }
        let wait = ((1 - tokens) / rate * 1000).rounded(.up)
        return max(now, at.advanced(by: .milliseconds(Int64(wait))))
    }

    public mutating func setRate(_ rate: Double, at now: Timestamp) {
        guard rate != self.rate else { return }
        refill(at: now)
        self.rate = rate
        burst = Self.usualBurst(rate)
        tokens = min(tokens, burst)
    }

    private static func usualBurst(_ rate: Double) -> Double {
        max(1 + rate / 1000, rate / 100)
    }

    private mutating func refill(at now: Timestamp) {
        // A clock that went backward gives nothing; counting goes on from where it is now, and a stall lasts no longer than it would have.
        guard now > at else {
            stalledUntil = stalledUntil?.advanced(by: at.duration(to: now))
            return at = now
        }
        tokens = min(burst, tokens + Double(now.milliseconds - at.milliseconds) / 1000 * rate)
        at = now
    }
}
