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
        let numbers: [NumberRecord]
        do {
            (accounts, apps, numbers) = try await store.read { (try $0.accounts(), try $0.apps(), try $0.numbers()) }
        } catch {
            throw .defect("the accounts could not be read: \(error)")
        }
        try refuseNames(of: accounts, numbers)
        var outdated = Outdated()
        var start = AccountBook()
        read(apps, into: &start, &outdated)
        let tokens = try tokens(accounts, start.apps, &outdated)
        let book: AccountBook
        do {
            book = try await store.write(.control) { [configuration, start] in try Self.write(configuration, start, tokens, in: $0) }
        } catch {
            throw .defect("the configuration could not be taken over: \(error)")
        }
        // Not before the commit: until then the start may fail, and the next one still need them.
        clean(accounts, apps, outdated)
        return book
    }

    /// What the configuration has taken the place of.
    private struct Outdated {
        var tokens: [String] = []
        var apps: [String] = []
    }

    private func clean(_ accounts: [AccountRecord], _ apps: [AppRecord], _ outdated: Outdated) {
        do {
            try secrets.settle(accounts, apps)
        } catch {
            logger.error(
                "what a command was about to keep cannot be put in order; it is tried again at the next change of accounts",
                metadata: ["file": "\(error.path)", "error": "\(error.why)"]
            )
        }
        for wabaID in outdated.tokens { secrets.forgetToken(of: wabaID) }
        for app in outdated.apps { secrets.forgetApp(app) }
    }

    /// A name in waprod.yaml must not be that of something else that a command added: whoever says it would get either.
    private func refuseNames(of accounts: [AccountRecord], _ numbers: [NumberRecord]) throws(DaemonFailure) {
        let added = accounts.filter { account in
            account.origin == .command && !configuration.accounts.contains { $0.wabaID == account.wabaID }
        }
        var problems: [ConfigurationRefusal.Problem] = []
        for (index, entry) in configuration.accounts.enumerated() where added.contains(where: { $0.name == entry.name }) {
            let text =
                "account.add gave the name \(entry.name) to another account; choose another name here, or write that account down instead"
            problems.append(.init(place: "waprod.yaml", key: "accounts[\(index)].name", text: text))
        }
        for (index, entry) in configuration.numbers.enumerated() {
            let other = numbers.first { number in
                number.name == entry.name && number.phoneNumberID != entry.phoneNumberID && number.isInUse
                    && added.contains { $0.id == number.account }
                    && !configuration.numbers.contains { $0.phoneNumberID == number.phoneNumberID }
            }
            guard let other else { continue }
            let text = "\(entry.name) is a number of the account \(other.accountName), which account.add made; choose another name here"
            problems.append(.init(place: "waprod.yaml", key: "numbers[\(index)].name", text: text))
        }
        guard problems.isEmpty else { throw .configuration(ConfigurationRefusal(problems: problems)) }
    }

    /// The apps with their secrets. One in the configuration holds, whatever a command gave before.
    private func read(_ records: [AppRecord], into book: inout AccountBook, _ outdated: inout Outdated) {
        for record in records {
            let kept = read { () throws(SecretFolderFailure) in try secrets.app(record.name, count: record.secrets) }
            guard !configuration.apps.contains(where: { $0.name == record.name }) else {
                guard kept != nil else { continue }
                outdated.apps.append(record.name)
                logger.notice(
                    "an app that account.add made is in waprod.yaml now, which holds from here on: the secrets given by command are deleted",
                    metadata: ["app": "\(record.name)"]
                )
                continue
            }
            if let kept { book.apps[record.name] = .init(record, kept) } else { book.lostApps[record.name] = record }
        }
        for app in configuration.apps { book.apps[app.name] = .init(app) }
    }

    /// The token of each account, by its id at Meta. What a command gave holds until the configuration has another one than it replaced.
    private func tokens(
        _ records: [AccountRecord],
        _ apps: [String: AccountBook.App],
        _ outdated: inout Outdated
    ) throws(DaemonFailure) -> [String: Secret] {
        var tokens: [String: Secret] = [:]
        for record in records where record.origin == .command {
            tokens[record.wabaID] = keptToken(of: record.wabaID, record)?.token
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
            let record = records.first { $0.wabaID == account.wabaID }
            guard let kept = keptToken(of: account.wabaID, record) else { continue }
            guard kept.replaces != configured.fingerprint else {
                tokens[account.wabaID] = kept.token
                continue
            }
            outdated.tokens.append(account.wabaID)
            logger.notice(
                "waprod.yaml has another token than the one that account.token had replaced: it is used, and the one given by command is deleted",
                metadata: ["account": "\(account.name)"]
            )
        }
        return tokens
    }

    private func keptToken(of wabaID: String, _ record: AccountRecord?) -> KeptSecrets.Token? {
        read { () throws(SecretFolderFailure) in try secrets.token(of: wabaID, count: record?.credentials ?? 0) }
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
        _ start: AccountBook,
        _ tokens: [String: Secret],
        in transaction: Transaction
    ) throws -> AccountBook {
        var book = start
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
            if record.origin == .configuration { try transaction.retireNumbers(of: record.id) }
            guard entry != nil || record.origin == .command else { continue }
            book.accounts[record.id] = AccountBook.Account(
                id: record.id,
                name: record.name,
                wabaID: record.wabaID,
                app: record.appName,
                token: tokens[record.wabaID],
                credentials: book.credentials(tokens[record.wabaID], app: record.appName),
                generation: record.credentials,
                configured: entry?.token,
                numbers: [:]
            )
        }
        for number in configuration.numbers {
            guard let account = accounts[number.account] else { continue }
            _ = try transaction.configureNumber(number.name, phoneNumberID: number.phoneNumberID, account: account, rate: number.rate)
        }
        for number in try transaction.numbers() {
            guard let account = book.accounts[number.account], number.isInUse else {
                // What stopped it is past. Should anything of it wait, the first message says why it does not leave.
                try transaction.halt(number.id, code: nil)
                continue
            }
            book.accounts[account.id]?.numbers[number.id] = number.phoneNumberID
            // What stopped it may be mended by now (a new token): it stops again at the first refusal if not.
            let isMute = account.credentials == nil
            try transaction.halt(number.id, code: isMute ? Refusal.noToken : nil, isOfCredentials: isMute)
        }
        return book
    }
}
