import Logging
import WaproCloud
import WaproCore
import WaproSending
import WaproStore

/// The start of the accounts: what waprod.yaml says and what commands added become one book, and the store knows all of it.
struct TakingOver: Sendable {
    let configuration: Configuration
    let secrets: KeptSecrets
    let logger: Logger

    func run(_ store: Store) async throws(DaemonFailure) -> AccountBook {
        let accounts: [AccountRecord]
        let apps: [AppRecord]
        do {
            (accounts, apps) = try await store.read { (try $0.accounts(), try $0.apps()) }
        } catch {
            throw .defect("the accounts could not be read: \(error)")
        }
        let known = self.apps(apps)
        let tokens = try tokens(accounts, known)
        do {
            return try await store.write(.control) { [configuration] in try Self.write(configuration, known, tokens, in: $0) }
        } catch {
            throw .defect("the configuration could not be taken over: \(error)")
        }
    }

    private func apps(_ records: [AppRecord]) -> [String: AccountBook.App] {
        var apps: [String: AccountBook.App] = [:]
        for record in records {
            if let kept = read({ () throws(SecretFolderFailure) in try secrets.app(record.name) }) {
                apps[record.name] = .init(record, kept)
            }
        }
        for app in configuration.apps { apps[app.name] = .init(app) }
        return apps
    }

    /// The token of each account, by its id at Meta. What a command gave holds until the configuration has another one than it replaced.
    private func tokens(_ records: [AccountRecord], _ apps: [String: AccountBook.App]) throws(DaemonFailure) -> [String: Secret] {
        var tokens: [String: Secret] = [:]
        for record in records where record.origin == .command {
            if let kept = read({ () throws(SecretFolderFailure) in try secrets.token(of: record.wabaID) }) {
                tokens[record.wabaID] = kept.token
            }
        }
        for account in configuration.accounts {
            tokens[account.wabaID] = account.token
            if records.contains(where: { $0.wabaID == account.wabaID && $0.origin == .command }) {
                logger.notice(
                    "an account that account.add made is in waprod.yaml now, which holds from here on",
                    metadata: ["account": "\(account.name)"]
                )
            }
            let configured: GraphCredentials
            do {
                configured = try AccountBook.credentials(account.token, apps[account.app])
            } catch {
                throw .configuration(ConfigurationRefusal(problems: [.init(place: "waprod.yaml", key: "accounts", text: "\(error)")]))
            }
            guard let kept = read({ () throws(SecretFolderFailure) in try secrets.token(of: account.wabaID) }) else { continue }
            guard kept.replaces != configured.fingerprint else {
                tokens[account.wabaID] = kept.token
                continue
            }
            secrets.forgetToken(of: account.wabaID)
            logger.notice(
                "waprod.yaml has another token than the one that account.token had replaced: it is used, and the one given by command is deleted",
                metadata: ["account": "\(account.name)"]
            )
        }
        return tokens
    }

    private func read<Value>(_ body: () throws(SecretFolderFailure) -> Value?) -> Value? {
        do {
            return try body()
        } catch {
            logger.error(
                "a secret that a command gave cannot be read; it counts as missing",
                metadata: ["file": "\(error.path)", "error": "\(error.why)"]
            )
            return nil
        }
    }

    private static func write(
        _ configuration: Configuration,
        _ apps: [String: AccountBook.App],
        _ tokens: [String: Secret],
        in transaction: Transaction
    ) throws -> AccountBook {
        var book = AccountBook(apps: apps)
        var portfolios: [String: PortfolioID] = [:]
        var appIDs: [String: AppID] = [:]
        var accounts: [String: AccountID] = [:]
        for portfolio in configuration.portfolios { portfolios[portfolio.name] = try transaction.configurePortfolio(portfolio.name) }
        for app in configuration.apps {
            appIDs[app.name] = try transaction.configureApp(app.name, metaID: app.id, provesSecret: app.provesSecret)
        }
        for account in configuration.accounts {
            guard let portfolio = portfolios[account.portfolio], let app = appIDs[account.app] else { continue }
            let id = try transaction.configureAccount(account.name, wabaID: account.wabaID, portfolio: portfolio, app: app)
            accounts[account.name] = id
        }
        for record in try transaction.accounts() {
            let entry = configuration.accounts.first { $0.wabaID == record.wabaID }
            guard entry != nil || record.origin == .command else { continue }
            book.accounts[record.id] = AccountBook.Account(
                id: record.id,
                name: record.name,
                wabaID: record.wabaID,
                app: record.appName,
                credentials: tokens[record.wabaID].flatMap { try? AccountBook.credentials($0, apps[record.appName]) },
                generation: record.credentials,
                configured: entry?.token,
                numbers: [:]
            )
        }
        for number in configuration.numbers {
            guard let account = accounts[number.account] else { continue }
            let id = try transaction.configureNumber(number.name, phoneNumberID: number.phoneNumberID, account: account, rate: number.rate)
            book.accounts[account]?.numbers[id] = number.phoneNumberID
        }
        for number in try transaction.numbers() {
            guard let account = book.accounts[number.account] else { continue }
            if account.configured == nil { book.accounts[number.account]?.numbers[number.id] = number.phoneNumberID }
            guard account.configured == nil || account.numbers[number.id] != nil else { continue }
            // What stopped it may be mended by now (a new token): it stops again at the first refusal if not.
            let isMute = account.credentials == nil
            try transaction.halt(number.id, code: isMute ? Refusal.noToken : nil, isOfCredentials: isMute)
        }
        return book
    }
}
