import GRDB
public import WaproCore

/// An account's access tokens are counted, so that Meta's refusal of an old one is not taken for one of the token that has taken its place.
extension Transaction {
    /// Another access token is used from now on; returns its count.
    ///
    /// Requests that are on their way carry the one before. What Meta answers them is compared with this count in the transaction that
    /// writes it down: whatever the order of the two commits, an old token stops nothing once the new one is there.
    public func renewCredentials(of account: AccountID) throws -> Int64 {
        let row = try db.row(
            "UPDATE account SET credentials = credentials + 1, credentials_at = ? WHERE id = ? RETURNING credentials",
            [now.milliseconds, account.rawValue]
        )
        return row?["credentials"] ?? 0
    }

    /// Other secrets of an app are used from now on; returns their count.
    public func renewSecrets(of app: AppID) throws -> Int64 {
        try db.row("UPDATE app SET secrets = secrets + 1 WHERE id = ? RETURNING secrets", [app.rawValue])?["secrets"] ?? 0
    }

    /// Whether a number's account has had other credentials since these.
    public func hasNewerCredentials(_ number: NumberID, than generation: Int64) throws -> Bool {
        let row = try db.row("SELECT a.credentials FROM number n JOIN account a ON a.id = n.account WHERE n.id = ?", [number.rawValue])
        return row.map { $0["credentials"] > generation } ?? false
    }

    /// Whether a number's account has had other credentials since this moment.
    public func hasNewerCredentials(_ number: NumberID, than moment: Timestamp) throws -> Bool {
        let row = try db.row("SELECT a.credentials_at FROM number n JOIN account a ON a.id = n.account WHERE n.id = ?", [number.rawValue])
        return row.map { $0["credentials_at"] > moment.milliseconds } ?? false
    }

    /// Lets the numbers of an account send again that a cause of its credentials had stopped; returns them as they were.
    @discardableResult
    public func liftCredentialHalts(of account: AccountID) throws -> [NumberRecord] {
        let halted = try haltedNumbers(of: .account(account)).filter(\.isHaltedForCredentials)
        for number in halted { try halt(number.id, code: nil) }
        return halted
    }
}
