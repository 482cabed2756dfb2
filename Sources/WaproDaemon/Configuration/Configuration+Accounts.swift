public import WaproCore

extension Configuration {
    /// An entry of `portfolios`: a Meta business portfolio.
    public struct Portfolio: Sendable, Hashable {
        /// Lower-case letters, digits, `-` and `_`.
        public var name: String

        public init(name: String) {
            self.name = name
        }
    }

    /// An entry of `apps`: a Meta app, which signs webhooks and delivers them to `/webhook/<name>`.
    public struct App: Sendable, Hashable {
        /// Lower-case letters, digits, `-` and `_`: it is part of the callback path.
        public var name: String
        /// The app id, digits: with it Meta can be asked as the app.
        public var id: String?
        /// The app secret: the key of the webhook signature.
        public var secret: Secret
        /// The secret before the last rotation, accepted as well.
        public var previousSecret: Secret?
        /// What Meta repeats in the handshake of the callback.
        public var verifyToken: Secret
        /// Whether every request carries `appsecret_proof`: needed when the app is set to demand it.
        public var provesSecret: Bool

        public init(
            name: String,
            id: String? = nil,
            secret: Secret,
            previousSecret: Secret? = nil,
            verifyToken: Secret,
            provesSecret: Bool = false
        ) {
            self.name = name
            self.id = id
            self.secret = secret
            self.previousSecret = previousSecret
            self.verifyToken = verifyToken
            self.provesSecret = provesSecret
        }
    }

    /// An entry of `accounts`: a WhatsApp Business Account.
    public struct Account: Sendable, Hashable {
        public var name: String
        /// The `name` of its portfolio.
        public var portfolio: String
        /// The `name` of the app that serves it.
        public var app: String
        /// The WhatsApp Business Account id, digits.
        public var wabaID: String
        /// The access token.
        public var token: Secret

        public init(name: String, portfolio: String, app: String, wabaID: String, token: Secret) {
            self.name = name
            self.portfolio = portfolio
            self.app = app
            self.wabaID = wabaID
            self.token = token
        }
    }

    /// An entry of `numbers`: a business phone number.
    public struct Number: Sendable, Hashable {
        public var name: String
        /// The `name` of its account.
        public var account: String
        /// The id of the number at Meta, digits; not the number itself.
        public var phoneNumberID: String
        /// Messages a second at most. Nil: what Meta's throughput level of the number allows.
        public var rate: Int?

        public init(name: String, account: String, phoneNumberID: String, rate: Int? = nil) {
            self.name = name
            self.account = account
            self.phoneNumberID = phoneNumberID
            self.rate = rate
        }
    }
}
