import GRDB
public import WaproCore

extension Transaction {
    /// Changes a campaign's own limits while it runs; sending goes on without a pause. Nil limits are none.
    public func adjust(_ id: CampaignID, rate: Int?, dailyCap: Int?) throws {
        let changed = try db.run("UPDATE campaign SET rate = ?2, daily_cap = ?3 WHERE id = ?1", [id.rawValue, rate, dailyCap])
        guard changed == 1 else { throw StoreFailure.notInState("there is no campaign \(id)") }
        let words = "rate \(rate.map(String.init) ?? "none"), daily cap \(dailyCap.map(String.init) ?? "none")"
        try record(Event(topic: .campaign, campaign: id, because: .asked, detail: words))
        ringWork()
    }

    /// Starts a campaign whose time has come, or does what it says for one that is late.
    public func startDue(_ id: CampaignID) throws {
        guard let campaign = try campaign(id), campaign.state == .scheduled else { return }
        let isLate = campaign.startAt.map { $0.advanced(by: MissedSchedule.grace) < now } ?? false
        switch (isLate, campaign.missed) {
        case (false, _), (true, .send): try beginFreezing(id, from: .scheduled, because: isLate ? .scheduleMissed : .due)
        case (true, .ask): try move(id, from: .scheduled, to: .held, because: .scheduleMissed)
        case (true, .skip): try move(id, from: .scheduled, to: .cancelled, because: .scheduleMissed)
        }
    }

    /// Waiting messages and recipients of campaigns that a release would let go, and messages of conversations. A campaign whose audience is
    /// not complete sends more than is counted here.
    ///
    /// - Parameter numbers: the numbers from which something leaves then and does not now.
    public func willSend(from numbers: Set<NumberID>) throws -> (campaigns: [(campaign: CampaignRecord, waiting: Int)], direct: Int) {
        let campaigns = try sendingCampaigns().filter { numbers.contains($0.number) }.map { campaign in
            let counts = try counts(of: campaign.id)
            return (campaign, (counts[.pending] ?? 0) + (counts[.waiting] ?? 0))
        }
        let direct = try numbers.reduce(0) { total, number in
            let row = try db.row(
                "SELECT count(*) AS count FROM message WHERE state = 1 AND campaign IS NULL AND number = ?",
                [number.rawValue]
            )
            return total + (row?["count"] ?? 0)
        }
        return (campaigns, direct)
    }
}
