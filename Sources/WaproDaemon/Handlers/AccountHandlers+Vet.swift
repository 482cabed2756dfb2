import WaproCloud
import WaproCore
import WaproRPC

extension AccountHandlers {
    /// What Meta says of a token before it is used.
    struct Vetted: Sendable {
        /// Nil when Meta would not say what the token may do.
        var token: TokenInfo?
        var numbers: [PhoneNumberInfo]
    }

    /// Asks Meta whether a token is good for an account; a fault says why it is not.
    ///
    /// - Parameter app: whose token it is, where that is known: the app may ask about its tokens, the token itself mostly may as well.
    func vet(_ credentials: GraphCredentials, for wabaID: String, app: GraphCredentials?) async throws(Fault) -> Vetted {
        let info = try await accounts.describe(credentials, app: app)
        if let info {
            let next = "make a token with whatsapp_business_messaging and whatsapp_business_management for this account"
            guard info.isValid else {
                throw Fault(
                    .metaRefused,
                    "Meta says that the token is not valid.",
                    field: "token",
                    hint: "Make another one in Business settings, System users."
                )
            }
            guard info.missingScopes.isEmpty else {
                throw Fault(
                    .metaRefused,
                    "The token lacks \(info.missingScopes.joined(separator: " and ")).",
                    field: "token",
                    hint: "In Business settings, System users, \(next)."
                )
            }
            let elsewhere = info.scopesElsewhere(than: wabaID)
            guard elsewhere.isEmpty else {
                throw Fault(
                    .metaRefused,
                    "The token has \(elsewhere.joined(separator: " and ")), but not for this WhatsApp Business Account.",
                    field: "token",
                    hint: "Give the system user this account as an asset, then \(next)."
                )
            }
        }
        do {
            return Vetted(token: info, numbers: try await accounts.graph.phoneNumbers(of: wabaID, credentials: credentials))
        } catch {
            throw Fault(error, field: "token")
        }
    }
}

extension AccountHandlers {
    /// Refuses an app's secret that is not the app's: with it each webhook would be refused here, while messages leave.
    ///
    /// - Parameter id: Meta's id of the app; nil: nobody knows it, so nobody can be asked.
    func requireSecret(of app: AccountBook.App, id: String?) async throws(Fault) {
        guard let id, let own = app.ownCredentials(id: id) else { return }
        do {
            _ = try await accounts.graph.subscription(of: id, credentials: own)
        } catch {
            if error.kind == .notReached { throw Fault(error) }
            guard error.isOfCredentials else { return }
            throw Fault(
                .metaRefused,
                "Meta does not take this secret for the app.",
                field: "app_secret",
                hint: "Copy it from the App Dashboard, App settings, Basic."
            )
        }
    }
}

extension GraphFailure {
    /// Whether Meta refused what proves who asks.
    var isOfCredentials: Bool { kind == .refused && refusal.isOfCredentials }
}

extension Accounts {
    /// What Meta says of a token; nil when it would not say. A token that Meta does not take is a fault.
    ///
    /// - Parameter app: the app's own token, where it is known.
    func describe(_ token: GraphCredentials, app: GraphCredentials?) async throws(Fault) -> TokenInfo? {
        for inspector in [app, token].compactMap(\.self) {
            do {
                return try await graph.describe(token, asking: inspector)
            } catch {
                if error.kind == .notReached { throw Fault(error) }
                if inspector == token, error.refusal.code == 190 { throw Fault(error, field: "token") }
            }
        }
        return nil
    }
}

extension AccountBook.App {
    /// The app's own token; nil when its id at Meta is not known.
    func ownCredentials(id: String? = nil) -> GraphCredentials? {
        (metaID ?? id).flatMap { try? GraphCredentials.app(id: $0, secret: secret, proof: provesSecret) }
    }
}
