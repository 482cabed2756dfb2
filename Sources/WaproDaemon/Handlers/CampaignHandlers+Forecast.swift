import WaproCore
import WaproRPC
import WaproSending
import WaproStore

extension CampaignHandlers {
    func forecast(_ ask: CampaignForecast, _ caller: Caller) async throws(Fault) -> CampaignForecast.Reply {
        let (vitals, now) = (vitals(), clock.now())
        return try await store.ask { snapshot in
            let campaign = try snapshot.requireCampaign(ask.campaign)
            let outlook = try snapshot.outlook(
                of: campaign,
                rate: vitals.rates[campaign.number],
                at: now,
                withReason: !caller.seesOnlyCounts
            )
            let people = outlook.reach?.limit.people
            return CampaignForecast.Reply(
                left: Int64(outlook.left),
                endAt: outlook.end,
                limit: Open(outlook.forecast.limit),
                words: outlook.words,
                rate: outlook.rate,
                messagingLimit: people.map(Int64.init),
                messagingUsed: people.map { _ in Int64(outlook.reach?.used ?? 0) },
                days: outlook.days.map { ForecastDay(from: $0.from, messages: Int64($0.messages)) }
            )
        }
    }
}
