/// A rate limit as arithmetic: so many a second, with a small burst. Pure; the caller brings the time.
///
/// In any sliding second it lets through at most `rate` + `burst`.
public struct TokenBucket: Sendable, Hashable {
    /// Tokens a second.
    public private(set) var rate: Double
    /// Tokens that may gather while nothing is taken.
    public private(set) var burst: Double

    private let gather: Duration
    private var tokens: Double
    private var at: Timestamp
    private var stalledUntil: Timestamp?

    /// - Parameter gather: for how long tokens gather while nothing is taken; a slow rate keeps one and what comes while a timer is late.
    public init(rate: Double, gather: Duration = .milliseconds(20), at now: Timestamp) {
        (self.rate, self.gather) = (rate, gather)
        burst = Self.burst(rate, gather)
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

    /// What is worth taking at a time, of `wanted`: what comes in a hundredth of a second, where that is more than one.
    public func lump(of wanted: Int) -> Int { max(1, min(wanted, Int(rate / 100))) }

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

    /// The first moment at which so many tokens are there; more than can gather are never waited for.
    public func nextToken(_ count: Int = 1, after now: Timestamp) -> Timestamp {
        if let stalledUntil, now < stalledUntil { return stalledUntil }
        let missing = min(Double(count), max(1, burst)) - tokens
        guard missing > 0 else { return now }
        let wait = (missing / rate * 1000).rounded(.up)
        return max(now, at.advanced(by: .milliseconds(Int64(wait))))
    }

    public mutating func setRate(_ rate: Double, at now: Timestamp) {
        guard rate != self.rate else { return }
        refill(at: now)
        self.rate = rate
        burst = Self.burst(rate, gather)
        tokens = min(tokens, burst)
    }

    private static func burst(_ rate: Double, _ gather: Duration) -> Double {
        max(1 + rate / 1000, rate * (gather / .seconds(1)))
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
