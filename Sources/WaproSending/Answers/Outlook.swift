public import WaproCore
public import WaproStore

/// When a campaign will be through, as far as is known now, or what keeps it from sending at all.
public struct Outlook: Sendable, Hashable {
    /// Messages that are still to be sent; of a campaign that has not started, people in its audience.
    public let left: Int
    /// Messages a second that it gets while it sends.
    public let rate: Double
    /// As if nothing stood still.
    public let forecast: Forecast
    public let standstill: Standstill?
    /// How far its portfolio is into Meta's limit of people.
    public let reach: Reach?
    let beginning: Beginning

    /// When the messages begin to leave.
    enum Beginning: Sendable, Hashable {
        case begun
        /// A draft, which somebody starts or not.
        case whenStarted
        case scheduled(Timestamp)
    }

    /// Nil when it never ends as things are.
    public var end: Timestamp? { standstill == nil ? forecast.end : nil }
    public var days: [Forecast.Day] { standstill == nil ? forecast.days : [] }

    public var words: String {
        guard left > 0 else { return "Nothing is left to send." }
        if let standstill {
            let words = standstill.words.prefix(1).uppercased() + standstill.words.dropFirst()
            return "\(words). \(standstill.next)"
        }
        return switch beginning {
        case .begun: forecast.words
        case .whenStarted: "If it starts now: \(forecast.words)"
        case .scheduled(let start): "Beginning at \(start): \(forecast.words)"
        }
    }
}

extension Forecast {
    /// "through about 2026-11-26T…, as … allows: 9600 in the first 24 hours, 10000 from … on".
    fileprivate var words: String {
        guard let end else { return "It does not end as things are: \(limit.words) lets nothing leave." }
        guard days.count > 1 else { return "Through about \(end), as \(limit.words) allows." }
        let next = days.dropFirst().prefix(2).map { "\($0.messages) from \($0.from) on" }.joined(separator: ", ")
        return "Through about \(end), as \(limit.words) allows: \(days[0].messages) in the first 24 hours, \(next)."
    }
}

extension Snapshot {
    /// - Parameters:
    ///   - granted: messages a second that its number gives campaigns, where it is known.
    ///   - withReason: see `standstill(of:withReason:)`.
    public func outlook(of campaign: CampaignRecord, rate granted: Double?, at now: Timestamp, withReason: Bool) throws -> Outlook {
        let left = try remaining(of: campaign)
        let number = try number(campaign.number)
        let reach = try number.map { try self.reach(of: $0.portfolio) }
        let rivals = try competitors(of: campaign, in: number?.portfolio)
        let byNumber = FairShare.rate(
            of: granted ?? Double(number?.rate ?? number?.throughput ?? 80) * 0.9,
            among: rivals.filter { $0.campaign.number == campaign.number }.map { rival in rival.campaign.rate.map { Double($0) } }
        )
        var daily: [Forecast.Daily] = []
        if let cap = campaign.dailyCap {
            let today = try claimedToday(of: campaign.id, at: now)
            daily.append(.init(.dailyCap, most: cap, used: today.count, opensAt: today.opensAt))
        }
        if let reach, let people = reach.limit.people {
            let others = rivals.map(\.left)
            let most = FairShare.part(of: people, among: others)
            let free = FairShare.part(of: max(0, people - reach.used), among: others)
            daily.append(.init(.messagingLimit, most: most, used: most - free, opensAt: reach.opensAt))
        }
        let start = campaign.state == .scheduled ? max(now, campaign.startAt ?? now) : now
        let ownRate = campaign.rate.map { Double($0) }
        let isOwn = ownRate.map { $0 <= byNumber } ?? false
        let rate = min(byNumber, ownRate ?? .infinity)
        let forecast = Forecast(
            left: left,
            rate: rate,
            by: isOwn ? .campaignRate : .throughput,
            daily: daily,
            later: try deferrals(of: campaign.id, after: start).map { .init(from: $0.until, messages: $0.count) },
            at: start
        )
        let beginning: Outlook.Beginning =
            switch campaign.state {
            case .draft: .whenStarted
            case .scheduled: .scheduled(start)
            default: .begun
            }
        return Outlook(
            left: left,
            rate: rate,
            forecast: forecast,
            standstill: try standstill(of: campaign, withReason: withReason),
            reach: reach,
            beginning: beginning
        )
    }

    /// Whoever is not frozen yet counts as the audience is now.
    private func remaining(of campaign: CampaignRecord) throws -> Int {
        let counts = try counts(of: campaign.id)
        let open = (counts[.pending] ?? 0) + (counts[.waiting] ?? 0)
        guard !campaign.isFrozen, campaign.state != .cancelled else { return open }
        return open + max(0, try audienceSize(of: campaign) - campaign.total)
    }

    private func audienceSize(of campaign: CampaignRecord) throws -> Int {
        guard let list = campaign.list, let name = try listName(list) else { return try contactCount() }
        return try self.list(named: name)?.members ?? 0
    }

    /// Other campaigns of the portfolio that send and have something left.
    private func competitors(of campaign: CampaignRecord, in portfolio: PortfolioID?) throws -> [(campaign: CampaignRecord, left: Int)] {
        let numbers = Set(try numbers().filter { $0.portfolio == portfolio }.map(\.id))
        return try sendingCampaigns().filter { $0.id != campaign.id && numbers.contains($0.number) }.compactMap { other in
            let left = try remaining(of: other)
            return try left > 0 && standstill(of: other, withReason: false) == nil ? (other, left) : nil
        }
    }
}
