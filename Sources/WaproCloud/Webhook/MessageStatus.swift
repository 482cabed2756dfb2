public import WaproCore

/// What became of a message that we sent (§6.5). A second delivery of one is the same value.
public struct MessageStatus: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        case sent, delivered, read, played, failed
        /// `deleted`, `warning`, or new: to be kept, never to be acted on.
        case other(String)
    }

    /// What Meta charged by.
    public struct Pricing: Sendable, Hashable {
        /// `regular`, `free_customer_service`, `free_entry_point`. Read this, not `billable`, which is to go.
        public var type: String?
        /// `marketing`, `utility`, `authentication`, `service` and others, with `_` or `-`.
        public var category: String?
        /// `PMP` or `CBP`.
        public var model: String?
    }

    /// wamid of the message.
    public var id: String
    public var kind: Kind
    public var at: Timestamp
    /// Digits, or the group's id when `isGroup`.
    public var recipientID: String?
    public var recipientUserID: String?
    public var isGroup: Bool
    /// In a group there is one status a person: part of the key by which a second delivery is known.
    public var participantID: String?
    public var participantUserID: String?
    /// What we sent as `biz_opaque_callback_data`: see `CallbackData.parse`.
    public var callbackData: String?
    public var pricing: Pricing?
    /// Of a failed one; the first decides.
    public var errors: [WebhookError]
}
