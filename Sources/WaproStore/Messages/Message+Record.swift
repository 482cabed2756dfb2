import GRDB
public import WaproCore

extension Transaction {
    /// Meta accepted an attempt. A status may have come before the answer; then only the wamid is new, or nothing.
    public func accept(_ claim: Claim, wamid: String, waID: Int64?) throws {
        if let waID, let phone = claim.phone, waID != phone.value {
            let isNews = try db.run("UPDATE contact SET wa_id = ?2 WHERE id = ?1 AND wa_id IS NOT ?2", [claim.contact.rawValue, waID])
            if isNews > 0 { try shareStop(of: claim.contact) }
        }
        let changed = try run(Self.acceptAttempt) {
            $0.add(claim.attempt.message.rawValue)
            $0.add(claim.attempt.ordinal)
            $0.add(wamid)
            $0.add(Reason.metaAccepted.rawValue)
            $0.add(now.milliseconds)
        }
        if changed == 1 { return try noteChange(of: claim.subject, from: .sending, to: .accepted, because: .metaAccepted, code: nil) }
        try db.run(
            "UPDATE message SET wamid = coalesce(wamid, ?3) WHERE id = ?1 AND attempt = ?2",
            [claim.attempt.message.rawValue, claim.attempt.ordinal, wamid]
        )
    }

    private static let acceptAttempt = HotStatement(
        "UPDATE message SET state = 4, wamid = ?3, because = ?4, code = NULL, updated_at = ?5 WHERE id = ?1 AND attempt = ?2 AND state = 2"
    )

    /// Ends an attempt that Meta did not accept; does nothing when a status has already said that it did.
    ///
    /// - Parameters:
    ///   - to: `waiting` (with the time from which it may be claimed again), `failed`, `inDoubt`, `skipped`, `cancelled`.
    public func end(
        _ claim: Claim,
        as to: MessageState,
        because: Reason,
        code: Int? = nil,
        dueAt: Timestamp? = nil,
        detail: String? = nil
    ) throws {
        let row = try db.row("SELECT state, attempt FROM message WHERE id = ?", [claim.attempt.message.rawValue])
        guard let row, row["attempt"] == claim.attempt.ordinal else { return }
        guard try row.state("state") == MessageState.sending else {
            if to == .waiting { try handBack(claim.attempt) }
            return
        }
        // Nobody would ever claim it again: it is cancelled like the others.
        if to == .waiting, let campaign = claim.campaign, try campaignState(campaign) == .cancelled {
            return try move(claim.subject, from: .sending, to: .cancelled, because: .cancelledByPerson, code: code)
        }
        try move(claim.subject, from: .sending, to: to, because: because, code: code, dueAt: dueAt, detail: detail)
        if let code { try countTry(of: claim.attempt.message, code: code) }
        guard to == .waiting else { return }
        try uncount(claim)
        refunds.append(PairLedger.Refund(pair: .init(number: claim.number, contact: claim.contact), paidAt: claim.intentAt))
    }

    /// Meta refused it once more. What could not be reached, and what was taken back before it left, is no try.
    func countTry(of message: MessageID, code: Int) throws {
        try db.run(
            "UPDATE message SET tries = CASE WHEN tries_of = ?2 THEN tries + 1 ELSE 1 END, tries_of = ?2 WHERE id = ?1",
            [message.rawValue, code]
        )
    }
}
