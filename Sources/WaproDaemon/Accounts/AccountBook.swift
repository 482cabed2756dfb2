import WaproCloud
import WaproCore
import WaproReceiving
import WaproSending
import WaproStore

/// Which accounts and apps there are, and with which secrets: a value, replaced when a command changes it.
struct AccountBook: Sendable {
    struct App: Sendable {
        var name: String
        /// Meta's id, where it is known.
        var metaID: String?
        var secret: Secret
        var previousSecret: Secret?
        var verifyToken: Secret
        var provesSecret: Bool
        var isConfigured: Bool

        /// As it is kept on disk, when a command added it.
        var kept: KeptSecrets.App { KeptSecrets.App(secret: secret, verifyToken: verifyToken, previous: previousSecret) }

        var listened: Listener.App {
            Listener.App(name: name, secrets: [secret] + (previousSecret.map { [$0] } ?? []), verifyToken: verifyToken)
        }
    }

    struct Account: Sendable {
        var id: AccountID
        var name: String
        var wabaID: String
        /// Name of its app.
        var app: String
        /// Nil when there is none.
        var token: Secret?
        /// Nil when there is no token for it, or its app's secret is missing for the proof that goes with it: nothing is asked or sent.
        var credentials: GraphCredentials?
        /// Which of its credentials these are, as the store counts them.
        var generation: Int64
        /// The token that the configuration has for it; nil for an account that a command added.
        var configured: Secret?
        var numbers: [NumberID: String]

        /// What a token by command takes the place of, as a fingerprint; nil for an account that a command added.
        var replaced: String? { configured.flatMap { try? GraphCredentials(token: $0) }?.fingerprint }

        /// Through what its numbers send.
        var routes: [NumberID: SendingRoute] {
            numbers.mapValues { SendingRoute(phoneNumberID: $0, credentials: credentials, generation: generation) }
        }
    }

    var apps: [String: App] = [:]
    /// The apps that the store knows and whose secrets are missing.
    var lostApps: [String: AppRecord] = [:]
    var accounts: [AccountID: Account] = [:]

    /// The accounts of which nothing is sent for want of credentials.
    var mute: Set<AccountID> { Set(accounts.values.filter { $0.credentials == nil }.map(\.id)) }

    /// What keeps accounts from working for want of a secret, in words, each with the command that helps.
    var problems: [String] {
        accounts.values.sorted { $0.id < $1.id }.flatMap { account -> [String] in
            let give = "waproctl account token \(account.name) --token FILE"
            if account.token == nil {
                return ["There is no access token for the account \(account.name): nothing of it is sent. \(give) gives one."]
            }
            guard apps[account.app] == nil else { return [] }
            let also =
                account.credentials == nil ? "nothing of the account \(account.name) is sent, and its" : "the account \(account.name)'s"
            return [
                "The secrets of the app \(account.app) are missing, so \(also) webhooks are refused. \(give) --app-secret FILE --verify-token FILE gives them."
            ]
        }
    }

    /// The accounts whose credentials change with an app's secret.
    func others(of app: String, than id: AccountID? = nil) -> [Account] {
        accounts.values.filter { $0.app == app && $0.id != id && $0.token != nil }.sorted { $0.id < $1.id }
    }

    /// An app has these secrets now.
    mutating func take(_ app: App) {
        apps[app.name] = app
        lostApps[app.name] = nil
    }

    /// An account is asked and sent with its token, or this one, and its app's secret as they are now.
    mutating func renew(_ id: AccountID, token: Secret? = nil, generation: Int64) {
        guard var account = accounts[id] else { return }
        account.token = token ?? account.token
        account.generation = generation
        account.credentials = credentials(account.token, app: account.app)
        accounts[id] = account
    }

    /// A token as it is sent; nil when its app wants a proof and its secret is missing.
    func credentials(_ token: Secret?, app name: String) -> GraphCredentials? {
        guard let token, lostApps[name]?.provesSecret != true else { return nil }
        return try? Self.credentials(token, apps[name])
    }

    /// An app's token or proof goes with its secret.
    static func credentials(_ token: Secret, _ app: App?) throws(GraphSetupError) -> GraphCredentials {
        try GraphCredentials(token: token, appSecret: app?.secret, proof: app?.provesSecret ?? false)
    }
}

extension AccountBook.App {
    init(_ app: Configuration.App) {
        self.init(
            name: app.name,
            metaID: app.id,
            secret: app.secret,
            previousSecret: app.previousSecret,
            verifyToken: app.verifyToken,
            provesSecret: app.provesSecret,
            isConfigured: true
        )
    }

    init(_ record: AppRecord, _ kept: KeptSecrets.App) {
        self.init(
            name: record.name,
            metaID: record.metaID,
            secret: kept.secret,
            previousSecret: kept.previous,
            verifyToken: kept.verifyToken,
            provesSecret: record.provesSecret,
            isConfigured: false
        )
    }
}
