import GRDB
public import WaproCore

/// An account's access tokens are counted, so that Meta's refusal of an old one is not taken for one of the token that has taken its place.
extension Transaction {
    /// Another access token is used from now on; returns its count.
    ///
    /// Requests that are on their way carry the one before. What Meta answers them is compared with this count in the transaction that
    /// writes it down: whatever the order of the two commits, an old token stops nothing once the new one is there.
    public func renewCredentials(of account: AccountID) throws -> Int64 {
        let row = try db.row("UPDATE account SET credentials = credentials + 1 WHERE id = ? RETURNING credentials", [account.rawValue])
        return row?["credentials"] ?? 0
    }

    /// Whether a number's account has had other credentials since these.
    public func hasNewerCredentials(_ number: NumberID, than generation: Int64) throws -> Bool {
        let row = try db.row("SELECT a.credentials FROM number n JOIN account a ON a.id = n.account WHERE n.id = ?", [number.rawValue])
        return row.map { $0["credentials"] > generation } ?? false
    }

    /// Lets the numbers of an account send again that were stopped for one of these codes; returns them as they were.
    @discardableResult
    public func liftHalts(of account: AccountID, where isMended: (Int) -> Bool) throws -> [NumberRecord] {
        let halted = try haltedNumbers(of: .account(account)).filter { $0.halted.map(isMended) ?? false }
        for number in halted { try halt(number.id, code: nil) }
        return halted
    }
}
