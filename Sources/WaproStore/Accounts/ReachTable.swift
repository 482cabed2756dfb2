import GRDB
public import WaproCore

/// How far a portfolio is into Meta's limit of different people in 24 hours.
public struct Reach: Sendable, Hashable {
    public let limit: MessagingLimit
    /// People who were written to first in the last 24 hours. Kept only where there is a limit.
    public let used: Int
    /// When the first of them no longer counts.
    public let opensAt: Timestamp?
}

/// The room that a claim has in that limit, and what uses it up.
///
/// A person counts from the claim on, whatever comes of it: an attempt in doubt counts as sent.
struct ReachRoom {
    static let period = Duration.seconds(86_400)
    /// People that stop counting, in one claim or look.
    static let sweep = 500

    let portfolio: PortfolioID
    /// Nobody is counted where Meta has no limit.
    let counts: Bool
    private var room: Int

    init(_ portfolio: PortfolioID, in transaction: Transaction) throws {
        self.portfolio = portfolio
        let limit = try transaction.messagingLimit(of: portfolio)
        counts = limit != .unlimited
        room = .max
        guard counts else { return }
        try transaction.sweepReach(of: portfolio)
        if case .people(let people) = limit { room = people - (try transaction.reached(of: portfolio)) }
    }

    /// Notes that the business writes to a person first; false when the limit leaves no room.
    mutating func enter(_ contact: ContactID, in transaction: Transaction) throws -> Bool {
        try transaction.enter(contact, portfolio: portfolio, room: &room)
    }

    func opensAt(in transaction: Transaction) throws -> Timestamp {
        try transaction.firstReached(of: portfolio)?.advanced(by: Self.period) ?? transaction.now.advanced(by: .seconds(60))
    }
}

extension Snapshot {
    /// What Meta last said, of any number of the portfolio: the limit is the portfolio's.
    func messagingLimit(of portfolio: PortfolioID) throws -> MessagingLimit {
        let row = try db.row(
            """
            SELECT n.messaging_limit FROM account a JOIN number n ON n.account = a.id
            WHERE a.portfolio = ? AND n.messaging_limit IS NOT NULL ORDER BY n.refreshed_at DESC LIMIT 1
            """,
            [portfolio.rawValue]
        )
        return MessagingLimit(meta: row?["messaging_limit"])
    }

    func reached(of portfolio: PortfolioID) throws -> Int {
        try db.row("SELECT reached FROM portfolio WHERE id = ?", [portfolio.rawValue])?["reached"] ?? 0
    }

    func firstReached(of portfolio: PortfolioID) throws -> Timestamp? {
        try db.row("SELECT at FROM reach WHERE portfolio = ? ORDER BY at LIMIT 1", [portfolio.rawValue])?.time("at")
    }

    public func reach(of portfolio: PortfolioID) throws -> Reach {
        Reach(
            limit: try messagingLimit(of: portfolio),
            used: try reached(of: portfolio),
            opensAt: try firstReached(of: portfolio)?.advanced(by: ReachRoom.period)
        )
    }
}

extension Transaction {
    /// Forgets people who were written to more than 24 hours ago.
    func sweepReach(of portfolio: PortfolioID) throws {
        let over = try db.rows(
            "SELECT contact FROM reach WHERE portfolio = ? AND at <= ? ORDER BY at LIMIT ?",
            [portfolio.rawValue, now.advanced(by: .zero - ReachRoom.period).milliseconds, ReachRoom.sweep]
        )
        guard !over.isEmpty else { return }
        for row in over {
            try db.run("DELETE FROM reach WHERE portfolio = ? AND contact = ?", [portfolio.rawValue, row["contact"] as Int64])
        }
        try db.run("UPDATE portfolio SET reached = reached - ? WHERE id = ?", [over.count, portfolio.rawValue])
    }

    fileprivate func enter(_ contact: ContactID, portfolio: PortfolioID, room: inout Int) throws -> Bool {
        let again = try db.run(
            "UPDATE reach SET at = max(at, ?3) WHERE portfolio = ?1 AND contact = ?2",
            [portfolio.rawValue, contact.rawValue, now.milliseconds]
        )
        if again > 0 { return true }
        guard room > 0 else { return false }
        room -= 1
        try db.run(
            "INSERT INTO reach (portfolio, contact, at) VALUES (?, ?, ?)",
            [portfolio.rawValue, contact.rawValue, now.milliseconds]
        )
        try db.run("UPDATE portfolio SET reached = reached + 1 WHERE id = ?", [portfolio.rawValue])
        return true
    }
}
