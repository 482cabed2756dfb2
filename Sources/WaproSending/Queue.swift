import WaproCore
import WaproStore

/// The messages that wait, as the dispatcher works on them: look, freeze, expand, claim. Each is one short transaction.
enum Queue {
    /// Starts the campaigns whose time has come and says what there is to do.
    static func look(_ transaction: Transaction) throws -> Workload {
        let now = transaction.now
        let (due, next) = try transaction.scheduledCampaigns(until: now)
        for campaign in due { try transaction.beginFreezing(campaign, from: .scheduled, because: .due) }
        let records = try transaction.sendingCampaigns()
        let campaigns = try records.map { campaign in
            let counts = try transaction.counts(of: campaign.id)
            return Workload.Campaign(
                id: campaign.id,
                number: campaign.number,
                isMarketing: campaign.isMarketing,
                isFrozen: campaign.isFrozen,
                rate: campaign.rate,
                pending: counts[.pending] ?? 0,
                waiting: counts[.waiting] ?? 0
            )
        }
        let numbers = try transaction.numbers().map { number in
            Workload.Number(
                id: number.id,
                throughput: number.rate ?? number.throughput,
                isHalted: number.halted != nil,
                conversationDue: try transaction.nextDue(of: number.id)
            )
        }
        return Workload(records: records, campaigns: campaigns, numbers: numbers, nextStart: next)
    }

    /// Claims what was granted, and says when more of it is due.
    static func claim(
        _ lane: Lane,
        isMarketing: Bool,
        granted: Int,
        boot: BootID,
        _ transaction: Transaction
    ) throws -> ([Claim], next: Timestamp?) {
        switch lane {
        case .campaign(let campaign):
            let claims = try transaction.claim(of: campaign, isMarketing: isMarketing, limit: granted, boot: boot)
            return (claims, try transaction.nextDue(of: campaign))
        case .conversation(let number):
            let claims = try transaction.claimDirect(of: number, limit: granted, boot: boot)
            return (claims, try transaction.nextDue(of: number))
        }
    }
}
