import WaproCloud
import WaproCore
import WaproRPC
import WaproStore

extension AccountHandlers {
    /// Has Meta send the account's webhooks. What is so already is left: a callback of the account's own goes only when that is said.
    func subscribe(_ ask: AccountSubscribe, _ call: Call) async throws(Fault) -> AccountSubscribe.Reply {
        let record = try await store.ask { try $0.requireAccount(ask.account) }
        let (account, credentials) = try accounts.known(record)
        let callback = try callback(ask, account)
        let app = accounts.book.apps[account.app]
        let appID: String?
        if let id = app?.metaID { appID = id } else { appID = try await accounts.describe(credentials, app: app?.ownCredentials())?.appID }
        let before = try await apps(of: account, credentials)
        let ours = Self.ours(before, appID)
        let isLeft = ours != nil && callback == nil && ask.resetCallback != true
        if isLeft { return try await changes.make(ask, call) { _ in Self.reply(before, ours) } }
        do {
            try await accounts.subscriber.subscribe(to: account.wabaID, callback: callback, credentials: credentials)
        } catch {
            throw Fault(error, field: error.refusal.code == 2200 ? "callback_url" : nil)
        }
        // Meta has done it: what follows must not say that nothing was.
        let after = try? await accounts.graph.subscribedApps(of: account.wabaID, credentials: credentials)
        let reply =
            after.map { Self.reply($0, Self.ours($0, appID)) }
            ?? AccountSubscribe.Reply(subscribed: true, apps: [], callback: callback?.url)
        do {
            return try await changes.make(ask, call) { _ in reply }
        } catch {
            throw Fault(
                error.kind,
                "Meta has done it, but it could not be written down: \(error.words)",
                hint: "Once more does no harm.",
                retryable: error.retryable,
                retryAfterMilliseconds: error.retryAfterMilliseconds
            )
        }
    }

    private func callback(_ ask: AccountSubscribe, _ account: AccountBook.Account) throws(Fault) -> GraphSubscriber.Callback? {
        guard let url = ask.callbackUrl else { return nil }
        guard let app = accounts.book.apps[account.app] else {
            throw Fault(
                .notConfigured,
                "The verify token of the app \(account.app) is missing, so the callback could not be verified.",
                hint: "account.token gives it, with app_secret and verify_token."
            )
        }
        return GraphSubscriber.Callback(url: url, verifyToken: app.verifyToken)
    }

    private func apps(of account: AccountBook.Account, _ credentials: GraphCredentials) async throws(Fault) -> [SubscribedApp] {
        do {
            return try await accounts.graph.subscribedApps(of: account.wabaID, credentials: credentials)
        } catch {
            throw Fault(error)
        }
    }

    /// Nil when our app is not among them; the only one, when nobody knows which is ours.
    private static func ours(_ apps: [SubscribedApp], _ appID: String?) -> SubscribedApp? {
        guard let appID else { return apps.count == 1 ? apps[0] : nil }
        return apps.first { $0.id == appID }
    }

    private static func reply(_ apps: [SubscribedApp], _ ours: SubscribedApp?) -> AccountSubscribe.Reply {
        AccountSubscribe.Reply(subscribed: ours != nil, apps: apps.map { $0.name ?? $0.id }, callback: ours?.callback)
    }

    static func check(_ ask: AccountSubscribe) throws(Fault) {
        guard let url = ask.callbackUrl else { return }
        do throws(Complaint) {
            let address = try WebAddress.read(url, schemes: ["https", "http"])
            guard address.scheme == "https" || address.isLoopback else {
                throw Complaint("Meta calls only https URLs, with a certificate that it trusts")
            }
        } catch {
            throw Fault(.invalidParameters, "callback_url: \(error.text).", field: "callback_url")
        }
    }
}
