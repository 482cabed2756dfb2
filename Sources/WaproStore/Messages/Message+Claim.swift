import GRDB
public import WaproCore

/// A message whose intent to send is committed, with what is needed to render it.
public struct Claim: Sendable, Hashable {
    public let attempt: AttemptID
    public let campaign: CampaignID?
    public let contact: ContactID
    public let number: NumberID
    public let intentAt: Timestamp
    /// The claim's place in the order of commits: what is stopped later keeps it from being handed over.
    public let mark: Int64
    /// E.164 digits, or nil for a person who is known by BSUID only.
    public let phone: PhoneNumber?
    /// Business-scoped user id.
    public let userID: String?
    public let name: String?
    /// The contact's attributes, JSON.
    public let attributes: String
    /// `template` or `text`.
    public let kind: String
    /// Of a direct send: its parameters, JSON.
    public let content: String?

    public var subject: Transaction.Subject {
        Transaction.Subject(message: attempt.message, campaign: campaign, contact: contact)
    }
}

extension Transaction {
    /// Claims up to `limit` due messages of a campaign, oldest first: commits the intent to send each.
    ///
    /// What forbids sending is read again here, in the transaction of the intent: the campaign's state, an opt-out (marketing only),
    /// the not-after. A message that is forbidden is moved to its final state instead.
    public func claim(of campaign: CampaignID, isMarketing: Bool, limit: Int, boot: BootID) throws -> [Claim] {
        guard let state = try campaignState(campaign), state.sends else { return [] }
        return try claim(
            """
            SELECT m.id, m.attempt, m.campaign, m.contact, m.number, m.not_after, m.kind, m.content,
                c.phone, c.user_id, c.name, c.attributes, c.opted_out_at
            FROM message m JOIN contact c ON c.id = m.contact
            WHERE m.state = 1 AND m.campaign = ?1 AND m.due_at <= ?2 ORDER BY m.due_at, m.id LIMIT ?3
            """,
            [campaign.rawValue, now.milliseconds, limit],
            isMarketing: isMarketing,
            boot: boot
        )
    }

    /// Claims up to `limit` due messages of a number that belong to no campaign.
    public func claimDirect(of number: NumberID, limit: Int, boot: BootID) throws -> [Claim] {
        try claim(
            """
            SELECT m.id, m.attempt, m.campaign, m.contact, m.number, m.not_after, m.kind, m.content,
                c.phone, c.user_id, c.name, c.attributes, NULL AS opted_out_at
            FROM message m JOIN contact c ON c.id = m.contact
            WHERE m.state = 1 AND m.campaign IS NULL AND m.number = ?1 AND m.due_at <= ?2 ORDER BY m.due_at, m.id LIMIT ?3
            """,
            [number.rawValue, now.milliseconds, limit],
            isMarketing: false,
            boot: boot
        )
    }

    private func claim(_ sql: String, _ arguments: [Value?], isMarketing: Bool, boot: BootID) throws -> [Claim] {
        var claims: [Claim] = []
        let mark = mint(MessageID.self).rawValue
        for row in try db.rows(sql, arguments) {
            let subject = Subject(message: row.id("id"), campaign: row.id(orNil: "campaign"), contact: row.id("contact"))
            if let notAfter = row.time(orNil: "not_after"), notAfter < now {
                try move(subject, from: .waiting, to: .expired, because: .notAfterPassed)
                continue
            }
            let optedOut: Int64? = row["opted_out_at"]
            if isMarketing, optedOut != nil {
                try move(subject, from: .waiting, to: .skipped, because: .optedOut)
                continue
            }
            let earlier: Int = row["attempt"]
            if earlier > 0 { try retire(subject.message) }
            let changed = try db.run(
                "UPDATE message SET state = 2, attempt = attempt + 1, boot = ?2, intent_at = ?3, wamid = NULL, updated_at = ?3 WHERE id = ?1 AND state = 1",
                [subject.message.rawValue, boot.rawValue, now.milliseconds]
            )
            guard changed == 1 else { throw StoreFailure.notInState("message \(subject.message) is not waiting") }
            if let campaign = subject.campaign { count(campaign, from: .waiting, to: .sending) }
            let phone: Int64? = row["phone"]
            claims.append(
                Claim(
                    attempt: AttemptID(message: subject.message, ordinal: earlier + 1),
                    campaign: subject.campaign,
                    contact: subject.contact,
                    number: row.id("number"),
                    intentAt: now,
                    mark: mark,
                    phone: phone.flatMap { PhoneNumber(value: $0) },
                    userID: row["user_id"],
                    name: row["name"],
                    attributes: row["attributes"],
                    kind: row["kind"],
                    content: row["content"]
                )
            )
        }
        return claims
    }

    /// Keeps the message's current attempt before the next one takes its place, so that a late status still finds it.
    private func retire(_ message: MessageID) throws {
        try db.run(
            """
            INSERT INTO attempt (message, ordinal, intent_at, boot, because, code, wamid)
            SELECT id, attempt, intent_at, boot, because, code, wamid FROM message WHERE id = ?
            """,
            [message.rawValue]
        )
    }

    /// The fate of every intent of an earlier start is unknown: it becomes *in doubt*. Returns how many there were.
    public func doubtDeadIntents(before boot: BootID, limit: Int) throws -> Int {
        let rows = try db.rows(
            "SELECT id, campaign, contact FROM message WHERE state = 2 AND boot < ? ORDER BY id LIMIT ?",
            [boot.rawValue, limit]
        )
        for row in rows {
            let subject = Subject(message: row.id("id"), campaign: row.id(orNil: "campaign"), contact: row.id("contact"))
            try move(subject, from: .sending, to: .inDoubt, because: .bootDied)
        }
        return rows.count
    }
}

extension Snapshot {
    /// When the first waiting message of a campaign is due; nil when none waits.
    public func nextDue(of campaign: CampaignID) throws -> Timestamp? {
        try db.row("SELECT due_at FROM message WHERE state = 1 AND campaign = ? ORDER BY due_at LIMIT 1", [campaign.rawValue])?.time(
            "due_at"
        )
    }

    /// When the first waiting message of a number that belongs to no campaign is due; nil when none waits.
    public func nextDue(of number: NumberID) throws -> Timestamp? {
        try db.row(
            "SELECT due_at FROM message WHERE state = 1 AND campaign IS NULL AND number = ? ORDER BY due_at LIMIT 1",
            [number.rawValue]
        )?
        .time("due_at")
    }
}
