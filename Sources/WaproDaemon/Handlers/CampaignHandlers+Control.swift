import WaproCore
import WaproRPC
import WaproStore

extension CampaignHandlers {
    /// Messages that one call decides about.
    private static let resolved = 1000

    static func adjust(_ ask: CampaignAdjust, _ transaction: Transaction) throws -> CampaignID {
        let campaign = try transaction.requireCampaign(ask.campaign)
        guard campaign.state != .cancelled, campaign.state != .finished else { throw campaign.refusal(to: "be adjusted") }
        let keeps = !(ask.unlimited ?? false)
        try transaction.adjust(
            campaign.id,
            rate: ask.rate ?? (keeps ? campaign.rate : nil),
            dailyCap: ask.dailyCap ?? (keeps ? campaign.dailyCap : nil)
        )
        return campaign.id
    }

    static func resolve(_ ask: CampaignResolve, _ transaction: Transaction) throws -> CampaignResolve.Reply {
        let campaign = try transaction.requireCampaign(ask.campaign)
        let messages = try transaction.inDoubt(of: campaign.id, listed: !(ask.early ?? false), limit: resolved)
        if ask.verdict == .resend, campaign.state == .cancelled { throw campaign.refusal(to: "send anything again") }
        for message in messages { try transaction.resolve(message, as: DoubtResolution(ask.verdict)) }
        // The counters are written when the transaction ends.
        let before = try transaction.counts(of: campaign.id)[.inDoubt] ?? 0
        return CampaignResolve.Reply(resolved: Int64(messages.count), inDoubt: Int64(before - messages.count))
    }
}

extension DoubtResolution {
    init(_ verdict: DoubtVerdict) {
        switch verdict {
        case .sent: self = .sent
        case .notSent: self = .notSent
        case .resend: self = .resend
        }
    }
}
