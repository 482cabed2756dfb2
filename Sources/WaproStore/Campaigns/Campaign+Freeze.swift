import GRDB
public import WaproCore

extension Transaction {
    /// Freezes the next recipients of a campaign's audience, in order of contact; returns how many. When the audience is complete the
    /// campaign goes on to `running`.
    ///
    /// The audience is who was in it when freezing began (`freeze_mark`), whatever happens meanwhile; the place reached is committed
    /// with the rows, so a crash goes on where it stopped and nobody is frozen twice.
    public func freeze(_ id: CampaignID, limit: Int) throws -> Int {
        guard
            let campaign = try db.row(
                "SELECT list, freeze_mark, freeze_cursor, state FROM campaign WHERE id = ? AND is_frozen = 0 AND freeze_mark IS NOT NULL",
                [id.rawValue]
            ),
            try campaign.state("state") == CampaignState.freezing
        else { return 0 }
        let (list, mark, cursor): (Int64?, Int64, Int64) = (campaign["list"], campaign["freeze_mark"], campaign["freeze_cursor"])
        let next =
            if let list {
                try db.rows(
                    "SELECT contact AS id FROM list_member WHERE list = ? AND contact > ? AND added <= ? ORDER BY contact LIMIT ?",
                    [list, cursor, mark, limit]
                )
            } else {
                try db.rows("SELECT id FROM contact WHERE id > ? AND id <= ? ORDER BY id LIMIT ?", [cursor, mark, limit])
            }
        for row in next {
            try db.run("INSERT INTO recipient (campaign, contact) VALUES (?, ?)", [id.rawValue, row["id"] as Int64])
        }
        count(id, from: nil, to: .pending, by: next.count)
        let isComplete = next.count < limit
        try db.run(
            "UPDATE campaign SET total = total + ?2, freeze_cursor = ?3, is_frozen = ?4 WHERE id = ?1",
            [id.rawValue, next.count, next.last.map { $0["id"] as Int64 } ?? cursor, isComplete]
        )
        if isComplete { try move(id, from: .freezing, to: .running, because: .audienceComplete) }
        return next.count
    }

    /// Writes the messages of the next frozen recipients, in order of contact; returns how many.
    ///
    /// - Parameter validity: how long a message may wait to be sent where the campaign does not say.
    public func expand(_ id: CampaignID, limit: Int, validity: Duration = .seconds(7 * 86_400)) throws -> Int {
        guard
            let campaign = try db.row(
                """
                SELECT state, number, expand_cursor, expires_at, coalesce(json_extract(definition, '$.category') = 'MARKETING', 0) AS is_marketing
                FROM campaign WHERE id = ?
                """,
                [id.rawValue]
            ),
            try (campaign.state("state") as CampaignState).sends
        else { return 0 }
        let cursor: Int64 = campaign["expand_cursor"]
        let (number, isMarketing, expires): (Int64, Bool, Int64?) = (campaign["number"], campaign["is_marketing"], campaign["expires_at"])
        let notAfter = expires ?? now.advanced(by: validity).milliseconds
        let next = try db.rows(
            "SELECT contact FROM recipient WHERE campaign = ? AND contact > ? ORDER BY contact LIMIT ?",
            [id.rawValue, cursor, limit]
        )
        guard let last = next.last else { return 0 }
        for row in next {
            let contact: Int64 = row["contact"]
            let message = mint(MessageID.self)
            try db.run(
                """
                INSERT INTO message (id, is_inbound, campaign, contact, number, state, due_at, not_after, because, kind, is_marketing,
                    created_at, updated_at)
                VALUES (?1, 0, ?2, ?3, ?4, 1, ?5, ?6, ?7, 'template', ?8, ?5, ?5)
                """,
                [message.rawValue, id.rawValue, contact, number, now.milliseconds, notAfter, Reason.expanded.rawValue, isMarketing]
            )
            let changed = try db.run(
                "UPDATE recipient SET message = ?3 WHERE campaign = ?1 AND contact = ?2 AND message IS NULL",
                [id.rawValue, contact, message.rawValue]
            )
            guard changed == 1 else { throw StoreFailure.notInState("a recipient of \(id) has a message already") }
        }
        count(id, from: .pending, to: .waiting, by: next.count)
        try db.run("UPDATE campaign SET expand_cursor = ?2 WHERE id = ?1", [id.rawValue, last["contact"] as Int64])
        return next.count
    }
}
