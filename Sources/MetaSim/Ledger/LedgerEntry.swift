/// One message that the simulator accepted for a person: what that person's phone would show.
public struct LedgerEntry: Sendable, Equatable {
    /// When it was accepted, Unix milliseconds.
    public let time: Int64
    public let wamid: String
    /// The person: the digits of the `wa_id`, or a business-scoped user id.
    public let recipient: String
    /// The business number that sent it (`phone_number_id`).
    public let phoneNumberID: String
    /// `text`, `template`, `image`…
    public let type: String
    /// The template's name; empty for other messages.
    public let template: String
    /// What the person reads, cut at ``Ledger/textLimit`` bytes.
    public let text: String
    /// `biz_opaque_callback_data` of the request; empty when it had none.
    public let callbackData: String
    /// Whether the customer-service window was open: the person had written to this number within 24 hours.
    public let windowOpen: Bool
    /// The error code of the `failed` status that Meta sends for it; nil when it goes through.
    public let failure: Int?

    /// Whether the person got it: accepted and not failed.
    public var reached: Bool { failure == nil }
}

/// Messages that one person got more often than once.
public struct Duplicate: Sendable {
    public let recipient: String
    public let entries: [LedgerEntry]
}

/// What makes two messages to one person the same.
public enum Sameness: String, Sendable, CaseIterable {
    /// Any two messages: for a world in which everybody should get one.
    case recipient
    /// The same type, template and text.
    case content
    /// The same `biz_opaque_callback_data`: one attempt that was posted twice.
    case callbackData = "callback_data"
}
