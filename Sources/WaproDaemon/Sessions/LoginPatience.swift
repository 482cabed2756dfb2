import WaproCore

/// How long who gave wrong passwords must wait before the next one is looked at. It is kept in memory: nobody fills the disk with it.
struct LoginPatience: Sendable {
    /// One tool's tries for one name: a stranger's tries do not lock a user out of another tool.
    struct Key: Hashable, Sendable {
        let uid: UInt32
        let name: String
    }

    private struct Tries {
        var count = 0
        var last: Timestamp
    }

    /// Tries without a wait.
    static let free = 5
    static let longest = Duration.seconds(300)
    /// After which tries are forgotten.
    private static let memory = Duration.seconds(3600)
    /// Names that are remembered at most; the oldest is forgotten.
    private static let limit = 4096

    private var tries: [Key: Tries] = [:]

    var remembered: Int { tries.count }

    /// Counts a try, before it is known what comes of it: many at once are many.
    ///
    /// - Returns: how long to wait instead; nil: it may be made.
    mutating func begin(_ key: Key, at now: Timestamp) -> Duration? {
        var known = tries[key] ?? Tries(last: now)
        let since = known.last.duration(to: now)
        if since > Self.memory || since < .zero { known = Tries(last: now) }
        let wait = Self.wait(after: known.count) - known.last.duration(to: now)
        guard wait <= .zero else { return wait }
        known.count += 1
        known.last = now
        if tries.count >= Self.limit, tries[key] == nil, let oldest = tries.min(by: { $0.value.last < $1.value.last })?.key {
            tries[oldest] = nil
        }
        tries[key] = known
        return nil
    }

    mutating func succeeded(_ key: Key) { tries[key] = nil }

    /// One second after the last free try, twice as long after each further one.
    static func wait(after count: Int) -> Duration {
        count < free ? .zero : min(longest, .seconds(1 << min(count - free, 20)))
    }
}
