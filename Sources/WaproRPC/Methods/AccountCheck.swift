/// How good a finding is.
public enum FindingLevel: String, WireChoice {
    case ok
    /// It works, but not for ever or not wholly.
    case warning
    /// Something does not work.
    case wrong

    public var slug: String { rawValue }
    public init?(slug: String) { self.init(rawValue: slug) }
}

/// One thing that was looked at.
public struct AccountFinding: Wire {
    public let level: Open<FindingLevel>
    public let about: String
    public let says: String
    public let next: String?

    public init(level: Open<FindingLevel>, about: String, says: String, next: String? = nil) {
        self.level = level
        self.about = about
        self.says = says
        self.next = next
    }

    public static let shape = Shape(
        Self.init,
        Field("level", \.level, "The word ok, warning or wrong."),
        Field("about", \.about, "What was looked at: token, permissions, subscription, callback, or a number."),
        Field("says", \.says, "What is so, in words."),
        Field("next", \.next, "What to do about it.")
    )
}

/// Ask Meta whether an account is connected as it should be.
public struct AccountCheck: Method {
    public let account: String

    public init(account: String) {
        self.account = account
    }

    public static let shape = Shape(Self.init, Field("account", \.account, "Its identifier, name or waba_id."))

    public static let name = "account.check"
    public static let role = Role.admin
    public static let effect = Effect.reads
    public static let faults: [Fault.Kind] = [.notFound, .metaUnreachable]
    public static let doc = Doc(
        "Ask Meta whether an account is connected as it should be.",
        details: """
            It looks at the token (valid, until when, what it may do, for this account), at the subscription and the callback URL of the \
            webhooks, and at the numbers. It changes nothing.
            """
    )
    public static let example = AccountCheck(account: "goods")

    /// What was found.
    public struct Reply: Wire {
        public let account: String
        public let level: Open<FindingLevel>
        public let findings: [AccountFinding]

        public init(account: String, level: Open<FindingLevel>, findings: [AccountFinding]) {
            self.account = account
            self.level = level
            self.findings = findings
        }

        public static let shape = Shape(
            Self.init,
            Field("account", \.account, "Name of the account."),
            Field("level", \.level, "The worst that was found."),
            Field("findings", \.findings, "All that was looked at.")
        )
    }
}
