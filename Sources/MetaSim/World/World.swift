/// Everything that exists at the simulated Meta: what a person would have set up in Business Manager and the App Dashboard.
///
/// A value. ``MetaSim/updateWorld(_:)`` changes it while the simulator runs.
public struct World: Sendable {
    public var portfolio: Portfolio
    public var accounts: [Account]
    public var apps: [App]
    public var tokens: [AccessToken]

    public init(portfolio: Portfolio = Portfolio(), accounts: [Account], apps: [App], tokens: [AccessToken]) {
        self.portfolio = portfolio
        self.accounts = accounts
        self.apps = apps
        self.tokens = tokens
    }
}

/// The business portfolio that owns the accounts. The messaging limit belongs to it.
public struct Portfolio: Sendable {
    public var id: String
    public var name: String
    /// `TIER_250`, `TIER_2K`, `TIER_10K`, `TIER_100K` or `TIER_UNLIMITED`; for tests also any number, `TIER_12`. So many different
    /// people may be messaged by template outside an open window in 24 hours; one more answers 131048.
    public var messagingLimit: String

    public init(id: String = "660184420937715", name: String = "Harbour Street Group", messagingLimit: String = "TIER_UNLIMITED") {
        self.id = id
        self.name = name
        self.messagingLimit = messagingLimit
    }
}

/// A WhatsApp Business Account (WABA).
public struct Account: Sendable {
    public var id: String
    public var name: String
    public var numbers: [PhoneNumber]
    public var templates: [Template]
    public var currency = "GBP"
    public var country = "GB"
    /// Meta's own numeric id of a time zone, not an IANA name.
    public var timezoneID = "69"
    /// Locked for policy: every send answers 131031.
    public var isLocked = false

    public init(id: String, name: String, numbers: [PhoneNumber], templates: [Template] = []) {
        self.id = id
        self.name = name
        self.numbers = numbers
        self.templates = templates
    }
}

/// A business phone number. Throughput and the pair limit belong to it.
public struct PhoneNumber: Sendable {
    /// `STANDARD`: 80 messages a second; `HIGH`: 1,000.
    public enum Throughput: String, Sendable {
        case standard = "STANDARD"
        case high = "HIGH"
    }

    public var id: String
    /// As Graph formats it: `+44 20 7946 0123`. Webhooks carry the digits only.
    public var display: String
    public var verifiedName: String
    public var throughput: Throughput
    /// `GREEN`, `YELLOW`, `RED` or `UNKNOWN`.
    public var quality = "GREEN"
    public var status = "CONNECTED"
    /// A number that is not registered answers every send with 133010.
    public var isRegistered = true

    public init(id: String, display: String, verifiedName: String, throughput: Throughput = .standard) {
        self.id = id
        self.display = display
        self.verifiedName = verifiedName
        self.throughput = throughput
    }

    var digits: String { display.filter(\.isWholeNumber) }
}

/// A Meta app: it owns the secret that signs webhooks and the callback that they go to.
public struct App: Sendable, Equatable {
    public var id: String
    public var name: String
    public var secret: String
    public var verifyToken: String
    /// Where webhooks go (`http://` only: the simulator calls loopback). Empty: nowhere.
    public var callback: String
    /// The ids of the accounts whose webhooks the app is subscribed to.
    public var accounts: [String]
    /// Where an account's messages go in the place of the callback, by account id.
    public var overrides: [String: String] = [:]

    public init(id: String, name: String, secret: String, verifyToken: String, callback: String = "", accounts: [String]) {
        self.id = id
        self.name = name
        self.secret = secret
        self.verifyToken = verifyToken
        self.callback = callback
        self.accounts = accounts
    }
}

/// An access token: which app it belongs to and which accounts it may touch.
public struct AccessToken: Sendable {
    public var value: String
    public var app: String
    public var accounts: [String]
    /// What it may do, as `debug_token` says it.
    public var scopes = ["whatsapp_business_management", "whatsapp_business_messaging", "public_profile"]
    /// `SYSTEM_USER` or `USER`.
    public var type = "SYSTEM_USER"
    /// Unix seconds; 0: never. Only told: `isExpired` is what ends it.
    public var expiresAt: Int64 = 0
    public var isExpired = false
    /// Taken back: it answers 190/467 from then on.
    public var isRevoked = false

    public init(_ value: String, app: String, accounts: [String]) {
        self.value = value
        self.app = app
        self.accounts = accounts
    }
}
