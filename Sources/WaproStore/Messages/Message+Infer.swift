import GRDB
public import WaproCore

/// An attempt of ours of which no wamid is known: a wamid that we do not know may be its own.
public struct UnnamedAttempt: Sendable, Hashable {
    public let id: AttemptID
    public let intentAt: Timestamp
    /// It is the current attempt of a message in doubt. Any other can only make it unclear whose a wamid is.
    public let isInDoubt: Bool

    public init(id: AttemptID, intentAt: Timestamp, isInDoubt: Bool) {
        (self.id, self.intentAt, self.isInDoubt) = (id, intentAt, isInDoubt)
    }
}

extension Snapshot {
    /// The numbers with messages in doubt that no person was asked about yet, and when the oldest of their attempts began.
    public func doubtsAwaitingEvidence() throws -> [(number: NumberID, since: Timestamp)] {
        try db.rows(
            "SELECT number, min(intent_at) AS since FROM message WHERE state = 3 AND listed_at IS NULL GROUP BY number ORDER BY number"
        ).map { ($0.id("number"), $0.time("since")) }
    }

    /// Every attempt from a number, begun at `since` or later, to whoever Meta may know by these digits, that has no wamid: whatever became
    /// of it, and also when a later attempt took its place.
    public func unnamedAttempts(from number: NumberID, to digits: Int64, since: Timestamp) throws -> [UnnamedAttempt] {
        try db.rows(
            """
            SELECT m.id, m.attempt AS ordinal, m.intent_at, m.state = 3 AS is_in_doubt
            FROM contact c JOIN message m ON m.contact = c.id
            WHERE (c.phone = ?1 OR c.wa_id = ?1) AND m.number = ?2 AND m.intent_at >= ?3 AND m.wamid IS NULL
                AND m.is_inbound = 0 AND m.is_foreign = 0
            UNION ALL
            SELECT a.message, a.ordinal, a.intent_at, 0
            FROM contact c JOIN message m ON m.contact = c.id JOIN attempt a ON a.message = m.id
            WHERE (c.phone = ?1 OR c.wa_id = ?1) AND m.number = ?2 AND a.intent_at >= ?3 AND a.wamid IS NULL
            """,
            [digits, number.rawValue, since.milliseconds]
        ).map { row in
            UnnamedAttempt(
                id: AttemptID(message: row.id("id"), ordinal: row["ordinal"]),
                intentAt: row.time("intent_at"),
                isInDoubt: row["is_in_doubt"]
            )
        }
    }
}

extension Transaction {
    /// Meta's message history shows a message that can only be of this attempt.
    ///
    /// False when the attempt is no longer the one in doubt, or the wamid belongs to another.
    public func infer(_ attempt: AttemptID, wamid: String) throws -> Bool {
        guard let known = try message(attempt.message), known.state == .inDoubt, known.attempt == attempt.ordinal, known.wamid == nil,
            try message(wamid: wamid) == nil
        else { return false }
        let subject = Subject(message: known.id, campaign: known.campaign, contact: known.contact)
        try move(subject, from: .inDoubt, to: .accepted, because: .inferred)
        try db.run("UPDATE message SET wamid = ? WHERE id = ?", [wamid, known.id.rawValue])
        return true
    }
}
