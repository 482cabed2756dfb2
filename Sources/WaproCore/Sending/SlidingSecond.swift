/// How many messages left within the last second, wherever that second begins. Pure; the caller brings the time.
///
/// A token bucket lets `rate` + `burst` through in the second after it was full. This one refuses what would be one too many in any second,
/// so a bucket beside it may forgive a late timer and the limit still holds.
public struct SlidingSecond: Sendable, Hashable {
    /// A little more than a second: messages that leave at their time may arrive closer together.
    public static let length = Duration.milliseconds(1005)

    private struct Departure: Hashable {
        var at: Timestamp
        var count: Int
    }

    private var departures: [Departure] = []
    /// Everything before is longer ago than a second.
    private var first = 0
    /// Messages that left within the second before the time that was told last.
    public private(set) var count = 0
    private var at: Timestamp

    public init(at now: Timestamp) {
        at = now
    }

    /// How many more may leave now, so that there are no more than `limit` within a second.
    public mutating func room(of limit: Int, at now: Timestamp) -> Int {
        pass(to: now)
        return max(0, limit - count)
    }

    /// Notes that so many leave now.
    public mutating func leave(_ count: Int, at now: Timestamp) {
        pass(to: now)
        guard count > 0 else { return }
        self.count += count
        if let last = departures.indices.last, last >= first, departures[last].at == now {
            departures[last].count += count
        } else {
            departures.append(Departure(at: now, count: count))
        }
    }

    /// When there is room for more than now; nil when nothing left within the last second.
    public var nextRoom: Timestamp? {
        first < departures.count ? departures[first].at.advanced(by: Self.length) : nil
    }

    private mutating func pass(to now: Timestamp) {
        if now < at {
            // A clock that went backward takes what has left with it.
            let back = at.duration(to: now)
            for index in departures.indices { departures[index].at = departures[index].at.advanced(by: back) }
        }
        at = now
        while first < departures.count, departures[first].at.advanced(by: Self.length) <= now {
            count -= departures[first].count
            first += 1
        }
        if first > 256, first * 2 > departures.count {
            departures.removeFirst(first)
            first = 0
        }
    }
}
