/// Where a message, and with it a recipient, stands. Raw values are stored: never renumber.
///
/// A recipient of a campaign is at every moment in exactly one of these, and a campaign's counters over them add up to its
/// audience (promise P2). `pending` is the state of a recipient that has no message row yet.
public enum MessageState: Int, Sendable, Hashable, CaseIterable {
    /// Frozen into the audience; the message is not written yet.
    case pending = 0
    /// Written, and waiting for its turn.
    case waiting = 1
    /// The intent is committed; the request may be anywhere between us and Meta.
    case sending = 2
    /// Perhaps sent, perhaps not: only evidence or a person may decide.
    case inDoubt = 3
    /// Meta took it and gave a wamid.
    case accepted = 4
    /// Left Meta for the device.
    case sent = 5
    /// Reached a device of the recipient.
    case delivered = 6
    /// Opened; only known of recipients whose read receipts are on.
    case read = 7
    /// A voice message was played.
    case played = 8
    /// Meta refused it or could not deliver it.
    case failed = 9
    /// Never handed over, because a rule forbids it (an opt-out, a missing parameter).
    case skipped = 10
    /// Never handed over, because a person cancelled.
    case cancelled = 11
    /// Never handed over, because its not-after passed.
    case expired = 12
    /// Inbound: a message that somebody sent to us.
    case received = 20

    /// The word of the protocol and the command line.
    public var slug: String {
        switch self {
        case .pending: "pending"
        case .waiting: "waiting"
        case .sending: "sending"
        case .inDoubt: "in_doubt"
        case .accepted: "accepted"
        case .sent: "sent"
        case .delivered: "delivered"
        case .read: "read"
        case .played: "played"
        case .failed: "failed"
        case .skipped: "skipped"
        case .cancelled: "cancelled"
        case .expired: "expired"
        case .received: "received"
        }
    }

    public init?(slug: String) {
        guard let state = Self.allCases.first(where: { $0.slug == slug }) else { return nil }
        self = state
    }

    /// How far Meta has confirmed the message: accepted 0 … played 4; nil where Meta has confirmed nothing.
    public var rank: Int? {
        switch self {
        case .accepted: 0
        case .sent: 1
        case .delivered: 2
        case .read: 3
        case .played: 4
        default: nil
        }
    }

    /// Work of ours remains: the campaign is not finished while a recipient is in one of these.
    public var isOpen: Bool {
        self == .pending || self == .waiting || self == .sending
    }
}
