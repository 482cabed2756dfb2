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
        guard let (row, ordinal) = try find(news) else { return .unknown }
        let subject = Subject(message: row.id("id"), campaign: row.id(orNil: "campaign"), contact: row.id("contact"))
        let current: Int = row["attempt"]
        let state: MessageState = try row.state("state")
        if ordinal == current {
            let wamid: String? = row["wamid"]
            if wamid == nil { try db.run("UPDATE message SET wamid = ? WHERE id = ?", [news.wamid, subject.message.rawValue]) }
        }
        // Sent was before it failed, whichever came here first; another attempt follows, or nobody gets it.
        if try noteFact(of: AttemptID(message: subject.message, ordinal: ordinal), news) == .failed, news.fact == .sent { return .nothing }
        guard let next = state.advanced(by: news.fact, ofCurrentAttempt: ordinal == current) else {
            // The state does not say that it failed, so the attempt must.
            if news.fact == .failed, ordinal == current, state.rank == nil, state != .failed { try retire(subject.message, fact: .failed) }
            return .nothing
        }
        let because: Reason = news.fact == .failed ? .metaFailed : .metaStatus
        try db.run(
            "UPDATE message SET state = ?2, because = ?3, code = ?4, updated_at = ?5 WHERE id = ?1",
            [subject.message.rawValue, next.rawValue, because.rawValue, news.code, now.milliseconds]
        )
        if state == .failed, let campaign = subject.campaign { countFailure(campaign, code: row["code"] ?? 0, by: -1) }
        try noteChange(of: subject, from: state, to: next, because: because, code: news.code)
        if next == .failed, let retry = news.retry { try again(subject, row, after: retry, code: news.code) }
        return .moved(from: state, to: next)
    }

    /// Keeps a status with its attempt, when that is kept by itself; returns the latest that is known of it.
    private func noteFact(of attempt: AttemptID, _ news: StatusNews) throws -> StatusFact? {
        let row = try db.row(
            """
            UPDATE attempt SET fact = max(coalesce(fact, 0), ?3), wamid = coalesce(wamid, ?4) WHERE message = ?1 AND ordinal = ?2
            RETURNING fact
            """,
            [attempt.message.rawValue, attempt.ordinal, news.fact.rawValue, news.wamid]
        )
        return try row?.state("fact")
    }

    private func find(_ news: StatusNews) throws -> (Row, ordinal: Int)? {
        let columns = "SELECT id, campaign, contact, number, state, attempt, wamid, code, tries, not_after FROM message"
        if let attempt = news.attempt {
            guard let row = try db.row("\(columns) WHERE id = ? AND is_inbound = 0", [attempt.message.rawValue]) else { return nil }
            let latest: Int = row["attempt"]
            return attempt.ordinal <= latest ? (row, attempt.ordinal) : nil
        }
        if let row = try db.row("\(columns) WHERE wamid = ? AND is_inbound = 0", [news.wamid]) { return (row, row["attempt"]) }
        guard let old = try db.row("SELECT message, ordinal FROM attempt WHERE wamid = ?", [news.wamid]) else { return nil }
        let message: Int64 = old["message"]
        return try db.row("\(columns) WHERE id = ?", [message]).map { ($0, old["ordinal"]) }
    }
}
