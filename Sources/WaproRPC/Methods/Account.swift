public import WaproCore

/// Who said that an account exists.
public enum AccountOrigin: String, WireChoice {
    /// waprod.yaml has it.
    case configuration
    /// account.add made it.
    case command
    /// waprod.yaml had it once; nothing is sent through it.
    case formerly

    public var slug: String { rawValue }
    public init?(slug: String) { self.init(rawValue: slug) }
}

/// A WhatsApp Business Account.
public struct AccountInfo: Wire {
    public let id: AccountID
    public let name: String
    public let wabaId: String
    public let portfolio: String
    public let app: String
    public let origin: Open<AccountOrigin>
    public let hasToken: Bool
    public let numbers: [String]

    public init(
        id: AccountID,
        name: String,
        wabaId: String,
        portfolio: String,
        app: String,
        origin: Open<AccountOrigin>,
        hasToken: Bool,
        numbers: [String]
    ) {
        self.id = id
        self.name = name
        self.wabaId = wabaId
        self.portfolio = portfolio
        self.app = app
        self.origin = origin
        self.hasToken = hasToken
        self.numbers = numbers
    }

    public static let shape = Shape(
        Self.init,
        Field("id", \.id, "Identifier of the account."),
        Field("name", \.name, "Its name."),
        Field("waba_id", \.wabaId, "Meta's identifier of it."),
        Field("portfolio", \.portfolio, "Name of its business portfolio."),
        Field("app", \.app, "Name of the Meta app that serves it; its webhooks come to /webhook/ and this name."),
        Field("origin", \.origin, "Who said that it exists: waprod.yaml, a command, or waprod.yaml formerly."),
        Field("has_token", \.hasToken, "Whether there is an access token for it; without one nothing is sent."),
        Field("numbers", \.numbers, "Names of its numbers.")
    )
}

/// List the WhatsApp Business Accounts.
public struct AccountList: PagedMethod {
    public let after: String?
    public let limit: Int?

    public init(after: String? = nil, limit: Int? = nil) {
        self.after = after
        self.limit = limit
    }

    public static let shape = Shape(
        Self.init,
        Field("after", \.after, "The next of the page before; the first page if absent."),
        Field("limit", \.limit, "How many at most; 100 if absent.", in: 1...1000)
    )

    public static let name = "account.list"
    public static let role = Role.admin
    public static let effect = Effect.reads
    public static let doc = Doc("List the WhatsApp Business Accounts.", details: "Never with a secret.")
    public static let example = AccountList()

    public typealias Reply = Page<AccountInfo>
    public typealias Place = AccountID
}
