import WaproCore
import WaproStore

/// What happened, as the machine is told.
enum SendingInput: Sendable {
    /// Time passed.
    case tick
    /// A wake that was asked for came, perhaps early or late by a clock that has jumped since.
    case woke(Timestamp)
    /// Something in the store may be new.
    case rang
    /// What the store says there is to do.
    case looked(Workload)
    case froze(CampaignID, count: Int, isComplete: Bool)
    case expanded(CampaignID, count: Int)
    /// What was granted came back claimed, or not.
    case claimed(Lane, Claimed, granted: Int)
    /// What became of a claim that was handed over.
    case ended(Claim, Handover)
    /// These results are on disk.
    case recorded([(Claim, Ending)])
    /// The store refused an effect; what it was about is tried again.
    case troubled(SendingEffect)
    case finishChecked(CampaignID)
    /// Messages of a cancelled campaign were cancelled with it.
    case swept(CampaignID)
    /// Hand nothing over any more.
    case stop
}

/// Who a grant is for: a campaign, or the conversations of a number, which go first.
enum Lane: Sendable, Hashable {
    case campaign(CampaignID)
    case conversation(NumberID)
}

/// What the store says there is to do.
struct Workload: Sendable {
    struct Campaign: Sendable {
        var id: CampaignID
        var number: NumberID
        var isFrozen: Bool
        var rate: Int?
        var pending: Int
        var waiting: Int
        /// Of those, who may go within the next minutes; counted only as far as matters.
        var ready: Int
    }

    struct Number: Sendable {
        var id: NumberID
        var account: AccountID
        /// Messages a second, inbound and outbound together.
        var throughput: Int
        /// By Meta, or held by a person.
        var isHalted: Bool
        /// When the first conversation message is due; nil when none waits.
        var conversationDue: Timestamp?
    }

    /// What the sender needs to render their messages.
    var records: [CampaignRecord] = []
    var campaigns: [Campaign]
    var numbers: [Number]
    /// Cancelled, with messages that are not yet.
    var cancelled: [CampaignID] = []
    /// When the next scheduled campaign starts.
    var nextStart: Timestamp?
}
