public import WaproCore

/// Give an account another access token.
public struct AccountToken: ChangingMethod {
    public let account: String
    public let token: Secret
    public let appSecret: Secret?
    public let verifyToken: Secret?
    public var idempotencyKey: String?

    public init(account: String, token: Secret, appSecret: Secret? = nil, verifyToken: Secret? = nil, idempotencyKey: String? = nil) {
        self.account = account
        self.token = token
        self.appSecret = appSecret
        self.verifyToken = verifyToken
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("account", \.account, "Its identifier, name or waba_id."),
        Field("token", \.token, "The new access token."),
        Field("app_secret", \.appSecret, "New secret of its app, where a command added that; the one before is taken beside it."),
        Field("verify_token", \.verifyToken, "New verify token of its app, where a command added that."),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    public static let name = "account.token"
    public static let role = Role.admin
    public static let effect = Effect.changes
    public static let faults: [Fault.Kind] = [.conflict, .notFound, .metaRefused, .metaUnreachable]
    public static let doc = Doc(
        "Give an account another access token.",
        details: """
            Meta is asked with it first; one that is refused or may do too little changes nothing. From the answer on everything leaves with it. \
            Requests on their way carry the old one: what Meta refuses for that goes again with the new one, and nothing is lost or sent twice. \
            Numbers that Meta stopped for their token go on. For an account of waprod.yaml it holds until waprod.yaml has another one.
            """
    )
    public static let example = AccountToken(account: "goods", token: Secret("EAAexample"))

    /// What came of it.
    public struct Reply: Wire {
        public let account: String
        public let checked: Bool
        public let resumed: [String]

        public init(account: String, checked: Bool, resumed: [String]) {
            self.account = account
            self.checked = checked
            self.resumed = resumed
        }

        public static let shape = Shape(
            Self.init,
            Field("account", \.account, "Name of the account."),
            Field("checked", \.checked, "Whether Meta said what the token may do; if not, it was only seen that it reads the account."),
            Field("resumed", \.resumed, "Numbers that Meta had stopped for their token, and that send again.")
        )
    }
}
