import WaproCore
import WaproRPC
import WaproSending
import WaproStore

extension CampaignHandlers {
    func forecast(_ ask: CampaignForecast) async throws(Fault) -> CampaignForecast.Reply {
        let (vitals, now) = (vitals(), clock.now())
        return try await store.ask { snapshot in
            let campaign = try snapshot.requireCampaign(ask.campaign)
            let (forecast, left, rate) = try snapshot.forecast(of: campaign, rate: vitals.rates[campaign.number], at: now)
            let reach = try snapshot.number(campaign.number).map { try snapshot.reach(of: $0.portfolio) }
            return CampaignForecast.Reply(
                left: Int64(left),
                endAt: forecast.end,
                limit: Open(forecast.limit),
                words: forecast.words(left: left),
                rate: rate,
                messagingLimit: reach?.limit.people.map(Int64.init),
                messagingUsed: reach?.limit.people.map { _ in Int64(reach?.used ?? 0) },
                days: forecast.days.map { ForecastDay(from: $0.from, messages: Int64($0.messages)) }
            )
        }
    }
}

extension Snapshot {
    /// When a campaign will be through, as far as is known now; with the messages that are left and the rate that it gets.
    ///
    /// - Parameter granted: messages a second that its number gives campaigns, where it is known.
    func forecast(of campaign: CampaignRecord, rate granted: Double?, at now: Timestamp) throws -> (Forecast, left: Int, rate: Double) {
        let counts = try counts(of: campaign.id)
        var left = (counts[.pending] ?? 0) + (counts[.waiting] ?? 0)
        if campaign.startedAt == nil { left = try audienceSize(of: campaign) }
        let number = try number(campaign.number)
        let byNumber = granted ?? Double(number?.rate ?? number?.throughput ?? 80) * 0.9
        let rate = min(byNumber, campaign.rate.map(Double.init) ?? .infinity)
        var daily: [Forecast.Daily] = []
        if let cap = campaign.dailyCap {
            let today = try claimedToday(of: campaign.id, at: now)
            daily.append(.init(.dailyCap, most: cap, used: today.count, opensAt: today.opensAt))
        }
        if let number {
            let reach = try reach(of: number.portfolio)
            if let people = reach.limit.people {
                daily.append(.init(.messagingLimit, most: people, used: reach.used, opensAt: reach.opensAt))
            }
        }
        let limit: SendingLimit = campaign.rate.map { Double($0) <= byNumber } ?? false ? .campaignRate : .throughput
        return (Forecast(left: left, rate: rate, by: limit, daily: daily, at: now), left, rate)
    }

    private func audienceSize(of campaign: CampaignRecord) throws -> Int {
        guard let list = campaign.list, let name = try listName(list) else { return try contactCount() }
        return try self.list(named: name)?.members ?? 0
    }
}

extension Forecast {
    /// "through about 2026-11-26T…, held by …: 9600 now, 10000 in the 24 hours after".
    func words(left: Int) -> String {
        guard left > 0 else { return "Nothing is left to send." }
        guard let end else { return "It does not end as things are: \(limit.words) lets nothing leave." }
        guard days.count > 1 else { return "Through about \(end), as \(limit.words) allows." }
        let next = days.dropFirst().prefix(2).map { "\($0.messages) from \($0.from) on" }.joined(separator: ", ")
        return "Through about \(end), as \(limit.words) allows: \(days[0].messages) today, \(next)."
    }
}
