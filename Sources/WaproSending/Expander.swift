import WaproCore
import WaproStore

/// From an audience to messages: freezes who is in it and writes their messages, in batches that each keep their place, so that a
/// crash goes on exactly there.
enum Expander {
    /// About what the writer freezes in 2 ms, the most that background work may take of a batch.
    private static let freezeBatch = 200

    /// Freezes the next recipients; says how many, and whether the audience is complete.
    static func freeze(_ campaign: CampaignID, _ transaction: Transaction) throws -> (count: Int, isComplete: Bool) {
        let count = try transaction.freeze(campaign, limit: freezeBatch)
        return (count, try transaction.campaign(campaign)?.isFrozen ?? true)
    }

    /// Writes the messages of the next frozen recipients; says how many.
    static func expand(_ campaign: CampaignID, limit: Int, validity: Duration, _ transaction: Transaction) throws -> Int {
        try transaction.expand(campaign, limit: limit, validity: validity)
    }
}
