import WaproCore
import WaproStore

/// How many messages a number may hand over now: limits and the clock in, grants out.
///
/// Meta counts inbound and outbound messages of a number together. Campaigns get the throughput less what people write and less a reserve;
/// conversations may use all of it, and what they use campaigns do not get. All of it shrinks while Meta says that it is too much.
struct Pacer: Sendable {
    /// Conversations borrow from campaigns no more than this many seconds.
    private static let debt = 1.0

    private var all: TokenBucket
    private var campaigns: TokenBucket
    private var second: SlidingSecond
    private let reserve: Double
    private var throughput: Double
    private var inbound = 0.0
    private var adaptive = AdaptiveRate()

    /// - Parameters:
    ///   - throughput: messages a second that Meta allows the number.
    ///   - reserve: the part of it that campaigns leave alone, 0..<1.
    init(throughput: Int, reserve: Double, at now: Timestamp) {
        self.reserve = reserve
        self.throughput = Double(throughput)
        all = TokenBucket(rate: max(1, self.throughput), at: now)
        campaigns = TokenBucket(rate: max(1, self.throughput * (1 - reserve)), at: now)
        second = SlidingSecond(at: now)
    }

    /// How many of `wanted` may go now; what is granted is taken. A campaign gets nothing before it gets a lump, so that at Meta's 1,000 a second
    /// ten messages share a commit.
    mutating func grant(_ wanted: Int, toConversations: Bool, at now: Timestamp) -> Int {
        adjust(at: now)
        var granted = min(wanted, all.available(at: now))
        if !toConversations { granted = min(granted, campaigns.available(at: now)) }
        guard granted > 0, toConversations || granted >= campaigns.lump(of: wanted) else { return 0 }
        all.take(granted)
        campaigns.take(granted, downTo: -campaigns.rate * Self.debt)
        return granted
    }

    /// A grant that claimed nothing is given back.
    mutating func giveBack(_ count: Int) {
        all.putBack(count)
        campaigns.putBack(count)
    }

    /// Meta said that the number sends too fast.
    mutating func throttled(silentFor silence: Duration, at now: Timestamp) {
        adaptive.throttled(at: now)
        guard silence > .zero else { return adjust(at: now) }
        all.stall(for: silence, at: now)
        campaigns.stall(for: silence, at: now)
    }

    /// An answer of Meta's came after so long.
    mutating func answered(after latency: Duration, at now: Timestamp) {
        adaptive.answered(after: latency, at: now)
    }

    mutating func setThroughput(_ throughput: Int, at now: Timestamp) {
        self.throughput = Double(throughput)
        adjust(at: now)
    }

    /// Messages a second that people write to the number.
    mutating func setInbound(_ inbound: Double, at now: Timestamp) {
        self.inbound = inbound
        adjust(at: now)
    }

    /// What a claim has learnt about its number.
    mutating func hear(_ claimed: Claimed, at now: Timestamp) {
        if claimed.hasComplaint { adaptive.throttled(at: now) }
        setInbound(claimed.inbound, at: now)
    }

    private mutating func adjust(at now: Timestamp) {
        adaptive.settle(at: now)
        let share = adaptive.share(at: now)
        all.setRate(max(1, (throughput - inbound) * share), at: now)
        campaigns.setRate(max(1, (throughput * (1 - reserve) - inbound) * share), at: now)
    }

    /// When something of `wanted` is granted.
    func nextGrant(_ wanted: Int = 1, toConversations: Bool, after now: Timestamp) -> Timestamp {
        guard !toConversations else { return all.nextToken(after: now) }
        let lump = campaigns.lump(of: wanted)
        return max(all.nextToken(lump, after: now), campaigns.nextToken(lump, after: now))
    }

    /// Whether one of those that were granted may be handed over now, so that no second has more than the lane may have.
    mutating func depart(toConversations: Bool, at now: Timestamp) -> Bool {
        guard second.room(of: Int(toConversations ? all.rate : campaigns.rate), at: now) > 0 else { return false }
        second.leave(1, at: now)
        return true
    }

    /// When more of what was granted may be handed over.
    var nextDeparture: Timestamp? { second.nextRoom }

    /// Messages a second that it grants campaigns.
    var rate: Double { campaigns.rate }
}
