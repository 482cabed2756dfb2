/// How long to wait before another attempt: doubling from `first` to `longest`, with full jitter, so that what failed together does not
/// come back together.
public struct Backoff: Sendable, Hashable {
    public var first: Duration
    public var longest: Duration

    public init(first: Duration = .seconds(1), longest: Duration = .seconds(300)) {
        self.first = first
        self.longest = longest
    }

    /// Somewhere in 0..<the doubled ceiling.
    ///
    /// - Parameters:
    ///   - tries: how often it was refused, from 1.
    ///   - entropy: evenly spread over 0..<1; the simulation brings its own.
    public func delay(afterTries tries: Int, entropy: Double) -> Duration {
        doubled(first, tries, upTo: longest) * entropy
    }

    /// As `delay`, never sooner than `least`, which is what Meta asks for: that doubles too, and the jitter comes on top of it.
    ///
    /// - Parameter spread: how far the jitter reaches; nil for the backoff's own.
    public func delay(atLeast least: Duration, afterTries tries: Int, entropy: Double, spread: Duration? = nil) -> Duration {
        let floor = doubled(least, tries, upTo: max(least * 8, longest))
        return floor + (spread ?? min(max(floor, first), longest)) * entropy
    }

    private func doubled(_ duration: Duration, _ tries: Int, upTo most: Duration) -> Duration {
        tries > 20 ? most : min(most, duration * (1 << max(0, tries - 1)))
    }
}
