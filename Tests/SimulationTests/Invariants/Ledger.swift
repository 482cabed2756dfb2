import WaproCore

@testable import WaproStore

/// What was committed and handed over, kept apart from the store: by events, and by what the simulation itself did.
struct Ledger {
    /// A message that left, and what the limits make of it.
    struct Hand {
        var claim: Claim
        /// The time that had really passed when it was claimed; the clock may have been set since the one before.
        var elapsed: Duration
        /// The latest that the clock has been since the one before.
        var peak: Timestamp
        /// Windows of a rate do not reach over a jump of the clock or a start.
        var segment: Int
        /// Counts against the people whom the portfolio may write to first.
        var isFirst: Bool
        var isTaken = false
    }

    var lastEvent: Int64 = 0
    var states: [MessageID: MessageState] = [:]
    /// Of which a person said without evidence that they were not sent.
    var decided: Set<MessageID> = []
    /// The attempt that each message is at.
    var current: [MessageID: Int] = [:]
    var campaigns: [CampaignID: CampaignState] = [:]
    var optedOut: Set<ContactID> = []
    var halted: Set<NumberID> = []
    var holds: Set<HoldScope> = []
    var listed: Set<MessageID> = []
    /// Every message that ever was in doubt.
    var doubted: [MessageID] = []
    /// Messages that a person had sent again.
    var ordered: Set<MessageID> = []
    /// Attempts up to these may be followed by another one that Meta takes as well.
    var excused: [MessageID: Int] = [:]
    var handed: Set<AttemptID> = []
    var hands: [Hand] = []
    /// The most that each campaign was ever allowed, a second and in 24 hours; none where it once had no limit.
    var rates: [CampaignID: Int] = [:]
    var caps: [CampaignID: Int] = [:]
    var segment = 0
    var peak = Blueprint.start
    /// Bodies that were answered 200, and how often.
    var acknowledged: [String: Int] = [:]

    /// Messages that are not through.
    var open: [MessageID: MessageState] { states.filter { $0.value.isOpen || $0.value == .inDoubt } }

    var hasUnlistedDoubt: Bool { states.contains { $0.value == .inDoubt && !listed.contains($0.key) } }

    mutating func clockIs(_ now: Timestamp) { peak = max(peak, now) }

    mutating func claimed(_ claims: [Claim]) {
        for claim in claims {
            current[claim.attempt.message] = claim.attempt.ordinal
            if states[claim.attempt.message] == nil { states[claim.attempt.message] = .waiting }
        }
    }

    mutating func adjusted(_ campaign: CampaignID, rate: Int?, cap: Int?) {
        rates[campaign] = rates[campaign].flatMap { old in rate.map { max(old, $0) } }
        caps[campaign] = caps[campaign].flatMap { old in cap.map { max(old, $0) } }
    }
}
