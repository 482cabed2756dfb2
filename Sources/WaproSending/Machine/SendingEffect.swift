import WaproCore
import WaproStore

/// What the machine wants done.
enum SendingEffect: Sendable {
    /// Start campaigns whose time has come, and read what there is to do.
    case look
    case freeze(CampaignID)
    case expand(CampaignID, limit: Int)
    case claim(Lane, granted: Int)
    case handOver([Claim])
    case record([(Claim, Ending)])
    case finish(CampaignID)
    /// Cancel the next messages of a cancelled campaign.
    case sweep(CampaignID)
    /// Say `woke` at this time.
    case wake(at: Timestamp)
}
