import GRDB
public import WaproCore

/// A due message before its claim is decided.
struct Candidate {
    let subject: Transaction.Subject
    let number: NumberID
    let attempt: Int
    let tries: Int
    let triedCode: Int?
    let notAfter: Timestamp?
    let kind: String
    let content: String?
    let isMarketing: Bool
    let optedOut: Bool
    let phone: PhoneNumber?
    let userID: String?
    let name: String?
    let attributes: String

    /// What is selected for it, from `message m JOIN contact c`.
    static let columns = """
        m.id, m.campaign, m.contact, m.number, m.attempt, m.tries, m.tries_of, m.not_after, m.kind, m.content, m.is_marketing,
            c.opted_out_at, c.phone, c.user_id, c.name, c.attributes
        """

    /// - Parameter isMarketing: its template is marketing by now, whatever it was when the message was written.
    init(_ columns: Columns, isMarketing: Bool = false) {
        subject = Transaction.Subject(message: columns.id(0), campaign: columns.id(orNil: 1), contact: columns.id(2))
        (number, attempt) = (columns.id(3), columns.integer(4))
        (tries, triedCode) = (columns.integer(5), columns.integer(orNil: 6))
        notAfter = columns.time(orNil: 7)
        (kind, content) = (columns.text(8), columns.text(orNil: 9))
        self.isMarketing = isMarketing || columns.integer(10) != 0
        optedOut = columns.integer(orNil: 11) != nil
        phone = columns.integer(orNil: 12).flatMap { PhoneNumber(value: Int64($0)) }
        (userID, name, attributes) = (columns.text(orNil: 13), columns.text(orNil: 14), columns.text(15))
    }
}

extension Transaction {
    /// What becomes of a due message.
    enum Verdict {
        case claim
        case end(MessageState, because: Reason)
        case wait(until: Timestamp, because: Reason)
        /// Nothing more of the lane may go.
        case stop(Claimed.Stop)
    }

    /// Meta's conversation window: it is open this long after the person last wrote (whatsapp-cloud-api.md §7).
    static let window = Duration.seconds(86_400)

    func verdict(on candidate: Candidate, _ reach: inout ReachRoom, _ rules: ClaimRules) throws -> Verdict {
        if let notAfter = candidate.notAfter, notAfter < now { return .end(.expired, because: .notAfterPassed) }
        if candidate.isMarketing, candidate.optedOut { return .end(.skipped, because: .optedOut) }
        let isTemplate = candidate.kind == "template"
        if !isTemplate, try !isWindowOpen(candidate) { return .end(.skipped, because: .windowClosed) }
        let isCampaign = candidate.subject.campaign != nil
        if isCampaign {
            if candidate.isMarketing, let cap = rules.frequencyCap, try hasHad(cap, candidate) {
                return .end(.skipped, because: .frequencyCapped)
            }
            if let until = rules.quietUntil(candidate.phone, now), until > now { return .wait(until: until, because: .quietHours) }
        }
        let pair = PairLedger.Pair(number: candidate.number, contact: candidate.subject.contact)
        if let until = memory.pairs.blockedUntil(pair), until > now { return .wait(until: until, because: .pairLimited) }
        let paid = try paidUntil(pair)
        if let opens = PairLimit.opens(paidUntil: paid, borrows: !isCampaign, at: now) { return .wait(until: opens, because: .pairLimited) }
        if isTemplate, reach.counts, try !isWindowOpen(candidate) {
            guard try reach.enter(candidate.subject.contact, in: self) else {
                let until = try reach.opensAt(in: self)
                // A person's own message waits alone; a campaign's neighbours would fare no better.
                return isCampaign ? .stop(.init(.messagingLimit, until: until)) : .wait(until: until, because: .reachLimited)
            }
        }
        memory.pairs.pay(pair, until: PairLimit.paid(until: paid, andOneMoreAt: now), at: now)
        return .claim
    }

    private func isWindowOpen(_ candidate: Candidate) throws -> Bool {
        try lastInbound(of: candidate.subject.contact, to: candidate.number).map { $0.advanced(by: Self.window) > now } ?? false
    }

    private func hasHad(_ cap: ClaimRules.FrequencyCap, _ candidate: Candidate) throws -> Bool {
        let row = try db.row(
            """
            SELECT count(*) AS count FROM message
            WHERE contact = ?1 AND is_marketing = 1 AND state IN (2, 3, 4, 5, 6, 7, 8) AND intent_at > ?2 AND is_foreign = 0
            """,
            [candidate.subject.contact.rawValue, now.advanced(by: .zero - cap.period).milliseconds]
        )
        let count: Int = row?["count"] ?? 0
        return count >= cap.messages
    }

    /// Until when a pair is paid for: as remembered, or read from its last messages while the memory of this start is not whole yet. There every
    /// attempt counts, also one that Meta refused: the store does not always tell them apart, and waiting does no harm.
    private func paidUntil(_ pair: PairLedger.Pair) throws -> Timestamp? {
        if let known = memory.pairs.paidUntil(pair) { return known }
        guard let until = memory.pairs.looksUpUntil, now < until else { return nil }
        let recent = try db.rows(
            """
            WITH recent AS (
                SELECT id, attempt, intent_at
                FROM (SELECT id, number, attempt, intent_at FROM message WHERE contact = ?1 ORDER BY id DESC LIMIT 200)
                WHERE number = ?2
            )
            SELECT intent_at FROM recent WHERE intent_at > ?3
            UNION ALL SELECT a.intent_at FROM recent r JOIN attempt a ON a.message = r.id AND a.ordinal < r.attempt
            WHERE a.intent_at > ?3 ORDER BY intent_at
            """,
            [pair.contact.rawValue, pair.number.rawValue, now.advanced(by: .zero - PairLedger.memory).milliseconds]
        )
        return recent.reduce(nil) { PairLimit.paid(until: $0, andOneMoreAt: $1.time("intent_at")) }
    }

    /// Meta says that this person had too many messages from the number: the pair waits.
    public func penalise(_ number: NumberID, _ contact: ContactID, until: Timestamp) {
        let pair = PairLedger.Pair(number: number, contact: contact)
        memory.pairs.block(pair, until: until)
    }
}
