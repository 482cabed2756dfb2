import GRDB
public import WaproCore

/// Who said that an account or an app exists.
public enum EntryOrigin: Int, Sendable, Hashable {
    case configuration = 0
    /// `account.add`.
    case command = 1
}

/// A WhatsApp Business Account, with the identifiers that this store gave it.
public struct AccountRecord: Sendable, Hashable {
    public let id: AccountID
    public let name: String
    /// Meta's id of the account.
    public let wabaID: String
    public let portfolio: PortfolioID
    public let portfolioName: String
    public let app: AppID
    public let appName: String
    public let origin: EntryOrigin
    /// Which of its credentials are in use: grows with each that takes the place of the one before.
    public let credentials: Int64
}

extension Snapshot {
    public func accounts() throws -> [AccountRecord] {
        try db.rows(
            """
            SELECT a.id, a.name, a.waba_id, a.portfolio, p.name AS portfolio_name, a.app, x.name AS app_name, a.origin, a.credentials
            FROM account a JOIN portfolio p ON p.id = a.portfolio JOIN app x ON x.id = a.app ORDER BY a.id
            """
        ).map {
            AccountRecord(
                id: $0.id("id"),
                name: $0["name"],
                wabaID: $0["waba_id"],
                portfolio: $0.id("portfolio"),
                portfolioName: $0["portfolio_name"],
                app: $0.id("app"),
                appName: $0["app_name"],
                origin: EntryOrigin(rawValue: $0["origin"]) ?? .configuration,
                credentials: $0["credentials"]
            )
        }
    }
}

extension Transaction {
    /// Takes over what the configuration says; an entry keeps its identifier by Meta's id, so that renaming it loses nothing.
    public func configurePortfolio(_ name: String) throws -> PortfolioID {
        if let row = try db.row("SELECT id FROM portfolio WHERE name = ?", [name]) { return row.id("id") }
        let id = mint(PortfolioID.self)
        try db.run("INSERT INTO portfolio (id, name) VALUES (?, ?)", [id.rawValue, name])
        return id
    }

    public func configureApp(
        _ name: String,
        metaID: String? = nil,
        provesSecret: Bool = false,
        origin: EntryOrigin = .configuration
    ) throws -> AppID {
        let known: AppID? = try db.row("SELECT id FROM app WHERE name = ?", [name])?.id("id")
        let id = known ?? mint(AppID.self)
        if known == nil { try db.run("INSERT INTO app (id, name) VALUES (?, ?)", [id.rawValue, name]) }
        try db.run(
            "UPDATE app SET meta_id = ?, proves_secret = ?, origin = ? WHERE id = ?",
            [metaID, provesSecret, origin.rawValue, id.rawValue]
        )
        return id
    }

    public func configureAccount(
        _ name: String,
        wabaID: String,
        portfolio: PortfolioID,
        app: AppID,
        origin: EntryOrigin = .configuration
    ) throws -> AccountID {
        if let row = try db.row("SELECT id FROM account WHERE waba_id = ?", [wabaID]) {
            let id: AccountID = row.id("id")
            try db.run(
                "UPDATE account SET name = ?, portfolio = ?, app = ?, origin = ? WHERE id = ?",
                [name, portfolio.rawValue, app.rawValue, origin.rawValue, id.rawValue]
            )
            return id
        }
        let id = mint(AccountID.self)
        try db.run(
            "INSERT INTO account (id, name, waba_id, portfolio, app, origin) VALUES (?, ?, ?, ?, ?, ?)",
            [id.rawValue, name, wabaID, portfolio.rawValue, app.rawValue, origin.rawValue]
        )
        return id
    }

    public func configureNumber(_ name: String, phoneNumberID: String, account: AccountID, rate: Int? = nil) throws -> NumberID {
        if let row = try db.row("SELECT id FROM number WHERE phone_number_id = ?", [phoneNumberID]) {
            let id: NumberID = row.id("id")
            try db.run(
                "UPDATE number SET name = ?, account = ?, rate = ?, in_use = 1 WHERE id = ?",
                [name, account.rawValue, rate, id.rawValue]
            )
            return id
        }
        let id = mint(NumberID.self)
        try db.run(
            "INSERT INTO number (id, name, phone_number_id, account, rate) VALUES (?, ?, ?, ?, ?)",
            [id.rawValue, name, phoneNumberID, account.rawValue, rate]
        )
        return id
    }

    /// Takes all numbers of an account out of use; those that are configured afterwards are in use again.
    public func retireNumbers(of account: AccountID) throws {
        try db.run("UPDATE number SET in_use = 0 WHERE account = ?", [account.rawValue])
    }
}
