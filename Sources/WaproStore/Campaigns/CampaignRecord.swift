import GRDB
public import WaproCore

/// A campaign: one template to one audience from one number.
public struct CampaignRecord: Sendable, Hashable {
    public let id: CampaignID
    public let name: String
    public let number: NumberID
    public let template: TemplateID
    /// The template as it was when the campaign was created: what is sent.
    public let definition: Template
    /// Nil for everyone.
    public let list: ListID?
    public let parameters: [String: String]
    public let state: CampaignState
    public let heldBecause: Reason?
    /// Meta's error code behind a hold, if one is.
    public let heldCode: Int?
    /// Messages a second at most; nil for what the number allows.
    public let rate: Int?
    public let expiresAt: Timestamp?
    public let createdAt: Timestamp
    public let startAt: Timestamp?
    public let startedAt: Timestamp?
    public let finishedAt: Timestamp?
    /// The audience is complete.
    public let isFrozen: Bool
    /// Recipients that are frozen so far; final when `isFrozen`.
    public let total: Int
    /// Recipients who wrote back.
    public let replies: Int
    /// Messages in any 24 hours at most; nil for what the limits allow.
    public let dailyCap: Int?
    /// What happens when its start time passes while it cannot start.
    public let missed: MissedSchedule

    init(_ row: Row) throws {
        id = row.id("id")
        name = row["name"]
        number = row.id("number")
        template = row.id("template")
        definition = try Stored.decode(row["definition"])
        list = row.id(orNil: "list")
        parameters = try Attributes.decode(row["parameters"])
        state = try row.state("state")
        let because: Int? = row["held_because"]
        heldBecause = because.flatMap(Reason.init(rawValue:))
        heldCode = row["held_code"]
        rate = row["rate"]
        expiresAt = row.time(orNil: "expires_at")
        createdAt = row.time("created_at")
        startAt = row.time(orNil: "start_at")
        startedAt = row.time(orNil: "started_at")
        finishedAt = row.time(orNil: "finished_at")
        isFrozen = row["is_frozen"]
        total = row["total"]
        replies = row["replies"]
        dailyCap = row["daily_cap"]
        missed = try row.state("missed")
    }

    /// A marketing message is not sent to who opted out.
    public var isMarketing: Bool { definition.category == .marketing }
}

/// What a person says to make a campaign.
public struct CampaignDraft: Sendable, Hashable {
    public var name: String
    public var number: NumberID
    public var template: TemplateRecord
    public var list: ListID?
    public var parameters: [String: String]
    public var rate: Int?
    public var dailyCap: Int?
    public var missed = MissedSchedule.ask
    public var startAt: Timestamp?
    public var expiresAt: Timestamp?

    public init(
        name: String,
        number: NumberID,
        template: TemplateRecord,
        list: ListID?,
        parameters: [String: String],
        rate: Int? = nil,
        dailyCap: Int? = nil,
        missed: MissedSchedule = .ask,
        startAt: Timestamp? = nil,
        expiresAt: Timestamp? = nil
    ) {
        (self.name, self.number, self.template, self.list) = (name, number, template, list)
        (self.parameters, self.rate, self.dailyCap, self.missed) = (parameters, rate, dailyCap, missed)
        (self.startAt, self.expiresAt) = (startAt, expiresAt)
    }
}

extension Snapshot {
    /// By id or by name.
    public func campaign(_ text: String) throws -> CampaignRecord? {
        if let id = CampaignID(text) { return try campaign(id) }
        return try db.row("SELECT * FROM campaign WHERE name = ?", [text]).map(CampaignRecord.init)
    }

    public func campaign(_ id: CampaignID) throws -> CampaignRecord? {
        try db.row("SELECT * FROM campaign WHERE id = ?", [id.rawValue]).map(CampaignRecord.init)
    }

    func campaignState(_ id: CampaignID) throws -> CampaignState? {
        try db.row("SELECT state FROM campaign WHERE id = ?", [id.rawValue])?.state("state")
    }

    /// Campaigns, newest first.
    public func campaigns(before: CampaignID?, limit: Int) throws -> [CampaignRecord] {
        try db.rows("SELECT * FROM campaign WHERE id < ? ORDER BY id DESC LIMIT ?", [before?.rawValue ?? Int64.max, limit]).map(
            CampaignRecord.init
        )
    }

    /// Campaigns whose messages may be handed over now, oldest first.
    public func sendingCampaigns() throws -> [CampaignRecord] {
        try db.rows("SELECT * FROM campaign WHERE state IN (2, 3) ORDER BY id").map(CampaignRecord.init)
    }

    /// Campaigns whose start time has come, and the next time at which one will.
    public func scheduledCampaigns(until now: Timestamp) throws -> (due: [CampaignID], next: Timestamp?) {
        let due = try db.rows("SELECT id FROM campaign WHERE state = 1 AND start_at <= ? ORDER BY start_at", [now.milliseconds])
        let next = try db.row("SELECT min(start_at) AS next FROM campaign WHERE state = 1 AND start_at > ?", [now.milliseconds])
        return (due.map { $0.id("id") }, next?.time(orNil: "next"))
    }

    /// A campaign that started the same thing since then, or is to start it: the same template and parameters to the same audience.
    public func equalCampaign(to campaign: CampaignRecord, startedSince: Timestamp) throws -> CampaignRecord? {
        try db.row(
            """
            SELECT * FROM campaign WHERE template = ?1 AND (started_at >= ?2 OR state = ?6) AND id <> ?3 AND list IS ?4 AND parameters = ?5
            ORDER BY started_at DESC LIMIT 1
            """,
            [
                campaign.template.rawValue, startedSince.milliseconds, campaign.id.rawValue, campaign.list?.rawValue,
                try Attributes.encode(campaign.parameters), CampaignState.scheduled.rawValue,
            ]
        ).map(CampaignRecord.init)
    }
}

extension Transaction {
    public func createCampaign(_ draft: CampaignDraft) throws -> CampaignID {
        let id = mint(CampaignID.self)
        let state: CampaignState = draft.startAt == nil ? .draft : .scheduled
        try db.run(
            """
            INSERT INTO campaign (id, name, number, template, definition, list, parameters, state, rate, expires_at, created_at, start_at,
                daily_cap, missed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id.rawValue, draft.name, draft.number.rawValue, draft.template.id.rawValue, try Stored.encode(draft.template.template),
                draft.list?.rawValue, try Attributes.encode(draft.parameters), state.rawValue, draft.rate, draft.expiresAt?.milliseconds,
                now.milliseconds, draft.startAt?.milliseconds, draft.dailyCap, draft.missed.rawValue,
            ]
        )
        try record(Event(topic: .campaign, campaign: id, to: state.rawValue, because: .asked))
        if state == .scheduled { ringWork() }
        return id
    }
}
