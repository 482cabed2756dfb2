/// Have Meta send an account's webhooks.
public struct AccountSubscribe: ChangingMethod {
    public let account: String
    public let callbackUrl: String?
    public let resetCallback: Bool?
    public var idempotencyKey: String?

    public init(account: String, callbackUrl: String? = nil, resetCallback: Bool? = nil, idempotencyKey: String? = nil) {
        self.account = account
        self.callbackUrl = callbackUrl
        self.resetCallback = resetCallback
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("account", \.account, "Its identifier, name or waba_id."),
        Field(
            "callback_url",
            \.callbackUrl,
            "Where this account's messages go, https; if absent that stays as it is, at first the callback of the app.",
            length: 1...200
        ),
        Field("reset_callback", \.resetCallback, "Have this account's messages go to the callback of the app again."),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    public func validate() throws(Fault) {
        guard callbackUrl == nil || resetCallback != true else {
            throw Fault(.invalidParameters, "Give either callback_url or reset_callback.", field: "reset_callback")
        }
    }

    public static let name = "account.subscribe"
    public static let role = Role.admin
    public static let effect = Effect.changes
    public static let faults: [Fault.Kind] = [.conflict, .notFound, .metaRefused, .metaUnreachable]
    public static let doc = Doc(
        "Have Meta send an account's webhooks.",
        details: """
            The app of its token is subscribed to the account, if it is not. A callback_url is called by Meta at once, and must lead \
            to this daemon, path /webhook/ and the app's name. News of templates and of the account go to the app's own callback all the same.
            """
    )
    public static let example = AccountSubscribe(account: "goods", callbackUrl: "https://hooks.example.com/webhook/main")

    /// What Meta says then.
    public struct Reply: Wire {
        public let subscribed: Bool
        public let apps: [String]
        public let callback: String?

        public init(subscribed: Bool, apps: [String], callback: String? = nil) {
            self.subscribed = subscribed
            self.apps = apps
            self.callback = callback
        }

        public static let shape = Shape(
            Self.init,
            Field("subscribed", \.subscribed, "Whether the app gets the account's webhooks."),
            Field("apps", \.apps, "Names of all apps that get the account's webhooks, as Meta has them; empty when it does not say."),
            Field("callback", \.callback, "The account's own callback; absent when that of the app stands.")
        )
    }
}
