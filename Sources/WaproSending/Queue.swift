import WaproCore
import WaproStore

/// The messages that wait, as the dispatcher works on them: look, freeze, expand, claim. Each is one short transaction.
enum Queue {
    /// Starts the campaigns whose time has come and says what there is to do.
    ///
    /// - Parameter ahead: how many messages that may go soon are worth counting.
    static func look(_ transaction: Transaction, ahead: Int = SendingSettings().ahead) throws -> Workload {
        let (due, next) = try transaction.scheduledCampaigns(until: transaction.now)
        for campaign in due { try transaction.startDue(campaign) }
        let records = try transaction.sendingCampaigns()
        let campaigns = try records.map { campaign in
            let counts = try transaction.counts(of: campaign.id)
            return Workload.Campaign(
                id: campaign.id,
                number: campaign.number,
                isFrozen: campaign.isFrozen,
                rate: campaign.rate,
                pending: counts[.pending] ?? 0,
                waiting: counts[.waiting] ?? 0,
                ready: try transaction.ready(of: campaign.id, of: counts[.waiting] ?? 0, limit: ahead)
            )
        }
        let numbers = try transaction.numbers().map { number in
            Workload.Number(
                id: number.id,
                account: number.account,
                throughput: number.rate ?? number.throughput,
                isHalted: try number.halted != nil || transaction.isHeld(number.id),
                conversationDue: try transaction.nextDue(of: number.id)
            )
        }
        return Workload(
            records: records,
            campaigns: campaigns,
            numbers: numbers,
            cancelled: try transaction.unsweptCampaigns(),
            nextStart: next
        )
    }

    /// Claims what was granted, and says when more of it is due.
    static func claim(
        _ lane: Lane,
        granted: Int,
        boot: BootID,
        rules: ClaimRules = ClaimRules(),
        _ transaction: Transaction
    ) throws -> Claimed {
        switch lane {
        case .campaign(let campaign): try transaction.claim(of: campaign, limit: granted, boot: boot, rules: rules)
        case .conversation(let number): try transaction.claimDirect(of: number, limit: granted, boot: boot)
        }
    }
}
