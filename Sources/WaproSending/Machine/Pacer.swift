import WaproCore

/// How many messages a number may hand over now: limits and the clock in, grants out.
///
/// Meta counts inbound and outbound messages of a number together, so a share is kept in reserve for what people write to it.
struct Pacer: Sendable {
    private var number: TokenBucket
    private let reserve: Double

    /// - Parameters:
    ///   - throughput: messages a second that Meta allows the number.
    ///   - reserve: the part of it that is left alone, 0..<1.
    init(throughput: Int, reserve: Double, at now: Timestamp) {
        self.reserve = reserve
        number = TokenBucket(rate: max(1, Double(throughput) * (1 - reserve)), at: now)
    }

    mutating func grant(_ wanted: Int, at now: Timestamp) -> Int {
        let granted = min(wanted, number.available(at: now))
        number.take(granted)
        return granted
    }

    /// A grant that claimed nothing is given back.
    mutating func giveBack(_ count: Int) {
        number.putBack(count)
    }

    /// Meta said that the number sends too fast.
    mutating func stall(for duration: Duration, at now: Timestamp) {
        number.stall(for: duration, at: now)
    }

    mutating func setThroughput(_ throughput: Int, at now: Timestamp) {
        number.setRate(max(1, Double(throughput) * (1 - reserve)), at: now)
    }

    func nextGrant(after now: Timestamp) -> Timestamp {
        number.nextToken(after: now)
    }

    /// Messages a second that it grants.
    var rate: Double { number.rate }
}
