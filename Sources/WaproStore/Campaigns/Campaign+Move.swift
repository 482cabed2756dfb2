import GRDB
public import WaproCore

extension Transaction {
    /// Moves a campaign: exactly one row that is in `from`, or an error; its history row is the event.
    public func move(_ id: CampaignID, from: CampaignState, to: CampaignState, because: Reason, code: Int? = nil) throws {
        guard from.mayMove(to: to) else { throw StoreFailure.notInState("a campaign does not go from \(from.slug) to \(to.slug)") }
        let isOver = to == .finished || to == .cancelled
        let changed = try db.run(
            """
            UPDATE campaign SET state = ?3, held_because = ?4, held_code = ?5, finished_at = ?6 WHERE id = ?1 AND state = ?2
            """,
            [
                id.rawValue, from.rawValue, to.rawValue, to == .held ? because.rawValue : nil, to == .held ? code : nil,
                isOver ? now.milliseconds : nil,
            ]
        )
        guard changed == 1 else { throw StoreFailure.notInState("campaign \(id) is not \(from.slug)") }
        try record(Event(topic: .campaign, campaign: id, from: from.rawValue, to: to.rawValue, because: because, code: code))
        if !to.sends { stop(.campaign(id)) }
        ringWork()
    }

    public func schedule(_ id: CampaignID, at start: Timestamp) throws {
        try move(id, from: .draft, to: .scheduled, because: .asked)
        try db.run("UPDATE campaign SET start_at = ? WHERE id = ?", [start.milliseconds, id.rawValue])
    }

    /// Starts freezing: the audience is everybody who is in it at this moment.
    public func beginFreezing(_ id: CampaignID, from: CampaignState, because: Reason) throws {
        try move(id, from: from, to: .freezing, because: because)
        // Identifiers grow with time, so whoever joins the list after this moment has a larger one.
        let mark = mint(CampaignID.self).rawValue
        try db.run("UPDATE campaign SET started_at = ?2, freeze_mark = ?3 WHERE id = ?1", [id.rawValue, now.milliseconds, mark])
    }

    /// Messages that are cancelled in one transaction: nobody else waits long for it.
    private static let sweep = 200

    /// Stops for good. Whoever has no message yet never gets one; what is on the wire is finished. Of messages that wait the first are
    /// cancelled with it, the others by `sweep`: nobody claims them any more.
    public func cancel(_ id: CampaignID, from: CampaignState) throws {
        try move(id, from: from, to: .cancelled, because: .cancelledByPerson)
        let pending: Int? = try db.row("SELECT count FROM campaign_count WHERE campaign = ? AND state = 0", [id.rawValue])?["count"]
        count(id, from: .pending, to: .cancelled, by: pending ?? 0)
        try sweep(id)
    }

    /// Cancels the next messages of a cancelled campaign.
    public func sweep(_ id: CampaignID) throws {
        guard try campaignState(id) == .cancelled else { return }
        for row in try db.rows("SELECT id, contact FROM message WHERE state = 1 AND campaign = ? LIMIT ?", [id.rawValue, Self.sweep]) {
            let subject = Subject(message: row.id("id"), campaign: id, contact: row.id("contact"))
            try move(subject, from: .waiting, to: .cancelled, because: .cancelledByPerson)
        }
    }

    /// Finishes a campaign in which nothing is left to send; false while something is.
    public func finishIfDone(_ id: CampaignID) throws -> Bool {
        let open = try db.row("SELECT sum(count) AS open FROM campaign_count WHERE campaign = ? AND state IN (0, 1, 2)", [id.rawValue])
        let left: Int? = open?["open"]
        guard left ?? 0 == 0, let campaign = try db.row("SELECT state, is_frozen, total FROM campaign WHERE id = ?", [id.rawValue]),
            campaign["is_frozen"], try campaign.state("state") == CampaignState.running
        else { return false }
        let total: Int = campaign["total"]
        try move(id, from: .running, to: .finished, because: total == 0 ? .emptyAudience : .nothingLeft)
        return true
    }
}

extension Snapshot {
    /// Cancelled campaigns with messages that wait all the same.
    public func unsweptCampaigns() throws -> [CampaignID] {
        try db.rows(
            "SELECT c.id FROM campaign c JOIN campaign_count n ON n.campaign = c.id WHERE c.state = 6 AND n.state = 1 AND n.count > 0"
        ).map { $0.id("id") }
    }
}
