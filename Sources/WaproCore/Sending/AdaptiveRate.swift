/// How much of its allowed rate a number uses, 0.1…1: falls at once when Meta says that it is too much or answers slowly, and recovers
/// gradually. Pure; the caller brings the time.
public struct AdaptiveRate: Sendable, Hashable {
    /// What is left after a complaint, and the least.
    static let onThrottle = 0.7
    static let onLatency = 0.9
    static let least = 0.1
    /// Gained back each second, once `patience` has passed without a complaint.
    static let gain = 0.02
    static let patience = Duration.seconds(5)
    /// Answers are slow when they take this many times the usual, and at least `slowest`.
    static let slowness = 3.0
    static let slowest = 500.0

    private var factor = 1.0
    private var fellAt: Timestamp?
    /// Milliseconds: of late, and as usual (follows a fall at once and a rise slowly).
    private var recent: Double?
    private var usual: Double?

    public init() {}

    /// The share of the allowed rate to use now.
    public func share(at now: Timestamp) -> Double {
        guard let fellAt else { return factor }
        let seconds = Double(now.milliseconds - fellAt.advanced(by: Self.patience).milliseconds) / 1000
        return min(1, factor + max(0, seconds) * Self.gain)
    }

    /// A clock that went back does not make a fall last longer.
    public mutating func settle(at now: Timestamp) {
        fellAt = fellAt.map { min($0, now) }
    }

    /// Meta said that there is too much (130429). Complaints within a second are one: they were all on their way already.
    public mutating func throttled(at now: Timestamp) {
        fall(by: Self.onThrottle, at: now)
    }

    /// An answer came after so long.
    public mutating func answered(after latency: Duration, at now: Timestamp) {
        let milliseconds = max(0, latency / .milliseconds(1))
        let recent = recent.map { $0 * 0.9 + milliseconds * 0.1 } ?? milliseconds
        self.recent = recent
        guard let usual else {
            self.usual = milliseconds
            return
        }
        self.usual = recent < usual ? recent : usual * 0.999 + recent * 0.001
        if recent > Self.slowest, recent > usual * Self.slowness { fall(by: Self.onLatency, at: now) }
    }

    private mutating func fall(by part: Double, at now: Timestamp) {
        if let fellAt, fellAt.duration(to: now) < .seconds(1), fellAt <= now { return }
        factor = max(Self.least, share(at: now) * part)
        fellAt = now
    }
}
