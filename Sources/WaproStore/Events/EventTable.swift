import GRDB
public import WaproCore

/// One row of the log: what changed, from what to what, and why. It is the history of its message and the event that subscribers
/// get, in one.
public struct Event: Sendable, Hashable {
    /// Its place in the log; never reused, without gaps between retained events.
    public var sequence: Int64
    public var at: Timestamp
    public var topic: EventTopic
    public var message: MessageID?
    public var campaign: CampaignID?
    public var contact: ContactID?
    public var from: Int?
    public var to: Int?
    public var because: Reason?
    /// Meta's error code, where one is the reason.
    public var code: Int?
    public var detail: String?

    public init(
        topic: EventTopic,
        message: MessageID? = nil,
        campaign: CampaignID? = nil,
        contact: ContactID? = nil,
        from: Int? = nil,
        to: Int? = nil,
        because: Reason? = nil,
        code: Int? = nil,
        detail: String? = nil
    ) {
        (sequence, at) = (0, Timestamp(milliseconds: 0))
        (self.topic, self.message, self.campaign, self.contact) = (topic, message, campaign, contact)
        (self.from, self.to, self.because, self.code, self.detail) = (from, to, because, code, detail)
    }
}

extension Event {
    init(_ row: Row) throws {
        let topic: EventTopic = try row.state("topic")
        self.init(topic: topic, message: row.id(orNil: "message"), campaign: row.id(orNil: "campaign"), contact: row.id(orNil: "contact"))
        (sequence, at) = (row["seq"], row.time("at"))
        (from, to, code, detail) = (row["from_state"], row["to_state"], row["code"], row["detail"])
        let because: Int? = row["because"]
        self.because = because.flatMap(Reason.init(rawValue:))
    }

    /// The words for a state of this event's subject.
    public func slug(ofState state: Int?) -> String? {
        guard let state else { return nil }
        return topic == .campaign ? CampaignState(rawValue: state)?.slug : MessageState(rawValue: state)?.slug
    }
}

extension Snapshot {
    /// Events after a place in the log, at most `limit`, in order.
    public func events(after sequence: Int64, limit: Int) throws -> [Event] {
        try db.rows("SELECT * FROM event WHERE seq > ? ORDER BY seq LIMIT ?", [sequence, limit]).map(Event.init)
    }

    /// The last place in the log, 0 when nothing ever happened.
    public func lastEvent() throws -> Int64 {
        try Int64.fetchOne(db.cachedStatement(sql: "SELECT last_event FROM store")) ?? 0
    }

    /// The first place that is still retained, nil when none is.
    public func firstEvent() throws -> Int64? {
        try Int64.fetchOne(db.cachedStatement(sql: "SELECT min(seq) FROM event"))
    }

    public func history(of message: MessageID) throws -> [Event] {
        try db.rows("SELECT * FROM event WHERE message = ? ORDER BY seq", [message.rawValue]).map(Event.init)
    }

    public func history(of campaign: CampaignID) throws -> [Event] {
        try db.rows("SELECT * FROM event WHERE message IS NULL AND campaign = ? ORDER BY seq", [campaign.rawValue]).map(Event.init)
    }
}

extension Transaction {
    /// Appends to the log; subscribers are woken after the commit.
    public func record(_ event: Event) throws {
        marks.lastEvent += 1
        rings.insert(0)
        try run(Self.insertEvent) {
            $0.add(marks.lastEvent)
            $0.add(now.milliseconds)
            $0.add(event.topic.rawValue)
            $0.add(event.message?.rawValue)
            $0.add(event.campaign?.rawValue)
            $0.add(event.contact?.rawValue)
            $0.add(event.from)
            $0.add(event.to)
            $0.add(event.because?.rawValue)
            $0.add(event.code)
            $0.add(event.detail)
        }
    }

    private static let insertEvent = HotStatement(
        """
        INSERT INTO event (seq, at, topic, message, campaign, contact, from_state, to_state, because, code, detail)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    )

    /// Removes the oldest events, a few at a time: those older than `age`, and those beyond `rows`. Returns how many went.
    public func pruneEvents(olderThan age: Duration, beyond rows: Int, limit: Int) throws -> Int {
        let cutoff = now.advanced(by: .zero - age)
        let oldest = try db.rows("SELECT seq, at FROM event WHERE seq > 0 ORDER BY seq LIMIT ?", [limit])
        let last = oldest.last { $0.time("at") < cutoff || $0["seq"] <= marks.lastEvent - Int64(rows) }
        guard let last else { return 0 }
        return try db.run("DELETE FROM event WHERE seq <= ?", [last["seq"] as Int64])
    }
}
