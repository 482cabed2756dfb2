import WaproCloud
import WaproCore
import WaproRPC
import WaproStore

extension AccountHandlers {
    /// Asks Meta with the new token, keeps it, commits that it is in use, and then sends with it.
    ///
    /// The commit counts the account's credentials on: whatever Meta says to a request with the old token and is written down after it stops
    /// nothing, and what was written down before it is lifted by it.
    func replaceToken(_ ask: AccountToken, _ call: Call) async throws(Fault) -> AccountToken.Reply {
        let record = try await store.ask { try $0.requireAccount(ask.account) }
        let book = accounts.book
        guard let account = book.accounts[record.id] else {
            throw Fault(
                .conflict,
                "waprod.yaml no longer has the account \(record.name), so nothing is sent through it.",
                field: "account",
                hint: "account.add takes it up again, with its numbers."
            )
        }
        let app = try Self.app(of: account, ask, book)
        let credentials = try Self.credentials(ask.token, app.app)
        let vetted = try await vet(credentials, for: account.wabaID, app: app.app?.ownCredentials())
        do {
            if app.isNew, let app = app.app { try accounts.secrets.keep(app.kept, named: app.name) }
            try accounts.secrets.keep(.init(token: ask.token, replaces: account.replaced), of: account.wabaID)
        } catch {
            throw Fault(error)
        }
        do {
            return try await use(ask, call, account, app, isChecked: vetted.token != nil)
        } catch {
            putBack(account, app.isNew ? book.apps[account.app] : nil)
            throw error
        }
    }

    /// Commits that a token is in use which is on disk already, and then uses it.
    private func use(
        _ ask: AccountToken,
        _ call: Call,
        _ account: AccountBook.Account,
        _ app: (app: AccountBook.App?, isNew: Bool),
        isChecked: Bool
    ) async throws(Fault) -> AccountToken.Reply {
        // A proof is made with the app's secret: another secret makes other credentials of all its accounts.
        let touched = accounts.book.accounts.values.filter { other in
            other.id == account.id || app.isNew && other.app == account.app && other.credentials != nil
        }
        let counts = Counts()
        let reply = try await changes.make(ask, call) { transaction in
            for touched in touched { counts.generations[touched.id] = try transaction.renewCredentials(of: touched.id) }
            let lifted = try transaction.liftCredentialHalts(of: account.id)
            transaction.ringWork()
            return AccountToken.Reply(account: account.name, checked: isChecked, resumed: lifted.map(\.name))
        }
        accounts.change { book in
            if let app = app.app { book.apps[app.name] = app }
            for (id, generation) in counts.generations {
                let token = id == account.id ? ask.token : book.accounts[id]?.credentials?.token
                book.accounts[id]?.credentials = token.flatMap { try? AccountBook.credentials($0, app.app) }
                book.accounts[id]?.generation = generation
            }
        }
        store.work.ring()
        store.numberNews.ring()
        return reply
    }

    /// The change was not made: a restart must not make it.
    private func putBack(_ account: AccountBook.Account, _ app: AccountBook.App?) {
        if let app { try? accounts.secrets.keep(app.kept, named: app.name) }
        let isFromConfiguration =
            account.configured.map { (try? GraphCredentials(token: $0))?.token == account.credentials?.token } ?? false
        guard let token = account.credentials?.token, !isFromConfiguration else { return accounts.secrets.forgetToken(of: account.wabaID) }
        try? accounts.secrets.keep(.init(token: token, replaces: account.replaced), of: account.wabaID)
    }

    /// Written on the writer's thread and read after its commit.
    private final class Counts: @unchecked Sendable {
        var generations: [AccountID: Int64] = [:]
    }

    /// The account's app, with the secrets that were given; nil when it has none and needs none.
    private static func app(
        of account: AccountBook.Account,
        _ ask: AccountToken,
        _ book: AccountBook
    ) throws(Fault) -> (app: AccountBook.App?, isNew: Bool) {
        let known = book.apps[account.app]
        guard ask.appSecret != nil || ask.verifyToken != nil else {
            guard known != nil else {
                throw Fault(
                    .invalidParameters,
                    "The secrets of the app \(account.app) are missing as well, as after a restored backup.",
                    field: "app_secret",
                    hint: "Give app_secret and verify_token too."
                )
            }
            return (known, false)
        }
        guard known?.isConfigured != true else {
            throw Fault(
                .conflict,
                "The secrets of the app \(account.app) are those that waprod.yaml names.",
                field: ask.appSecret == nil ? "verify_token" : "app_secret",
                hint: "Change them there, with previous_secret meanwhile, and restart waprod."
            )
        }
        guard let secret = ask.appSecret ?? known?.secret, let verify = ask.verifyToken ?? known?.verifyToken else {
            throw Fault(
                .invalidParameters,
                "The app \(account.app) needs both app_secret and verify_token.",
                field: ask.appSecret == nil ? "app_secret" : "verify_token"
            )
        }
        var app = AccountBook.App(
            name: account.app,
            metaID: known?.metaID,
            secret: try word(secret, "app_secret"),
            previousSecret: known.flatMap { $0.secret == secret ? $0.previousSecret : $0.secret },
            verifyToken: try word(verify, "verify_token"),
            provesSecret: known?.provesSecret ?? false,
            isConfigured: false
        )
        if app.previousSecret == app.secret { app.previousSecret = nil }
        return (app, true)
    }
}
