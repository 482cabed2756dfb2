public import WaproCore

/// A message that a person sent (§6.3, §6.4). Personal data.
public struct InboundMessage: Sendable, Hashable {
    /// wamid; the key by which a second delivery is known.
    public var id: String
    /// Digits; nil for people with a username only.
    public var from: String?
    public var userID: String?
    public var parentUserID: String?
    public var at: Timestamp
    /// `text`, `image`, `button`, `interactive` and so on. Open: what is not known is kept as well.
    public var type: String
    /// Set for messages in a group.
    public var groupID: String?
    public var context: Context?
    /// The body of a `text`, or the caption of a picture, video or document.
    public var text: String?
    /// A button or list row that the person chose.
    public var reply: Reply?
    /// The node named after the type, as it came; for `system` it tells of a new number.
    public var node: String?
    /// The ad or post that led the person here, as it came.
    public var referral: String?
    public var errors: [WebhookError]

    /// What the message refers to.
    public struct Context: Sendable, Hashable {
        /// wamid of the message that is answered; nil for forwarded ones.
        public var id: String?
        public var from: String?
        public var isForwarded: Bool
        public var isFrequentlyForwarded: Bool
        /// A product of a catalogue, as it came.
        public var referredProduct: String?
    }

    /// Template buttons and session buttons arrive differently (§11.11).
    public enum Reply: Sendable, Hashable {
        /// A template's quick reply; the payload is the label when none was sent.
        case templateButton(payload: String, label: String)
        case button(id: String, title: String)
        case listRow(id: String, title: String)
    }
}
