import GRDB
public import WaproCore

/// A recipient of a campaign and where they stand.
public struct RecipientRecord: Sendable, Hashable {
    public let contact: ContactID
    public let phone: PhoneNumber?
    public let name: String?
    public let state: MessageState
    public let because: Reason?
    public let code: Int?
    public let message: MessageID?
    public let updatedAt: Timestamp?
}

extension Snapshot {
    /// How many recipients are in each state. They add up to the campaign's total.
    public func counts(of campaign: CampaignID) throws -> [MessageState: Int] {
        var counts: [MessageState: Int] = [:]
        for row in try db.rows("SELECT state, count FROM campaign_count WHERE campaign = ?", [campaign.rawValue]) {
            counts[try row.state("state")] = row["count"]
        }
        return counts
    }

    /// How many recipients failed for each of Meta's error codes (0: not an error of Meta's), most first.
    public func failures(of campaign: CampaignID) throws -> [(code: Int, count: Int)] {
        try db.rows(
            "SELECT code, count FROM campaign_failure WHERE campaign = ? AND count > 0 ORDER BY count DESC, code",
            [campaign.rawValue]
        )
        .map { ($0["code"], $0["count"]) }
    }

    /// One recipient of a campaign; nil for who is not in its audience.
    public func recipient(_ contact: ContactID, of campaign: CampaignRecord) throws -> RecipientRecord? {
        try recipients(of: campaign, state: nil, after: ContactID(rawValue: contact.rawValue - 1), limit: 1).rows.first {
            $0.contact == contact
        }
    }

    /// How many waiting messages of a campaign are not due yet.
    public func deferred(of campaign: CampaignID, at now: Timestamp) throws -> Int {
        try db.row(
            "SELECT count(*) AS count FROM message WHERE state = 1 AND campaign = ? AND due_at > ?",
            [campaign.rawValue, now.milliseconds]
        )?["count"] ?? 0
    }

    /// Waiting messages of a campaign that are due after `time`, hour by hour: how many, and from when on all of them may leave.
    public func deferrals(of campaign: CampaignID, after time: Timestamp) throws -> [(until: Timestamp, count: Int)] {
        try db.rows(
            """
            SELECT max(due_at) AS until, count(*) AS count FROM message WHERE state = 1 AND campaign = ?1 AND due_at > ?2
            GROUP BY (due_at - ?2) / 3600000 ORDER BY until
            """,
            [campaign.rawValue, time.milliseconds]
        ).map { ($0.time("until"), $0["count"]) }
    }

    /// Recipients by key. A page looks at no more than `limit` recipients when a state is asked for, so that it stays short; it may then
    /// hold fewer, and `next` says where to go on.
    public func recipients(
        of campaign: CampaignRecord,
        state: MessageState?,
        after: ContactID?,
        limit: Int
    ) throws -> (
        rows: [RecipientRecord], next: ContactID?
    ) {
        let seen = state == nil ? limit : max(limit, 5000)
        let rows = try db.cursor(
            """
            SELECT r.contact, r.message, m.state, m.because, m.code, m.updated_at, c.phone, c.name
            FROM recipient r LEFT JOIN message m ON m.id = r.message JOIN contact c ON c.id = r.contact
            WHERE r.campaign = ? AND r.contact > ? ORDER BY r.contact LIMIT ?
            """,
            [campaign.id.rawValue, after?.rawValue ?? 0, seen]
        )
        var found: [RecipientRecord] = []
        var last: ContactID?
        var looked = 0
        while found.count < limit, let row = try rows.next() {
            looked += 1
            let contact: ContactID = row.id("contact")
            last = contact
            let stored: Int? = row["state"]
            let now = stored.flatMap(MessageState.init(rawValue:)) ?? (campaign.state == .cancelled ? .cancelled : .pending)
            guard state == nil || state == now else { continue }
            let (because, phone): (Int?, Int64?) = (row["because"], row["phone"])
            found.append(
                RecipientRecord(
                    contact: contact,
                    phone: phone.flatMap { PhoneNumber(value: $0) },
                    name: row["name"],
                    state: now,
                    because: because.flatMap(Reason.init(rawValue:)),
                    code: row["code"],
                    message: row.id(orNil: "message"),
                    updatedAt: row.time(orNil: "updated_at")
                )
            )
        }
        return (found, looked < seen && found.count < limit ? nil : last)
    }
}
