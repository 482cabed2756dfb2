public import WaproCore

/// One change of a webhook.
public struct WebhookChange: Sendable, Hashable {
    /// `entry.id`: the WhatsApp Business Account; a portfolio's id for `partner_solutions`. Empty when it was missing.
    public var account: String
    /// `entry.time`; message changes have none.
    public var at: Timestamp?
    public var field: String
    /// What messages are routed by. Template and account news have none.
    public var phoneNumberID: String?
    /// Digits, perhaps formatted; may differ from what the Graph API shows: never route by it.
    public var displayPhoneNumber: String?
    public var content: Content

    public enum Content: Sendable, Hashable {
        /// `messages`: what people wrote, and what became of what we sent.
        case messages(MessagesChange)
        /// `user_preferences`: marketing stopped or taken up again.
        case preferences([UserPreference], contacts: [WebhookContact])
        /// `smb_message_echoes`, `message_echoes`: what the business sent by other means.
        case echoes([MessageEcho], contacts: [WebhookContact])
        case templateStatus(TemplateStatusUpdate)
        case templateQuality(TemplateQualityUpdate)
        case templateCategory(TemplateCategoryUpdate)
        case phoneQuality(PhoneQualityUpdate)
        case account(AccountUpdate)
        /// Every other field, and a known one in a shape that wapro does not know: the value as it came, to be kept and counted.
        case other(json: String)
    }
}

/// The value of a `messages` change. A batch may have up to 1,000 elements (§6.2).
public struct MessagesChange: Sendable, Hashable {
    /// Those of inbound messages, and since 2026 of statuses. Match by id, not by position.
    public var contacts: [WebhookContact] = []
    public var messages: [InboundMessage] = []
    public var statuses: [MessageStatus] = []
    /// Of the number as a whole.
    public var errors: [WebhookError] = []
}

/// A person as a webhook names them. Personal data.
public struct WebhookContact: Sendable, Hashable {
    /// Digits; nil for people with a username only.
    public var waID: String?
    /// Business-scoped user id.
    public var userID: String?
    public var parentUserID: String?
    public var profileName: String?
    public var username: String?
}

/// An error object of a webhook.
public struct WebhookError: Sendable, Hashable {
    public var code: Int
    public var title: String?
    /// Meta's details: for people with a right to see them, never for logs.
    public var details: String?

    public init(code: Int, title: String? = nil, details: String? = nil) {
        self.code = code
        self.title = title
        self.details = details
    }
}

/// `user_preferences[]` (§6.6).
public struct UserPreference: Sendable, Hashable {
    public enum Value: Sendable, Hashable {
        /// An opt-out from marketing.
        case stop
        case resume
        /// By a sign-up link; not a general opt-in.
        case signup
        case other(String)
    }

    public var waID: String?
    public var userID: String?
    /// `marketing_messages`; Meta may add others.
    public var category: String
    public var value: Value
    public var at: Timestamp
}
