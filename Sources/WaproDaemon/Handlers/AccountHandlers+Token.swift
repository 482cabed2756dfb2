import WaproCloud
import WaproCore
import WaproRPC
import WaproStore

extension AccountHandlers {
    /// Asks Meta with the new token, keeps it, commits that it is in use, and then sends with it.
    ///
    /// The commit counts the account's credentials on: whatever Meta says to a request with the old token and is written down after it stops
    /// nothing, and what was written down before it is lifted by it. The same count says after a crash whether the kept token is in use.
    func replaceToken(_ ask: AccountToken, _ call: Call) async throws(Fault) -> AccountToken.Reply {
        let (record, all, apps) = try await store.ask { (try $0.requireAccount(ask.account), try $0.accounts(), try $0.apps()) }
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
        let vetted = try await vet(credentials, for: account.wabaID, app: app.app.ownCredentials())
        if app.isNew { try await requireSecret(of: app.app, id: app.app.metaID ?? vetted.token?.appID) }
        try await keep { () throws(SecretFolderFailure) in
            try accounts.secrets.settle(all, apps)
            if app.isNew {
                let count = apps.first { $0.id == record.app }?.secrets ?? 0
                try accounts.secrets.draft(app.app.kept, named: app.app.name, for: count + 1)
            }
            let token = KeptSecrets.Token(token: ask.token, replaces: account.replaced)
            try accounts.secrets.draft(token, of: account.wabaID, for: record.credentials + 1)
        }
        return try await settling { () throws(Fault) in
            try await use(ask, call, record, app.app, isNew: app.isNew, isChecked: vetted.token != nil)
        }
    }

    /// Writes drafts of secrets; when one of them cannot be kept, none is.
    func keep(_ body: () throws(SecretFolderFailure) -> Void) async throws(Fault) {
        do throws(SecretFolderFailure) {
            try body()
        } catch {
            await settleDrafts()
            throw Fault(error)
        }
    }

    /// Runs the commit that drafts were written for, and puts them into use or drops them by what came of it.
    func settling<Reply>(_ commit: () async throws(Fault) -> Reply) async throws(Fault) -> Reply {
        do throws(Fault) {
            let reply = try await commit()
            await settleDrafts()
            return reply
        } catch {
            // Whether it is committed is not known when the disk failed: the next start tells.
            if error.kind != .storageFailed { await settleDrafts() }
            throw error
        }
    }

    /// Whether a draft is in use the store says. What cannot be put in order now is at the next change or start, and counts the same until then.
    private func settleDrafts() async {
        guard let (all, apps) = try? await store.read({ (try $0.accounts(), try $0.apps()) }) else { return }
        try? accounts.secrets.settle(all, apps)
    }

    /// Commits that a token is in use which is on disk already, and then uses it.
    private func use(
        _ ask: AccountToken,
        _ call: Call,
        _ account: AccountRecord,
        _ app: AccountBook.App,
        isNew: Bool,
        isChecked: Bool
    ) async throws(Fault) -> AccountToken.Reply {
        // A proof is made with the app's secret: another secret makes other credentials of all its accounts.
        let touched = [account.id] + (isNew ? accounts.book.others(of: app.name, than: account.id).map(\.id) : [])
        let counts = Counts()
        let reply = try await changes.make(ask, call) { transaction in
            if isNew { _ = try transaction.renewSecrets(of: account.app) }
            var lifted: [NumberRecord] = []
            for id in touched {
                counts.generations[id] = try transaction.renewCredentials(of: id)
                lifted += try transaction.liftCredentialHalts(of: id)
            }
            transaction.ringWork()
            return AccountToken.Reply(account: account.name, checked: isChecked, resumed: lifted.map(\.name))
        }
        accounts.change { book in
            book.take(app)
            for (id, generation) in counts.generations {
                book.renew(id, token: id == account.id ? ask.token : nil, generation: generation)
            }
        }
        store.work.ring()
        store.numberNews.ring()
        return reply
    }

    /// Written on the writer's thread and read after its commit.
    private final class Counts: @unchecked Sendable {
        var generations: [AccountID: Int64] = [:]
    }

    /// The account's app, with the secrets that were given.
    private static func app(
        of account: AccountBook.Account,
        _ ask: AccountToken,
        _ book: AccountBook
    ) throws(Fault) -> (app: AccountBook.App, isNew: Bool) {
        let (known, lost) = (book.apps[account.app], book.lostApps[account.app])
        guard ask.appSecret != nil || ask.verifyToken != nil else {
            guard let known else {
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
            metaID: known?.metaID ?? lost?.metaID,
            secret: secret,
            previousSecret: known.flatMap { $0.secret == secret ? $0.previousSecret : $0.secret },
            verifyToken: verify,
            provesSecret: known?.provesSecret ?? lost?.provesSecret ?? false,
            isConfigured: false
        )
        if app.previousSecret == app.secret { app.previousSecret = nil }
        return (app, true)
    }
}
