import DequeModule
import WaproCloud
import WaproCore
import WaproStore

/// How many messages may be between grant and answer.
struct SendingLimits: Sendable, Hashable {
    var campaigns: Int
    var conversations: Int
}

/// Decides what is sent when. A step function: inputs and the time in, effects out.
///
/// What it remembers of the store are hints, refreshed whenever the store rings: a stale one costs an empty claim, never a wrong
/// message, because every claim is checked again in its own transaction.
struct SendingMachine: Sendable {
    /// What is known of a campaign that sends.
    struct CampaignWork: Sendable {
        var number: NumberID
        var isFrozen: Bool
        var pending: Int
        var waiting: Int
        /// Of those, who may go within the next minutes: so much is written ahead. Who was deferred for a day keeps nobody back.
        var ready: Int
        var bucket: TokenBucket?
        var nextDue: Timestamp?
        /// What keeps its messages back now, though nothing is wrong with them.
        var limit: SendingLimit?
        /// Messages handed over since it began to send: the least served goes first.
        var served = 0
        var isFreezing = false
        var isExpanding = false
        var isClaiming = false
        var isFinishing = false
    }

    struct NumberWork: Sendable {
        var account: AccountID
        var pacer: Pacer
        var isHalted: Bool
        var conversationDue: Timestamp?
        var isClaiming = false
        var inFlight = 0
        /// Claimed, and not handed over yet.
        var heldReplies: Deque<Claim> = []
        var heldCampaigns: Deque<Claim> = []
    }

    let settings: SendingSettings
    /// What the HTTP client can take now; nothing may ever wait inside it.
    var limits = SendingLimits(campaigns: 0, conversations: 0)
    var campaigns: [CampaignID: CampaignWork] = [:]
    var numbers: [NumberID: NumberWork] = [:]
    var nextStart: Timestamp?
    /// Cancelled campaigns with messages that are not, and those of which some are being cancelled now.
    var cancelled: [CampaignID] = []
    var sweeping: Set<CampaignID> = []
    /// Wakes that were asked for and have not come.
    var wakes: [Timestamp] = []
    /// When this turn wants the next one.
    var wanted: Timestamp?
    var isLooking = false
    var hasRung = true
    var isStopping = false
    /// Claimed or on the wire, by lane.
    var campaignsInFlight = 0
    var conversationsInFlight = 0
    /// Of campaigns, on the wire; and how many answers came of late.
    var campaignsOnWire = 0
    var answers = SlidingSecond(at: Timestamp(milliseconds: 0))
    /// Messages of each campaign between claim and written result. Kept apart from the campaigns, which come and go with pauses.
    var unsettled: [CampaignID: Int] = [:]
    /// Results that wait to be written, since when, whether somebody waits for them, and how many writes of them are under way.
    var results: [(Claim, Ending)] = []
    var resultsSince: Timestamp?
    var areResultsUrgent = false
    var recordings = 0
    /// Messages that Meta accepted since the start.
    var accepted = 0
    /// Store work under way that must come back before the machine can be dropped.
    var pendingClaims = 0
    private var entropy: any RandomNumberGenerator & Sendable

    init(settings: SendingSettings, entropy: any RandomNumberGenerator & Sendable) {
        self.settings = settings
        self.entropy = entropy
    }

    /// Nothing is on the wire and everything is written down.
    var isDrained: Bool {
        pendingClaims == 0 && campaignsInFlight == 0 && conversationsInFlight == 0 && isWritten
    }

    /// What has come back is written down, whatever is still on the wire.
    var isWritten: Bool { results.isEmpty && recordings == 0 }

    mutating func step(_ input: SendingInput, at now: Timestamp) -> [SendingEffect] {
        var effects: [SendingEffect] = []
        switch input {
        case .tick: break
        case .woke(let time): if let index = wakes.firstIndex(of: time) { wakes.remove(at: index) }
        case .rang: hasRung = true
        case .looked(let workload): take(workload, at: now)
        case .froze(let id, let count, let isComplete):
            campaigns[id]?.isFreezing = false
            campaigns[id]?.pending += count
            if isComplete { campaigns[id]?.isFrozen = true }
        case .expanded(let id, let count):
            campaigns[id]?.isExpanding = false
            campaigns[id]?.waiting += count
            campaigns[id]?.ready += count
            campaigns[id]?.pending -= count
            if count > 0 { campaigns[id]?.nextDue = nil } else { forget(pendingOf: id) }
        case .claimed(let lane, let came, let granted):
            claimed(came, granted: granted, lane: lane, at: now)
        case .ended(let claim, let handover): ended(claim, as: handover, at: now)
        case .recorded(let written): settle(written)
        case .finishChecked:
            // Finished, or our hints were wrong: either way the store says what is true now.
            hasRung = true
        case .swept(let id):
            // The store says whether there are more.
            sweeping.remove(id)
            hasRung = true
        case .troubled(let effect): undo(effect, at: now)
        case .stop: isStopping = true
        }
        plan(at: now, into: &effects)
        return effects
    }

    /// Nobody was left to expand, though we thought so: the store is asked again.
    private mutating func forget(pendingOf id: CampaignID) {
        campaigns[id]?.pending = 0
        hasRung = true
    }

    private mutating func take(_ workload: Workload, at now: Timestamp) {
        isLooking = false
        nextStart = workload.nextStart
        for number in workload.numbers {
            var work =
                numbers[number.id]
                ?? NumberWork(
                    account: number.account,
                    pacer: Pacer(throughput: number.throughput, reserve: settings.reserve, at: now),
                    isHalted: number.isHalted
                )
            work.account = number.account
            work.pacer.setThroughput(number.throughput, at: now)
            work.isHalted = number.isHalted
            work.conversationDue = number.conversationDue
            numbers[number.id] = work
        }
        cancelled = workload.cancelled
        let known = Set(workload.campaigns.map(\.id))
        campaigns = campaigns.filter { known.contains($0.key) }
        for campaign in workload.campaigns {
            var work =
                campaigns[campaign.id]
                ?? CampaignWork(
                    number: campaign.number,
                    isFrozen: false,
                    pending: 0,
                    waiting: 0,
                    ready: 0,
                    served: campaigns.values.map(\.served).min() ?? 0
                )
            work.isFinishing = false
            work.isFrozen = campaign.isFrozen
            work.pending = campaign.pending
            work.waiting = campaign.waiting
            work.ready = campaign.ready
            (work.nextDue, work.limit) = (nil, nil)
            if let rate = campaign.rate {
                if work.bucket == nil { work.bucket = TokenBucket(rate: Double(rate), at: now) }
                work.bucket?.setRate(Double(rate), at: now)
            } else {
                work.bucket = nil
            }
            campaigns[campaign.id] = work
        }
    }

    private mutating func claimed(_ came: Claimed, granted: Int, lane: Lane, at now: Timestamp) {
        pendingClaims -= 1
        let (claims, next) = (came.claims, came.next)
        let unused = granted - claims.count
        switch lane {
        case .campaign(let id):
            campaignsInFlight -= unused
            if var work = campaigns[id] {
                work.isClaiming = false
                work.waiting = next == nil ? 0 : max(1, work.waiting - claims.count)
                // When the first that waits is not due soon, none is; a limit that stops the campaign says nothing of that.
                let isNoneReady = came.stop == nil && next.map { now.duration(to: $0) > Transaction.soon } ?? true
                work.ready = isNoneReady ? 0 : max(0, work.ready - claims.count)
                work.nextDue = next
                work.limit = came.stop?.limit
                work.served += claims.count
                work.bucket?.putBack(unused)
                campaigns[id] = work
                numbers[work.number]?.pacer.giveBack(unused)
                numbers[work.number]?.pacer.hear(came, at: now)
            }
        case .conversation(let id):
            conversationsInFlight -= unused
            numbers[id]?.isClaiming = false
            numbers[id]?.conversationDue = next
            numbers[id]?.pacer.giveBack(unused)
            numbers[id]?.pacer.hear(came, at: now)
        }
        for claim in claims {
            numbers[claim.number]?.inFlight += 1
            if let campaign = claim.campaign {
                numbers[claim.number]?.heldCampaigns.append(claim)
                unsettled[campaign, default: 0] += 1
            } else {
                numbers[claim.number]?.heldReplies.append(claim)
            }
        }
    }

    private mutating func ended(_ claim: Claim, as handover: Handover, at now: Timestamp) {
        let ending = Ending(handover, of: claim, at: now, backoff: settings.backoff, entropy: Double.random(in: 0..<1, using: &entropy))
        if case .answered(.later(let after, let refusal)) = handover {
            // What Meta says is for everything that the limit covers: what goes before then meets the same refusal.
            let silence = refusal.throughput ? max(settings.stallAfterThrottle, after ?? .zero) : .zero
            if refusal.throughput || refusal.pairLimited { numbers[claim.number]?.pacer.throttled(silentFor: silence, at: now) }
        }
        if case .halted(let scope, _, _, _) = ending { halt(scope, of: claim) }
        if claim.campaign != nil {
            campaignsOnWire -= 1
            answers.leave(1, at: now)
        }
        if case .accepted = ending {
            accepted += 1
            numbers[claim.number]?.pacer.answered(after: claim.intentAt.duration(to: now), at: now)
        }
        note(claim, ending, at: now)
    }

    /// At once, not only when the store has been read again.
    private mutating func halt(_ scope: HaltScope, of claim: Claim) {
        switch scope {
        case .campaign: if let campaign = claim.campaign { campaigns[campaign] = nil }
        case .number: numbers[claim.number]?.isHalted = true
        case .account:
            guard let account = numbers[claim.number]?.account else { return }
            for id in Array(numbers.keys) where numbers[id]?.account == account { numbers[id]?.isHalted = true }
        }
    }

    mutating func note(_ claim: Claim, _ ending: Ending, at now: Timestamp) {
        results.append((claim, ending))
        resultsSince = resultsSince ?? now
        if case .accepted = ending, claim.campaign != nil {} else { areResultsUrgent = true }
        numbers[claim.number]?.inFlight -= 1
        if claim.campaign == nil { conversationsInFlight -= 1 } else { campaignsInFlight -= 1 }
    }

    /// The results of these messages are on disk.
    private mutating func settle(_ written: [(Claim, Ending)]) {
        recordings -= 1
        for campaign in written.compactMap(\.0.campaign) {
            guard let left = unsettled[campaign] else { continue }
            unsettled[campaign] = left > 1 ? left - 1 : nil
        }
    }

    /// The store would not do it (full, overloaded): the machine goes on from what the store says.
    private mutating func undo(_ effect: SendingEffect, at now: Timestamp) {
        hasRung = true
        nextRetry = now.advanced(by: settings.retryAfterTrouble)
        switch effect {
        case .look: isLooking = false
        case .freeze(let id): campaigns[id]?.isFreezing = false
        case .expand(let id, _): campaigns[id]?.isExpanding = false
        case .finish(let id): campaigns[id]?.isFinishing = false
        case .sweep(let id): sweeping.remove(id)
        case .record(let kept):
            recordings -= 1
            results = kept + results
            (resultsSince, areResultsUrgent) = (now, true)
        case .claim(let lane, let granted):
            pendingClaims -= 1
            switch lane {
            case .campaign(let id):
                campaignsInFlight -= granted
                campaigns[id]?.isClaiming = false
            case .conversation(let id):
                conversationsInFlight -= granted
                numbers[id]?.isClaiming = false
            }
        case .handOver, .wake: break
        }
    }

    /// After trouble with the store, the first moment at which it is asked for anything again.
    var nextRetry: Timestamp?
}
