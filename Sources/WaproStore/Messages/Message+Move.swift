import GRDB
public import WaproCore

extension Transaction {
    /// What a state change needs to know of its message.
    public struct Subject: Sendable, Hashable {
        public let message: MessageID
        public let campaign: CampaignID?
        public let contact: ContactID

        public init(message: MessageID, campaign: CampaignID?, contact: ContactID) {
            (self.message, self.campaign, self.contact) = (message, campaign, contact)
        }
    }

    /// Moves a message because *we* decided so: exactly one row that is in `from`, or an error; the history row, which is also the
    /// event, and the campaign's counters go with it.
    ///
    /// - Parameter dueAt: when it may be claimed (again), for a move to `waiting`.
    public func move(
        _ subject: Subject,
        from: MessageState,
        to: MessageState,
        because: Reason,
        code: Int? = nil,
        dueAt: Timestamp? = nil,
        detail: String? = nil
    ) throws {
        guard from.mayMove(to: to) else { throw StoreFailure.notInState("a message does not go from \(from.slug) to \(to.slug)") }
        let changed = try db.run(
            """
            UPDATE message SET state = ?3, because = ?4, code = ?5, due_at = coalesce(?6, due_at), updated_at = ?7, listed_at = NULL
            WHERE id = ?1 AND state = ?2
            """,
            [subject.message.rawValue, from.rawValue, to.rawValue, because.rawValue, code, dueAt?.milliseconds, now.milliseconds]
        )
        guard changed == 1 else { throw StoreFailure.notInState("message \(subject.message) is not \(from.slug)") }
        try noteChange(of: subject, from: from, to: to, because: because, code: code, detail: detail)
    }

    /// The history row and the counters of a change that was just made.
    func noteChange(of subject: Subject, from: MessageState, to: MessageState, because: Reason, code: Int?, detail: String? = nil) throws {
        try record(
            Event(
                topic: .message,
                message: subject.message,
                campaign: subject.campaign,
                contact: subject.contact,
                from: from.rawValue,
                to: to.rawValue,
                because: because,
                code: code,
                detail: detail
            )
        )
        if let campaign = subject.campaign {
            count(campaign, from: from, to: to)
            if to == .failed { countFailure(campaign, code: code ?? 0, by: 1) }
        }
        if to == .waiting { ringWork() }
    }
}
