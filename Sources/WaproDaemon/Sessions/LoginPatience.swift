import WaproCore

/// How long who gave wrong passwords must wait before the next one is looked at. It is kept in memory, of bounded size: nobody fills the disk
/// with it.
struct LoginPatience: Sendable {
    /// One tool's tries for one name: a stranger's tries do not lock a user out of another tool.
    struct Key: Hashable, Sendable {
        let uid: UInt32
        let name: String
    }

    enum Answer: Hashable, Sendable {
        /// It may be looked at; `end` must follow.
        case go
        /// After wrong passwords.
        case wait(Duration)
        /// Others are being looked at, and too many might be wrong.
        case busy
    }

    enum End: Sendable {
        case right, wrong
        /// No password was compared.
        case unknown
    }

    private struct Tries {
        /// Wrong passwords in a row.
        var failures = 0
        var last: Timestamp
        var underWay = 0

        func wait(at now: Timestamp) -> Duration { LoginPatience.wait(after: failures) - last.duration(to: now) }
    }

    /// Wrong passwords without a wait.
    static let free = 5
    static let longest = Duration.seconds(300)
    /// Wrong passwords of one user id, whatever the names, before each further one of it must wait: `leak` of them are forgotten a second.
    static let ofOneTool = 60.0
    private static let leak = 0.5
    /// After which tries are forgotten.
    private static let memory = Duration.seconds(3600)
    /// Names that are remembered at most.
    private static let limit = 4096

    private var tries: [Key: Tries] = [:]
    private var tools: [UInt32: (level: Double, at: Timestamp)] = [:]

    var remembered: Int { tries.count }

    mutating func begin(_ key: Key, at now: Timestamp) -> Answer {
        let level = level(of: key.uid, at: now)
        guard level < Self.ofOneTool else { return .wait(.milliseconds(Int64((level - Self.ofOneTool + 1) / Self.leak * 1000))) }
        var known = tries[key] ?? Tries(last: now)
        if Self.isForgotten(known, at: now) { known = Tries(last: now, underWay: known.underWay) }
        let wait = known.wait(at: now)
        guard wait <= .zero else { return .wait(wait) }
        guard known.underWay < max(1, Self.free - known.failures), tries[key] != nil || makeRoom(at: now) else { return .busy }
        known.underWay += 1
        tries[key] = known
        return .go
    }

    mutating func end(_ key: Key, _ end: End, at now: Timestamp) {
        guard var known = tries[key] else { return }
        known.underWay -= 1
        switch end {
        case .right: known.failures = 0
        case .wrong:
            (known.failures, known.last) = (known.failures + 1, now)
            tools[key.uid] = (level(of: key.uid, at: now) + 1, now)
        case .unknown: break
        }
        tries[key] = known.failures == 0 && known.underWay <= 0 ? nil : known
    }

    /// The name has a new password.
    mutating func forget(_ name: String) {
        for key in tries.keys where key.name == name { tries[key]?.failures = 0 }
    }

    /// One second after the last free one, twice as long after each further one.
    static func wait(after count: Int) -> Duration {
        count < free ? .zero : min(longest, .seconds(1 << min(count - free, 20)))
    }

    /// Also when the clock went back.
    private static func isForgotten(_ tries: Tries, at now: Timestamp) -> Bool {
        let since = tries.last.duration(to: now)
        return since > memory || since < .zero
    }

    private func level(of uid: UInt32, at now: Timestamp) -> Double {
        guard let tool = tools[uid] else { return 0 }
        return max(0, tool.level - Self.leak * max(0, tool.at.duration(to: now) / .seconds(1)))
    }

    /// Somebody's wait is not forgotten for a new name: then there is no room.
    private mutating func makeRoom(at now: Timestamp) -> Bool {
        guard tries.count >= Self.limit else { return true }
        tries = tries.filter { $0.value.underWay > 0 || !Self.isForgotten($0.value, at: now) }
        if tries.count >= Self.limit,
            let oldest = tries.filter({ $0.value.underWay == 0 && $0.value.wait(at: now) <= .zero }).min(by: {
                $0.value.last < $1.value.last
            })
        {
            tries[oldest.key] = nil
        }
        return tries.count < Self.limit
    }
}
