/// How long closures waited, in fixed buckets: four for each doubling from a microsecond to hours, so a figure read from it is at most
/// a quarter too high. Its size never changes and a wait costs one increment.
public struct WaitHistogram: Sendable, Hashable {
    private static let bits = 36
    private var buckets = [UInt64](repeating: 0, count: 4 * (Self.bits - 1))

    /// Waits that were counted.
    public private(set) var count: UInt64 = 0
    /// The longest of them, exactly.
    public private(set) var max: Duration = .zero

    public init() {}

    mutating func add(_ wait: Duration) {
        buckets[Self.bucket(of: wait)] += 1
        count += 1
        if wait > max { max = wait }
    }

    /// The wait that this share of all did not exceed, rounded up to the end of its bucket; zero when nothing waited yet.
    ///
    /// - Parameter share: 0.99 for the p99.
    public func quantile(_ share: Double) -> Duration {
        guard count > 0 else { return .zero }
        let rank = Swift.max(1, UInt64((Double(count) * share).rounded(.up)))
        var seen: UInt64 = 0
        for (index, held) in buckets.enumerated() {
            seen += held
            if seen >= rank { return Swift.min(max, Self.end(of: index)) }
        }
        return max
    }

    public var p50: Duration { quantile(0.5) }
    public var p99: Duration { quantile(0.99) }

    private static func bucket(of wait: Duration) -> Int {
        let (seconds, attoseconds) = wait.components
        // A clock that seems to go backwards waited nothing; what would overflow is in the last bucket anyway.
        let micros = UInt64(clamping: Swift.min(seconds, 1 << 40) * 1_000_000 + attoseconds / 1_000_000_000_000)
        guard micros >= 4 else { return Int(micros) }
        let exponent = UInt64.bitWidth - 1 - micros.leadingZeroBitCount
        guard exponent < bits else { return 4 * (bits - 1) - 1 }
        return 4 * (exponent - 1) + Int(micros >> UInt64(exponent - 2) & 3)
    }

    /// The first moment after the bucket.
    private static func end(of index: Int) -> Duration {
        guard index >= 4 else { return .microseconds(index + 1) }
        return .microseconds((Int64(4 + index % 4) + 1) << Int64(index / 4 - 1))
    }
}
