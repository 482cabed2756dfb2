import GRDB
public import WaproCore

/// What a person says of a message in doubt.
public enum DoubtResolution: String, Sendable, Hashable, CaseIterable {
    /// The person has it.
    case sent
    /// The person does not have it, and shall not get it.
    case notSent = "not_sent"
    /// The person does not have it: send it again.
    case resend
}

/// What happens when a window of doubt ends without evidence, by the category of the message.
public struct DoubtPolicies: Sendable, Hashable {
    public var marketing = DoubtPolicy.list
    public var utility = DoubtPolicy.list
    public var authentication = DoubtPolicy.list
    /// Replies in a conversation.
    public var service = DoubtPolicy.list

    public init() {}

    subscript(category: String) -> DoubtPolicy {
        switch category {
        case "MARKETING": marketing
        case "UTILITY": utility
        case "AUTHENTICATION": authentication
        case "SERVICE": service
        default: .list
        }
    }
}

extension Transaction {
    /// Ends the wait of messages that came in doubt at or before `time`: a person is asked, or they are sent again where the configuration says
    /// so and their not-after allows it, once. At most `limit`.
    public func endDoubt(cameBefore time: Timestamp, policies: DoubtPolicies, limit: Int) throws -> (listed: Int, resent: Int) {
        var (listed, resent) = (0, 0)
        let rows = try db.rows(
            """
            SELECT m.id, m.campaign, m.contact, m.not_after,
                CASE WHEN m.kind <> 'template' THEN 'SERVICE'
                    ELSE coalesce(json_extract(c.definition, '$.category'), json_extract(m.content, '$.template.category'), '') END AS category,
                EXISTS (SELECT 1 FROM attempt WHERE message = m.id AND because = ?3) AS was_resent
            FROM message m LEFT JOIN campaign c ON c.id = m.campaign
            WHERE m.state = 3 AND m.listed_at IS NULL AND m.updated_at <= ?1 ORDER BY m.id LIMIT ?2
            """,
            [time.milliseconds, limit, Reason.resendByPolicy.rawValue]
        )
        for row in rows {
            let subject = Subject(message: row.id("id"), campaign: row.id(orNil: "campaign"), contact: row.id("contact"))
            let isInTime = row.time(orNil: "not_after").map { $0 > now } ?? true
            // Once: what comes to nothing a second time is not a matter of luck.
            if DoubtPolicy.resend == policies[row["category"]], isInTime, !(row["was_resent"] as Bool), try reopen(subject.campaign) {
                try move(subject, from: .inDoubt, to: .waiting, because: .resendByPolicy, dueAt: now)
                // Kept now: what postpones it writes another reason over this one.
                try retire(subject.message)
                resent += 1
            } else {
                try db.run(
                    "UPDATE message SET listed_at = ?2, because = ?3 WHERE id = ?1",
                    [
                        subject.message.rawValue, now.milliseconds, Reason.doubtWindowEnded.rawValue,
                    ]
                )
                try record(
                    Event(
                        topic: .message,
                        message: subject.message,
                        campaign: subject.campaign,
                        contact: subject.contact,
                        because: .doubtWindowEnded
                    )
                )
                listed += 1
            }
        }
        return (listed, resent)
    }

    /// A person decides. Evidence that comes later still goes before it.
    public func resolve(_ message: MessageRecord, as resolution: DoubtResolution) throws {
        let subject = Subject(message: message.id, campaign: message.campaign, contact: message.contact)
        switch resolution {
        case .sent: try move(subject, from: .inDoubt, to: .accepted, because: .resolvedSent)
        case .notSent: try move(subject, from: .inDoubt, to: .failed, because: .resolvedNotSent)
        case .resend:
            guard try reopen(message.campaign) else { throw StoreFailure.notInState("the campaign was cancelled") }
            try move(subject, from: .inDoubt, to: .waiting, because: .resendOrdered, dueAt: now)
        }
    }
}

extension Snapshot {
    /// Messages of a campaign that are in doubt, oldest first; with `listed`, only those that wait for a person.
    public func inDoubt(of campaign: CampaignID, listed: Bool, limit: Int) throws -> [MessageRecord] {
        try db.rows(
            "SELECT * FROM message WHERE state = 3 AND campaign = ? AND (listed_at IS NOT NULL OR ?) ORDER BY id LIMIT ?",
            [campaign.rawValue, !listed, limit]
        ).map(MessageRecord.init)
    }

    /// How many messages of a campaign wait for a person to decide.
    public func listedDoubts(of campaign: CampaignID) throws -> Int {
        try db.row(
            "SELECT count(*) AS count FROM message WHERE state = 3 AND campaign = ? AND listed_at IS NOT NULL",
            [campaign.rawValue]
        )?[
            "count"
        ] ?? 0
    }

    /// Messages of all kinds that wait for a person to decide.
    public func listedDoubts() throws -> Int {
        try db.row("SELECT count(*) AS count FROM message WHERE state = 3 AND listed_at IS NOT NULL")?["count"] ?? 0
    }

    /// The message with Meta's id, in either direction and of any attempt; nil when it is not known.
    public func message(wamid: String) throws -> MessageID? {
        if let row = try db.row("SELECT id FROM message WHERE wamid = ?", [wamid]) { return row.id("id") }
        return try db.row("SELECT message AS id FROM attempt WHERE wamid = ?", [wamid])?.id("id")
    }
}
