import GRDB
public import WaproCore

/// What a hold stops: nothing of it leaves, whatever it belongs to.
public enum HoldScope: Sendable, Hashable {
    case everything
    case account(AccountID)
    case number(NumberID)
}

/// An order that nothing leaves. It is in the store, so a restart changes nothing about it.
public struct HoldRecord: Sendable, Hashable {
    public let scope: HoldScope
    public let because: Reason
    /// What the person who ordered it said.
    public let detail: String?
    public let since: Timestamp

    init(_ row: Row) throws {
        let subject: Int64 = row["subject"]
        switch row["scope"] as Int {
        case 1: scope = .account(AccountID(rawValue: subject))
        case 2: scope = .number(NumberID(rawValue: subject))
        default: scope = .everything
        }
        because = try row.state("because")
        detail = row["detail"]
        since = row.time("since")
    }
}

extension HoldScope {
    public func covers(_ number: NumberRecord) -> Bool {
        switch self {
        case .everything: true
        case .account(let id): number.account == id
        case .number(let id): number.id == id
        }
    }

    fileprivate var key: (scope: Int, subject: Int64) {
        switch self {
        case .everything: (0, 0)
        case .account(let id): (1, id.rawValue)
        case .number(let id): (2, id.rawValue)
        }
    }
}

extension Snapshot {
    public func holds() throws -> [HoldRecord] {
        try db.rows("SELECT * FROM hold ORDER BY scope, subject").map(HoldRecord.init)
    }

    public func hold(_ scope: HoldScope) throws -> HoldRecord? {
        try db.row("SELECT * FROM hold WHERE scope = ? AND subject = ?", [scope.key.scope, scope.key.subject]).map(HoldRecord.init)
    }

    /// Whether nothing may leave from a number: for itself, for its account, or for everything.
    public func isHeld(_ number: NumberID) throws -> Bool {
        try db.row(
            """
            SELECT 1 FROM hold WHERE scope = 0 OR (scope = 2 AND subject = ?1)
                OR (scope = 1 AND subject = (SELECT account FROM number WHERE id = ?1)) LIMIT 1
            """,
            [number.rawValue]
        ) != nil
    }
}

extension Transaction {
    /// Stops everything of a scope that has not been handed over; from this commit on nothing of it is. False when it is held already.
    @discardableResult
    public func hold(_ scope: HoldScope, because: Reason, detail: String? = nil) throws -> Bool {
        switch scope {
        case .everything: stop(.everything)
        case .account(let id): for number in try numbers() where number.account == id { stop(.number(number.id)) }
        case .number(let id): stop(.number(id))
        }
        // What the store finds about itself is said in place of what a person ordered; releasing that must not be taken for releasing this.
        let isNew = try db.run(
            """
            INSERT INTO hold (scope, subject, because, detail, since) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT DO UPDATE SET because = ?3, detail = coalesce(?4, detail), since = ?5 WHERE ?6 AND because <> ?3
            """,
            [scope.key.scope, scope.key.subject, because.rawValue, detail, now.milliseconds, because.isBreach]
        )
        guard isNew == 1 else { return false }
        try record(Event(topic: scope.topic, because: because, detail: "held"))
        ringWork()
        return true
    }

    /// Lets a scope send again; false when it was not held. Holds of other scopes stay.
    @discardableResult
    public func release(_ scope: HoldScope) throws -> Bool {
        if try hold(scope)?.because.isBreach == true { try db.run("UPDATE store SET released_at = ?", [now.milliseconds]) }
        let gone = try db.run("DELETE FROM hold WHERE scope = ? AND subject = ?", [scope.key.scope, scope.key.subject])
        guard gone == 1 else { return false }
        try record(Event(topic: scope.topic, because: .released, detail: "released"))
        ringWork()
        return true
    }
}

extension HoldScope {
    fileprivate var topic: EventTopic {
        switch self {
        case .everything: .system
        case .account: .account
        case .number: .number
        }
    }
}
