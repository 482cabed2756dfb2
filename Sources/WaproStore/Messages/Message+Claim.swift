import GRDB
public import WaproCore

extension Transaction {
    /// Claims up to `limit` due messages of a campaign, oldest first: commits the intent to send each.
    ///
    /// What forbids sending is read again here, in the transaction of the intent: the campaign's state, holds and halts, the template's state,
    /// an opt-out, the not-after, the frequency cap, and Meta's limits a person and a portfolio. A message that is forbidden is moved to its
    /// final state instead; one that has to wait gets the time at which it may go.
    public func claim(of campaign: CampaignID, limit: Int, boot: BootID, rules: ClaimRules = ClaimRules()) throws -> Claimed {
        guard let lane = try lane(of: campaign), lane.state.sends, !lane.isStopped else { return Claimed() }
        guard lane.isTemplateSendable else {
            try move(campaign, from: lane.state, to: .held, because: .templateNotApproved)
            return Claimed()
        }
        var claimed = Claimed(inbound: memory.inbound.rate(of: lane.number, at: now), hasComplaint: memory.takeComplaint(of: lane.number))
        var limit = limit
        if let cap = lane.dailyCap {
            let (used, opensAt) = try claimedToday(of: campaign, at: now)
            limit = min(limit, cap - used)
            if limit <= 0 { claimed.stop = .init(.dailyCap, until: opensAt ?? now.advanced(by: .seconds(3600))) }
        }
        if limit > 0 {
            var candidates: [Candidate] = []
            try db.each(
                """
                SELECT \(Candidate.columns)
                FROM message m JOIN contact c ON c.id = m.contact
                WHERE m.state = 1 AND m.campaign = ?1 AND m.due_at <= ?2 ORDER BY m.due_at, m.id LIMIT ?3
                """,
                [campaign.rawValue, now.milliseconds, limit]
            ) { candidates.append(Candidate($0, isMarketing: lane.isMarketing)) }
            try claim(candidates, into: &claimed, of: lane.portfolio, boot: boot, rules: rules)
            // Also without a cap: one that is set while the campaign runs counts what left before.
            try countToday(claimed.claims.count, of: campaign)
        }
        claimed.next = try nextDue(of: campaign).map { max($0, claimed.stop?.until ?? $0) }
        return claimed
    }

    /// Claims up to `limit` due messages of a number that belong to no campaign.
    public func claimDirect(of number: NumberID, limit: Int, boot: BootID) throws -> Claimed {
        guard let record = try self.number(number), record.halted == nil, try !isHeld(number) else { return Claimed() }
        var claimed = Claimed(inbound: memory.inbound.rate(of: number, at: now), hasComplaint: memory.takeComplaint(of: number))
        var candidates: [Candidate] = []
        try db.each(
            """
            SELECT \(Candidate.columns)
            FROM message m JOIN contact c ON c.id = m.contact
            WHERE m.state = 1 AND m.campaign IS NULL AND m.number = ?1 AND m.due_at <= ?2 AND m.is_foreign = 0 ORDER BY m.due_at, m.id LIMIT ?3
            """,
            [number.rawValue, now.milliseconds, limit]
        ) { candidates.append(Candidate($0)) }
        try claim(candidates, into: &claimed, of: record.portfolio, boot: boot, rules: ClaimRules())
        claimed.next = try nextDue(of: number)
        return claimed
    }

    private func claim(
        _ candidates: [Candidate],
        into claimed: inout Claimed,
        of portfolio: PortfolioID,
        boot: BootID,
        rules: ClaimRules
    ) throws {
        var reach = try ReachRoom(portfolio, in: self)
        let mark = mint(MessageID.self).rawValue
        for candidate in candidates {
            switch try verdict(on: candidate, &reach, rules) {
            case .claim: claimed.claims.append(try claim(candidate, mark: mark, boot: boot))
            case .end(let state, let because): try move(candidate.subject, from: .waiting, to: state, because: because)
            case .wait(let until, let because): try postpone(candidate, until: until, because: because)
            case .stop(let stop):
                claimed.stop = stop
                return
            }
        }
    }

    /// Commits the intent.
    private func claim(_ candidate: Candidate, mark: Int64, boot: BootID) throws -> Claim {
        let (subject, earlier) = (candidate.subject, candidate.attempt)
        if earlier > 0 { try retire(subject.message) }
        let changed = try run(Self.commitIntent) {
            $0.add(subject.message.rawValue)
            $0.add(boot.rawValue)
            $0.add(now.milliseconds)
            $0.add(candidate.isMarketing)
        }
        guard changed == 1 else { throw StoreFailure.notInState("message \(subject.message) is not waiting") }
        if let campaign = subject.campaign { count(campaign, from: .waiting, to: .sending) }
        return Claim(
            attempt: AttemptID(message: subject.message, ordinal: earlier + 1),
            campaign: subject.campaign,
            contact: subject.contact,
            number: candidate.number,
            intentAt: now,
            mark: mark,
            isMarketing: candidate.isMarketing,
            tries: candidate.tries,
            triedCode: candidate.triedCode,
            notAfter: candidate.notAfter,
            phone: candidate.phone,
            userID: candidate.userID,
            name: candidate.name,
            attributes: candidate.attributes,
            kind: candidate.kind,
            content: candidate.content
        )
    }

    private static let commitIntent = HotStatement(
        """
        UPDATE message SET state = 2, attempt = attempt + 1, boot = ?2, intent_at = ?3, wamid = NULL, is_marketing = ?4, updated_at = ?3
        WHERE id = ?1 AND state = 1
        """
    )

    /// Not now: no state changes, so there is no event, but the row says why and until when.
    private func postpone(_ candidate: Candidate, until: Timestamp, because: Reason) throws {
        // Whoever cannot be served in time is given up in time.
        let due = candidate.notAfter.map { min(until, $0.advanced(by: .milliseconds(1))) } ?? until
        try db.run(
            "UPDATE message SET due_at = ?2, because = ?3, code = NULL WHERE id = ?1 AND state = 1",
            [candidate.subject.message.rawValue, due.milliseconds, because.rawValue]
        )
    }

    /// Keeps the message's current attempt before the next one takes its place, so that a late status still finds it. One that Meta let fail
    /// is kept already.
    ///
    /// - Parameters:
    ///   - fact: what Meta said of it last.
    ///   - code: of a failure.
    func retire(_ message: MessageID, fact: StatusFact? = nil, code: Int? = nil) throws {
        try db.run(
            """
            INSERT INTO attempt (message, ordinal, intent_at, boot, because, code, wamid, fact)
            SELECT id, attempt, intent_at, boot, because, coalesce(?3, code), wamid, ?2 FROM message WHERE id = ?1 ON CONFLICT DO NOTHING
            """,
            [message.rawValue, fact?.rawValue, code]
        )
    }

    /// The fate of every intent of an earlier start is unknown: it becomes *in doubt*. Returns how many there were.
    public func doubtDeadIntents(before boot: BootID, limit: Int) throws -> Int {
        let rows = try db.rows(
            "SELECT id, campaign, contact FROM message WHERE state = 2 AND boot < ? ORDER BY id LIMIT ?",
            [boot.rawValue, limit]
        )
        for row in rows {
            let subject = Subject(message: row.id("id"), campaign: row.id(orNil: "campaign"), contact: row.id("contact"))
            try move(subject, from: .sending, to: .inDoubt, because: .bootDied)
        }
        return rows.count
    }
}

extension Transaction {
    /// What may go within this time counts as ready. Longer than any back-off, so that an outage does not have a whole audience written.
    public static let soon = Duration.seconds(600)

    /// Messages of a campaign that may go soon, of those that wait; counted up to `limit`.
    public func ready(of campaign: CampaignID, of waiting: Int, limit: Int) throws -> Int {
        guard waiting >= limit else { return waiting }
        // Each one counted is a row read: so many are enough to go on with, and count as all that is wanted.
        let enough = min(limit, 2_000)
        let count: Int =
            try db.row(
                "SELECT count(*) AS count FROM (SELECT 1 FROM message WHERE state = 1 AND campaign = ? AND due_at <= ? LIMIT ?)",
                [campaign.rawValue, now.advanced(by: Self.soon).milliseconds, enough]
            )?["count"] ?? 0
        return count < enough ? count : limit
    }
}

extension Snapshot {
    /// When the first waiting message of a campaign is due; nil when none waits.
    public func nextDue(of campaign: CampaignID) throws -> Timestamp? {
        try db.row("SELECT due_at FROM message WHERE state = 1 AND campaign = ? ORDER BY due_at LIMIT 1", [campaign.rawValue])?.time(
            "due_at"
        )
    }

    /// When the first waiting message of a number that belongs to no campaign is due; nil when none waits.
    public func nextDue(of number: NumberID) throws -> Timestamp? {
        try db.row(
            "SELECT due_at FROM message WHERE state = 1 AND campaign IS NULL AND number = ? ORDER BY due_at LIMIT 1",
            [number.rawValue]
        )?
        .time("due_at")
    }
}
