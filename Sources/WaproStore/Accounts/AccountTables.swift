import GRDB
public import WaproCore

/// A WhatsApp Business Account as configured, with the identifiers that this store gave it.
public struct AccountRecord: Sendable, Hashable {
    public let id: AccountID
    public let name: String
    /// Meta's id of the account.
    public let wabaID: String
    public let portfolio: PortfolioID
    public let portfolioName: String
    public let app: AppID
    public let appName: String
}

extension Snapshot {
    public func accounts() throws -> [AccountRecord] {
        try db.rows(
            """
            SELECT a.id, a.name, a.waba_id, a.portfolio, p.name AS portfolio_name, a.app, x.name AS app_name
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
                appName: $0["app_name"]
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

    public func configureApp(_ name: String) throws -> AppID {
        if let row = try db.row("SELECT id FROM app WHERE name = ?", [name]) { return row.id("id") }
        let id = mint(AppID.self)
        try db.run("INSERT INTO app (id, name) VALUES (?, ?)", [id.rawValue, name])
        return id
    }

    public func configureAccount(_ name: String, wabaID: String, portfolio: PortfolioID, app: AppID) throws -> AccountID {
        if let row = try db.row("SELECT id FROM account WHERE waba_id = ?", [wabaID]) {
            let id: AccountID = row.id("id")
            try db.run(
                "UPDATE account SET name = ?, portfolio = ?, app = ? WHERE id = ?",
                [name, portfolio.rawValue, app.rawValue, id.rawValue]
            )
            return id
        }
        let id = mint(AccountID.self)
        try db.run(
            "INSERT INTO account (id, name, waba_id, portfolio, app) VALUES (?, ?, ?, ?, ?)",
            [id.rawValue, name, wabaID, portfolio.rawValue, app.rawValue]
        )
        return id
    }

    public func configureNumber(_ name: String, phoneNumberID: String, account: AccountID, rate: Int? = nil) throws -> NumberID {
        if let row = try db.row("SELECT id FROM number WHERE phone_number_id = ?", [phoneNumberID]) {
            let id: NumberID = row.id("id")
            try db.run("UPDATE number SET name = ?, account = ?, rate = ? WHERE id = ?", [name, account.rawValue, rate, id.rawValue])
            return id
        }
        let id = mint(NumberID.self)
        try db.run(
            "INSERT INTO number (id, name, phone_number_id, account, rate) VALUES (?, ?, ?, ?, ?)",
            [id.rawValue, name, phoneNumberID, account.rawValue, rate]
        )
        return id
    }
}
