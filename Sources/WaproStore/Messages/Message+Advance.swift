import GRDB
public import WaproCore

/// What came of a fact of Meta's.
public enum Advance: Sendable, Hashable {
    /// The message moved.
    case moved(from: MessageState, to: MessageState)
    /// A repeat or a late one: nothing to do, which is normal.
    case nothing
    /// No attempt of this store: another application's message, or one that was pruned.
    case unknown
}

/// A status of Meta's, as far as the store needs it.
public struct StatusNews: Sendable, Hashable {
    /// From the echoed callback data, when it is ours.
    public var attempt: AttemptID?
    public var wamid: String
    public var fact: StatusFact
    /// Meta's error code of a failure.
    public var code: Int?
    /// When a failure is worth another attempt.
    public var retry: FailureRetry?

    public init(attempt: AttemptID?, wamid: String, fact: StatusFact, code: Int? = nil, retry: FailureRetry? = nil) {
        (self.attempt, self.wamid, self.fact, self.code, self.retry) = (attempt, wamid, fact, code, retry)
    }
}

extension Transaction {
    /// Applies a status: to the attempt that it echoes, or else to the one with its wamid; by rank, so that a late one never moves
    /// a message backwards and a repeat changes nothing.
    public func advance(_ news: StatusNews) throws -> Advance {
        guard let (message, ordinal) = try find(news) else {
            try noteLost(news)
            return .unknown
        }
        let (subject, current, state) = (message.subject, message.attempt, message.state)
        if ordinal == current, message.wamid == nil {
            try db.run("UPDATE message SET wamid = ? WHERE id = ?", [news.wamid, subject.message.rawValue])
        }
        // Sent was before it failed, whichever came here first; another attempt follows, or nobody gets it.
        if try noteFact(of: AttemptID(message: subject.message, ordinal: ordinal), news) == .failed, news.fact == .sent { return .nothing }
        let isDecided = message.because == Reason.resolvedNotSent.rawValue
        guard let next = state.advanced(by: news.fact, ofCurrentAttempt: ordinal == current, isDecided: isDecided) else {
            // The state does not say that it failed, so the attempt must.
            if news.fact == .failed, ordinal == current, state.rank == nil, state != .failed {
                try retire(subject.message, fact: .failed, code: news.code)
            }
            return .nothing
        }
        // Claimed once more and not handed over yet: it arrived already.
        if state == .sending, ordinal != current { stop(.message(subject.message)) }
        let because: Reason = news.fact == .failed ? .metaFailed : .metaStatus
        try run(Self.advanceMessage) {
            $0.add(subject.message.rawValue)
            $0.add(next.rawValue)
            $0.add(because.rawValue)
            $0.add(news.code)
            $0.add(now.milliseconds)
        }
        if state == .failed, let campaign = subject.campaign { countFailure(campaign, code: message.code ?? 0, by: -1) }
        try noteChange(of: subject, from: state, to: next, because: because, code: news.code)
        // What others sent is never ours to send again; nor is what a person decided about.
        if next == .failed, !message.isForeign, !isDecided, let retry = news.retry { try again(message, after: retry, code: news.code) }
        return .moved(from: state, to: next)
    }

    /// The store went back in time and still has the message: what Meta says of an attempt that was lost keeps it from being sent again.
    private func noteLost(_ news: StatusNews) throws {
        guard let attempt = news.attempt, news.fact != .failed,
            let row = try db.row("SELECT campaign, contact, state FROM message WHERE id = ? AND is_inbound = 0", [attempt.message.rawValue])
        else { return }
        let state: MessageState = try row.state("state")
        guard state != .failed, let next = state.advanced(by: news.fact, ofCurrentAttempt: false) else { return }
        if state == .sending { stop(.message(attempt.message)) }
        try db.run(
            "UPDATE message SET state = ?2, because = ?3, code = NULL, updated_at = ?4 WHERE id = ?1",
            [attempt.message.rawValue, next.rawValue, Reason.metaStatus.rawValue, now.milliseconds]
        )
        let subject = Subject(message: attempt.message, campaign: row.id(orNil: "campaign"), contact: row.id("contact"))
        try noteChange(of: subject, from: state, to: next, because: .metaStatus, code: nil)
    }

    /// An attempt that never left, while Meta told of the one before it: that one speaks for the message again.
    func handBack(_ attempt: AttemptID) throws {
        let earlier = AttemptID(message: attempt.message, ordinal: attempt.ordinal - 1)
        guard earlier.ordinal > 0 else { return }
        let changed = try db.run(
            "UPDATE message SET attempt = ?3 WHERE id = ?1 AND attempt = ?2 AND wamid IS NULL",
            [attempt.message.rawValue, attempt.ordinal, earlier.ordinal]
        )
        guard changed == 1,
            let row = try db.row(
                "SELECT fact, code, wamid FROM attempt WHERE message = ? AND ordinal = ?",
                [earlier.message.rawValue, earlier.ordinal]
            ), let wamid: String = row["wamid"], row["fact"] == StatusFact.failed.rawValue
        else { return }
        // It failed as well, and nobody heard: it was not the current one then.
        _ = try advance(StatusNews(attempt: earlier, wamid: wamid, fact: .failed, code: row["code"]))
    }

    /// Keeps a status with its attempt, when that is kept by itself; returns the latest that is known of it.
    private func noteFact(of attempt: AttemptID, _ news: StatusNews) throws -> StatusFact? {
        // Most attempts are not kept: looking is cheaper than an update of nothing.
        var isKept = false
        try run(Self.findKept) {
            $0.add(attempt.message.rawValue)
            $0.add(attempt.ordinal)
        } each: { _ in
            isKept = true
        }
        guard isKept else { return nil }
        var fact: StatusFact?
        try db.each(
            """
            UPDATE attempt SET fact = max(coalesce(fact, 0), ?3), wamid = coalesce(wamid, ?4), code = coalesce(?5, code)
            WHERE message = ?1 AND ordinal = ?2 RETURNING fact
            """,
            [attempt.message.rawValue, attempt.ordinal, news.fact.rawValue, news.wamid, news.code]
        ) { fact = try $0.state(0) }
        return fact
    }

    private func find(_ news: StatusNews) throws -> (Outbound, ordinal: Int)? {
        if let attempt = news.attempt {
            guard let message = try outbound(attempt.message) else { return nil }
            return attempt.ordinal <= message.attempt ? (message, attempt.ordinal) : nil
        }
        if let message = try outbound(wamid: news.wamid) { return (message, message.attempt) }
        guard let old = try db.row("SELECT message, ordinal FROM attempt WHERE wamid = ?", [news.wamid]) else { return nil }
        return try outbound(old.id("message")).map { ($0, old["ordinal"]) }
    }

    /// Whether this would be the next attempt of a message of ours: one that Meta refused in its answer, so that it was handed back, and of which
    /// a webhook may tell the same.
    public func isNext(_ attempt: AttemptID) throws -> Bool {
        try outbound(attempt.message).map { attempt.ordinal == $0.attempt + 1 } ?? false
    }

    private func outbound(_ id: MessageID) throws -> Outbound? {
        var message: Outbound?
        try run(Outbound.byID, { $0.add(id.rawValue) }, each: { message = try Outbound($0) })
        return message
    }

    private func outbound(wamid: String) throws -> Outbound? {
        var message: Outbound?
        try run(Outbound.byWamid, { $0.add(wamid) }, each: { message = try Outbound($0) })
        return message
    }

    private static let advanceMessage = HotStatement(
        "UPDATE message SET state = ?2, because = ?3, code = ?4, updated_at = ?5 WHERE id = ?1"
    )
    private static let findKept = HotStatement("SELECT 1 FROM attempt WHERE message = ? AND ordinal = ?")
}

/// A message of ours, as a status finds it.
struct Outbound {
    let subject: Transaction.Subject
    let number: NumberID
    let state: MessageState
    let because: Int
    let attempt: Int
    let wamid: String?
    let code: Int?
    let tries: Int
    let triedCode: Int?
    let notAfter: Timestamp?
    let isForeign: Bool

    static let byID = select("id")
    static let byWamid = select("wamid")

    private static func select(_ key: StaticString) -> HotStatement {
        HotStatement(
            """
            SELECT id, campaign, contact, number, state, because, attempt, wamid, code, tries, tries_of, not_after, is_foreign
            FROM message WHERE \(key) = ? AND is_inbound = 0
            """
        )
    }

    init(_ columns: Columns) throws {
        subject = Transaction.Subject(message: columns.id(0), campaign: columns.id(orNil: 1), contact: columns.id(2))
        (number, state) = (columns.id(3), try columns.state(4))
        (because, attempt) = (columns.integer(5), columns.integer(6))
        (wamid, code) = (columns.text(orNil: 7), columns.integer(orNil: 8))
        (tries, triedCode) = (columns.integer(9), columns.integer(orNil: 10))
        (notAfter, isForeign) = (columns.time(orNil: 11), columns.integer(12) != 0)
    }
}
