internal import WaproCore

extension GraphReader {
    /// What Meta says of a token.
    ///
    /// - Parameters:
    ///   - token: what is asked about. It travels in the query, which is how Meta asks for it; nothing logs it.
    ///   - inspector: an app's own token, or one of a user who has a role in the app, which the token itself mostly is.
    public func describe(_ token: GraphCredentials, asking inspector: GraphCredentials) async throws(GraphFailure) -> TokenInfo {
        let url = endpoint.url("debug_token", query: [("input_token", token.token.revealed)] + inspector.query)
        guard let info = try await get(url, inspector)["data"].flatMap(TokenInfo.init) else { throw .unreadable }
        return info
    }

    /// The apps that get an account's webhooks.
    public func subscribedApps(of account: String, credentials: GraphCredentials) async throws(GraphFailure) -> [SubscribedApp] {
        let answer = try await get(endpoint.url(account, "subscribed_apps", query: credentials.query), credentials)
        guard let data = answer["data"]?.elements else { throw .unreadable }
        return data.compactMap { SubscribedApp($0) }
    }

    /// The app's subscription to WhatsApp's webhooks; nil when it has none. Only the app itself may ask.
    public func subscription(of app: String, credentials: GraphCredentials) async throws(GraphFailure) -> AppSubscription? {
        let answer = try await get(endpoint.url(app, "subscriptions", query: credentials.query), credentials)
        guard let data = answer["data"]?.elements else { throw .unreadable }
        return data.compactMap { AppSubscription($0) }.first
    }
}
