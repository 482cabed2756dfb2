import GRDB
public import WaproCore

/// Where what came to a business number belongs.
public struct NumberRoute: Sendable, Hashable {
    public let number: NumberID
    public let account: AccountID
    /// The scope of business-scoped user ids.
    public let portfolio: PortfolioID
}

extension Snapshot {
    /// The number with Meta's id; nil when it is not configured here.
    public func route(phoneNumberID: String) throws -> NumberRoute? {
        try db.row(
            "SELECT n.id, n.account, a.portfolio FROM number n JOIN account a ON a.id = n.account WHERE n.phone_number_id = ?",
            [phoneNumberID]
        ).map { NumberRoute(number: $0.id("id"), account: $0.id("account"), portfolio: $0.id("portfolio")) }
    }

    /// The portfolio of the account with Meta's id; nil when it is not configured here.
    public func portfolio(ofAccount wabaID: String) throws -> PortfolioID? {
        try db.row("SELECT portfolio FROM account WHERE waba_id = ?", [wabaID])?.id("portfolio")
    }
}
