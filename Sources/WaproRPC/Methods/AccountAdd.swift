public import WaproCore

/// A business number that came with an account.
public struct AddedNumber: Wire {
    public let name: String
    public let phoneNumberId: String
    public let displayNumber: String?
    public let verifiedName: String?
    public let status: String?

    public init(name: String, phoneNumberId: String, displayNumber: String? = nil, verifiedName: String? = nil, status: String? = nil) {
        self.name = name
        self.phoneNumberId = phoneNumberId
        self.displayNumber = displayNumber
        self.verifiedName = verifiedName
        self.status = status
    }

    public static let shape = Shape(
        Self.init,
        Field("name", \.name, "The name that it has from now on."),
        Field("phone_number_id", \.phoneNumberId, "Meta's identifier of it."),
        Field("display_number", \.displayNumber, "The number as Meta displays it."),
        Field("verified_name", \.verifiedName, "The name that recipients see."),
        Field("status", \.status, "Meta's word for its state.")
    )
}

/// Connect a WhatsApp Business Account with its numbers.
public struct AccountAdd: ChangingMethod {
    public let name: String
    public let wabaId: String
    public let portfolio: String
    public let app: String
    public let token: Secret
    public let appId: String?
    public let appSecret: Secret?
    public let verifyToken: Secret?
    public let appsecretProof: Bool?
    public let numbers: [String]?
    public let dryRun: Bool?
    public var idempotencyKey: String?

    public init(
        name: String,
        wabaId: String,
        portfolio: String,
        app: String,
        token: Secret,
        appId: String? = nil,
        appSecret: Secret? = nil,
        verifyToken: Secret? = nil,
        appsecretProof: Bool? = nil,
        numbers: [String]? = nil,
        dryRun: Bool? = nil,
        idempotencyKey: String? = nil
    ) {
        self.name = name
        self.wabaId = wabaId
        self.portfolio = portfolio
        self.app = app
        self.token = token
        self.appId = appId
        self.appSecret = appSecret
        self.verifyToken = verifyToken
        self.appsecretProof = appsecretProof
        self.numbers = numbers
        self.dryRun = dryRun
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("name", \.name, "Name of the account: lower-case letters, digits, - and _.", length: 1...40),
        Field("waba_id", \.wabaId, "Meta's identifier of the account.", length: 5...20),
        Field("portfolio", \.portfolio, "Name of its business portfolio; one that is not known is made.", length: 1...40),
        Field("app", \.app, "Name of the Meta app that serves it; a new one needs app_secret and verify_token.", length: 1...40),
        Field("token", \.token, "Its access token, best of a system user and without an end."),
        Field("app_id", \.appId, "Meta's identifier of a new app; what Meta says of the token if absent.", length: 5...20),
        Field("app_secret", \.appSecret, "Secret of a new app, which signs webhooks."),
        Field("verify_token", \.verifyToken, "What Meta repeats when it verifies the callback of a new app."),
        Field("appsecret_proof", \.appsecretProof, "Whether a new app wants a proof of its secret with every request."),
        Field("numbers", \.numbers, "Only these numbers, by phone_number_id; all that the account has if absent."),
        Field("dry_run", \.dryRun, "Only ask Meta and say what would be added."),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    public func validate() throws(Fault) {
        guard numbers?.isEmpty != true else {
            throw Fault(
                .invalidParameters,
                "numbers is empty.",
                field: "numbers",
                hint: "Name phone_number_ids, or leave it out to take all of the account's numbers."
            )
        }
    }

    public static let name = "account.add"
    public static let role = Role.admin
    public static let effect = Effect.changes
    public static let faults: [Fault.Kind] = [.conflict, .notFound, .metaRefused, .metaUnreachable]
    public static let doc = Doc(
        "Connect a WhatsApp Business Account with its numbers.",
        details: """
            Meta is asked first, and what it refuses changes nothing. From the answer on messages leave from its numbers and its webhooks are \
            taken, without a restart. The first number gets the account's name, further ones NAME-2 and so on. The secrets are kept in files \
            beside the database, not in it. account.subscribe has Meta send its webhooks.
            """
    )
    public static let example = AccountAdd(
        name: "goods",
        wabaId: "330918274650112",
        portfolio: "group",
        app: "main",
        token: Secret("EAAexample")
    )

    /// What was added.
    public struct Reply: Wire {
        public let added: Bool
        public let name: String
        public let callback: String
        public let numbers: [AddedNumber]

        public init(added: Bool, name: String, callback: String, numbers: [AddedNumber]) {
            self.added = added
            self.name = name
            self.callback = callback
            self.numbers = numbers
        }

        public static let shape = Shape(
            Self.init,
            Field("added", \.added, "Whether it was added; not in a dry run."),
            Field("name", \.name, "Name of the account."),
            Field("callback", \.callback, "Path under which its webhooks are taken."),
            Field("numbers", \.numbers, "Its numbers.")
        )
    }
}
