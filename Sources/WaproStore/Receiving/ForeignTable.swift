import GRDB
public import WaproCore

/// What others send from a number, as its statuses tell: Meta tells every app of an account of all its messages.
public struct ForeignTraffic: Sendable, Hashable {
    public let fact: StatusFact
    public let count: Int
    public let lastAt: Timestamp
}

extension Snapshot {
    /// Statuses of messages that this store did not send from a number, by kind.
    public func foreignTraffic(of number: NumberID) throws -> [ForeignTraffic] {
        try db.rows("SELECT * FROM foreign_status WHERE number = ? ORDER BY fact", [number.rawValue]).map {
            ForeignTraffic(fact: try $0.state("fact"), count: $0["count"], lastAt: $0.time("last_at"))
        }
    }
}

extension Transaction {
    /// Counts a status of a message that another application sent.
    public func noteForeign(_ fact: StatusFact, of number: NumberID) throws {
        try db.run(
            """
            INSERT INTO foreign_status (number, fact, count, last_at) VALUES (?1, ?2, 1, ?3)
            ON CONFLICT DO UPDATE SET count = count + 1, last_at = ?3
            """,
            [number.rawValue, fact.rawValue, now.milliseconds]
        )
    }

    /// Stores a message that somebody sent to a person from the phone or with another application: shown in the conversation, never ours to
    /// send or to repeat. Nil when it is already there.
    public func receiveEcho(_ echo: InboundMessage) throws -> MessageID? {
        guard try message(wamid: echo.wamid) == nil else { return nil }
        let id = mint(MessageID.self)
        try db.run(
            """
            INSERT INTO message (id, is_inbound, is_foreign, contact, number, state, due_at, wamid, because, kind, content, created_at, updated_at)
            VALUES (?1, 0, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?5, ?10)
            """,
            [
                id.rawValue, echo.contact.rawValue, echo.number.rawValue, MessageState.sent.rawValue, echo.at.milliseconds, echo.wamid,
                Reason.sentElsewhere.rawValue, echo.kind, echo.content, now.milliseconds,
            ]
        )
        try record(
            Event(
                topic: .message,
                message: id,
                contact: echo.contact,
                to: MessageState.sent.rawValue,
                because: .sentElsewhere,
                detail: echo.kind
            )
        )
        return id
    }
}
