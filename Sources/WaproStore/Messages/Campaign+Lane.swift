import GRDB
public import WaproCore

/// What a claim asks of its campaign, in one look.
struct CampaignLane {
    let state: CampaignState
    let number: NumberID
    let portfolio: PortfolioID
    let dailyCap: Int?
    /// Meta stopped the number, or a person holds it.
    let isStopped: Bool
    let isTemplateSendable: Bool
    /// Meta calls its template marketing by now.
    let isMarketing: Bool
}

extension Transaction {
    func lane(of campaign: CampaignID) throws -> CampaignLane? {
        guard
            let row = try db.row(
                """
                SELECT c.state, c.number, c.daily_cap, t.status, t.is_gone, t.category, n.halted, a.portfolio
                FROM campaign c JOIN template t ON t.id = c.template JOIN number n ON n.id = c.number JOIN account a ON a.id = n.account
                WHERE c.id = ?
                """,
                [campaign.rawValue]
            )
        else { return nil }
        let number: NumberID = row.id("number")
        let (halted, isGone): (Int?, Bool) = (row["halted"], row["is_gone"])
        return CampaignLane(
            state: try row.state("state"),
            number: number,
            portfolio: row.id("portfolio"),
            dailyCap: row["daily_cap"],
            isStopped: try halted != nil || isHeld(number),
            isTemplateSendable: row["status"] == Template.Status.approved.rawValue && !isGone,
            isMarketing: row["category"] == "MARKETING"
        )
    }

    func countToday(_ count: Int, of campaign: CampaignID) throws {
        guard count > 0 else { return }
        let hour = now.milliseconds / 3_600_000
        try db.run(
            "INSERT INTO campaign_hour (campaign, hour, count) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET count = count + ?3",
            [campaign.rawValue, hour, count]
        )
        try db.run("DELETE FROM campaign_hour WHERE campaign = ? AND hour < ?", [campaign.rawValue, hour - 24])
    }

    /// A claim that was counted did not become a message.
    func uncount(_ claim: Claim) throws {
        guard let campaign = claim.campaign else { return }
        try db.run(
            "UPDATE campaign_hour SET count = count - 1 WHERE campaign = ? AND hour = ? AND count > 0",
            [campaign.rawValue, claim.intentAt.milliseconds / 3_600_000]
        )
    }
}

extension Snapshot {
    /// Messages of a campaign that were claimed in the last 24 hours, whole hours counted (so never too few), and when the first hour of
    /// them no longer counts.
    public func claimedToday(of campaign: CampaignID, at now: Timestamp) throws -> (count: Int, opensAt: Timestamp?) {
        let row = try db.row(
            "SELECT sum(count) AS count, min(hour) AS first FROM campaign_hour WHERE campaign = ? AND hour >= ?",
            [campaign.rawValue, now.milliseconds / 3_600_000 - 24]
        )
        let (count, first): (Int?, Int64?) = (row?["count"], row?["first"])
        return (count ?? 0, first.map { Timestamp(milliseconds: ($0 + 25) * 3_600_000) })
    }
}
