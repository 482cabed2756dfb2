public import WaproCore

/// Has an app get an account's webhooks: `POST /{account}/subscribed_apps`. Asking twice is as good as once.
public struct GraphSubscriber: Sendable {
    public let http: HTTPClient
    public let endpoint: GraphEndpoint

    /// Where an account's messages go in the place of the app's callback. Meta calls it at once, and repeats the verify token.
    public struct Callback: Sendable, Hashable {
        public var url: String
        public var verifyToken: Secret

        public init(url: String, verifyToken: Secret) {
            (self.url, self.verifyToken) = (url, verifyToken)
        }
    }

    public init(http: HTTPClient, endpoint: GraphEndpoint) {
        self.http = http
        self.endpoint = endpoint
    }

    /// Subscribes the token's app.
    ///
    /// - Parameter callback: nil for the app's own, also when there was another.
    public func subscribe(to account: String, callback: Callback?, credentials: GraphCredentials) async throws(GraphFailure) {
        let target = HTTPTarget(
            .post,
            endpoint.url(account, "subscribed_apps", query: credentials.query),
            headers: [credentials.header, ("Content-Type", "application/json")]
        )
        let answer = try await http.answer(to: HTTPRequest(target, lane: .management, body: Self.body(callback)))
        guard answer["success"]?.bool == true else { throw .unreadable }
    }

    private static func body(_ callback: Callback?) -> [UInt8] {
        var body: [UInt8] = []
        body.append("{")
        if let callback {
            body.append("\"override_callback_uri\":")
            body.appendQuoted(callback.url)
            body.append(",\"verify_token\":")
            body.appendQuoted(callback.verifyToken.revealed)
        }
        body.append("}")
        return body
    }
}
