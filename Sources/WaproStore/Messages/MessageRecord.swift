import GRDB
public import WaproCore

/// A message, in either direction.
public struct MessageRecord: Sendable, Hashable {
    public let id: MessageID
    public let isInbound: Bool
    public let campaign: CampaignID?
    public let contact: ContactID
    public let number: NumberID
    public let state: MessageState
    public let dueAt: Timestamp
    public let notAfter: Timestamp?
    /// How many attempts were begun; the last one is described by `bootID`, `intentAt`, `wamid`.
    public let attempt: Int
    public let intentAt: Timestamp?
    public let wamid: String?
    /// Meta's error code behind the state, if one is.
    public let code: Int?
    public let because: Reason
    /// `template`, `text`, or the inbound type.
    public let kind: String
    /// Of a direct send its parameters, of an inbound message its type node; JSON. Nil for a campaign's message.
    public let content: String?
    /// Sent by another application or from the phone.
    public let isForeign: Bool
    /// When a person was asked about it; only of one that is in doubt.
    public let listedAt: Timestamp?
    public let createdAt: Timestamp
    public let updatedAt: Timestamp

    init(_ row: Row) throws {
        id = row.id("id")
        isInbound = row["is_inbound"]
        campaign = row.id(orNil: "campaign")
        contact = row.id("contact")
        number = row.id("number")
        state = try row.state("state")
        dueAt = row.time("due_at")
        notAfter = row.time(orNil: "not_after")
        attempt = row["attempt"]
        intentAt = row.time(orNil: "intent_at")
        wamid = row["wamid"]
        code = row["code"]
        because = try row.state("because")
        kind = row["kind"]
        content = row["content"]
        isForeign = row["is_foreign"]
        listedAt = row.time(orNil: "listed_at")
        createdAt = row.time("created_at")
        updatedAt = row.time("updated_at")
    }
}

/// An attempt that a later one replaced.
public struct AttemptRecord: Sendable, Hashable {
    public let id: AttemptID
    public let intentAt: Timestamp
    public let because: Reason
    public let code: Int?
    public let fact: StatusFact?
}

extension Snapshot {
    public func message(_ id: MessageID) throws -> MessageRecord? {
        try db.row("SELECT * FROM message WHERE id = ?", [id.rawValue]).map(MessageRecord.init)
    }

    /// Messages by key, newest first; every filter that is given narrows.
    public func messages(contact: ContactID?, number: NumberID?, before: MessageID?, limit: Int) throws -> [MessageRecord] {
        let bound = before?.rawValue ?? Int64.max
        if let contact {
            return try db.rows(
                "SELECT * FROM message WHERE contact = ?1 AND id < ?2 AND (?3 IS NULL OR number = ?3) ORDER BY id DESC LIMIT ?4",
                [contact.rawValue, bound, number?.rawValue, limit]
            ).map(MessageRecord.init)
        }
        return try db.rows(
            "SELECT * FROM message WHERE id < ?1 AND (?2 IS NULL OR number = ?2) ORDER BY id DESC LIMIT ?3",
            [bound, number?.rawValue, limit]
        ).map(MessageRecord.init)
    }

    /// Attempts that were replaced, oldest first.
    public func pastAttempts(of message: MessageID) throws -> [AttemptRecord] {
        try db.rows(
            "SELECT a.* FROM attempt a JOIN message m ON m.id = a.message WHERE a.message = ? AND a.ordinal < m.attempt ORDER BY a.ordinal",
            [message.rawValue]
        ).map { row in
            let fact: Int? = row["fact"]
            return AttemptRecord(
                id: AttemptID(message: message, ordinal: row["ordinal"]),
                intentAt: row.time("intent_at"),
                because: try row.state("because"),
                code: row["code"],
                fact: fact.flatMap(StatusFact.init(rawValue:))
            )
        }
    }

    /// How many messages there are to send, whatever they belong to: without a message yet, waiting, between claim and answer, in doubt.
    public func queueShape() throws -> (pending: Int, waiting: Int, sending: Int, inDoubt: Int) {
        func count(_ sql: String) throws -> Int { try Int.fetchOne(db.cachedStatement(sql: sql)) ?? 0 }
        let open = "SELECT sum(count) FROM campaign_count WHERE campaign IN (SELECT id FROM campaign WHERE state IN (2, 3)) AND state ="
        return (
            try count("\(open) 0"), try count("\(open) 1") + count("SELECT count(*) FROM message WHERE state = 1 AND campaign IS NULL"),
            try count("SELECT count(*) FROM message WHERE state = 2"), try count("SELECT count(*) FROM message WHERE state = 3")
        )
    }

    /// Messages of campaigns that send and of conversations that wait for a number.
    public func waiting(of number: NumberID) throws -> Int {
        let direct = try db.row(
            "SELECT count(*) AS count FROM message WHERE state = 1 AND campaign IS NULL AND number = ?",
            [number.rawValue]
        )
        let campaigns = try db.row(
            """
            SELECT sum(count) AS count FROM campaign_count
            WHERE campaign IN (SELECT id FROM campaign WHERE state IN (2, 3) AND number = ?) AND state IN (0, 1)
            """,
            [number.rawValue]
        )
        let (one, other): (Int?, Int?) = (direct?["count"], campaigns?["count"])
        return (one ?? 0) + (other ?? 0)
    }
}
