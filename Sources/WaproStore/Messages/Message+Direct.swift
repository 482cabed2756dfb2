import GRDB
public import WaproCore

/// An inbound message, as the store keeps it.
public struct InboundMessage: Sendable, Hashable {
    public var wamid: String
    public var number: NumberID
    public var contact: ContactID
    /// Meta's type: `text`, `image`, `button` …
    public var kind: String
    /// The type node, JSON.
    public var content: String
    /// Meta's time of the message.
    public var at: Timestamp
    /// Whether the person said something, and to us alone: not what Meta tells about the person, what changes an earlier message, or what was
    /// said in a group, which has a window of its own.
    public var isSaidToUs: Bool

    public init(
        wamid: String,
        number: NumberID,
        contact: ContactID,
        kind: String,
        content: String,
        at: Timestamp,
        isSaidToUs: Bool = true
    ) {
        (self.wamid, self.number, self.contact, self.kind, self.content, self.at) = (wamid, number, contact, kind, content, at)
        self.isSaidToUs = isSaidToUs
    }
}

extension Transaction {
    /// Queues a message that belongs to no campaign.
    public func enqueue(
        kind: String,
        content: String,
        to contact: ContactID,
        from number: NumberID,
        isMarketing: Bool = false,
        notAfter: Timestamp?
    ) throws -> MessageID {
        let id = mint(MessageID.self)
        try db.run(
            """
            INSERT INTO message (id, is_inbound, contact, number, state, due_at, not_after, because, kind, content, is_marketing,
                created_at, updated_at)
            VALUES (?1, 0, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?8, ?9, ?4, ?4)
            """,
            [
                id.rawValue, contact.rawValue, number.rawValue, now.milliseconds, notAfter?.milliseconds, Reason.asked.rawValue, kind,
                content, isMarketing,
            ]
        )
        try record(Event(topic: .message, message: id, contact: contact, to: MessageState.waiting.rawValue, because: .asked))
        ringWork()
        return id
    }

    /// Stores an inbound message and renews its conversation's window; nil when it is already there.
    public func receive(_ inbound: InboundMessage) throws -> MessageID? {
        guard try db.row("SELECT 1 FROM message WHERE wamid = ? AND is_inbound = 1", [inbound.wamid]) == nil else { return nil }
        let id = mint(MessageID.self)
        try db.run(
            """
            INSERT INTO message (id, is_inbound, contact, number, state, due_at, wamid, because, kind, content, created_at, updated_at)
            VALUES (?1, 1, ?2, ?3, 20, ?4, ?5, ?6, ?7, ?8, ?4, ?9)
            """,
            [
                id.rawValue, inbound.contact.rawValue, inbound.number.rawValue, inbound.at.milliseconds, inbound.wamid,
                Reason.freshStart.rawValue,
                inbound.kind, inbound.content, now.milliseconds,
            ]
        )
        // A reaction is not known to open the window (whatsapp-cloud-api.md §6.4), so it does not.
        if inbound.isSaidToUs, inbound.kind != "reaction" {
            try db.run(
                """
                INSERT INTO conversation (number, contact, last_inbound_at) VALUES (?1, ?2, ?3)
                ON CONFLICT DO UPDATE SET last_inbound_at = max(last_inbound_at, ?3)
                """,
                [inbound.number.rawValue, inbound.contact.rawValue, inbound.at.milliseconds]
            )
        }
        if inbound.isSaidToUs {
            try db.run(
                "UPDATE contact SET last_inbound_at = max(coalesce(last_inbound_at, 0), ?2) WHERE id = ?1",
                [inbound.contact.rawValue, inbound.at.milliseconds]
            )
        }
        memory.inbound.note(inbound.number, at: now)
        let campaign = inbound.isSaidToUs ? try countReply(inbound) : nil
        try record(
            Event(
                topic: .inbound,
                message: id,
                campaign: campaign,
                contact: inbound.contact,
                to: MessageState.received.rawValue,
                detail: inbound.kind
            )
        )
        return id
    }

    /// Whoever writes within a week of a campaign's message has replied to the latest such campaign; each recipient counts once.
    private func countReply(_ inbound: InboundMessage) throws -> CampaignID? {
        let latest = try db.row(
            """
            SELECT campaign FROM (SELECT campaign, number, created_at FROM message WHERE contact = ?1 ORDER BY id DESC LIMIT 20)
            WHERE campaign IS NOT NULL AND number = ?2 AND created_at > ?3 LIMIT 1
            """,
            [inbound.contact.rawValue, inbound.number.rawValue, now.advanced(by: .seconds(-604_800)).milliseconds]
        )
        guard let campaign: CampaignID = latest?.id("campaign") else { return nil }
        let isFirst = try db.run(
            "UPDATE recipient SET has_replied = 1 WHERE campaign = ? AND contact = ? AND has_replied = 0",
            [campaign.rawValue, inbound.contact.rawValue]
        )
        if isFirst > 0 { try db.run("UPDATE campaign SET replies = replies + 1 WHERE id = ?", [campaign.rawValue]) }
        return campaign
    }
}

extension Snapshot {
    /// When the person last wrote to the number: the conversation window is open for 24 hours after it.
    public func lastInbound(of contact: ContactID, to number: NumberID) throws -> Timestamp? {
        try db.row("SELECT last_inbound_at FROM conversation WHERE number = ? AND contact = ?", [number.rawValue, contact.rawValue])?
            .time("last_inbound_at")
    }
}
