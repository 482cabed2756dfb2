/// One try to hand a message to Meta: the message and the try's number, counted from 1.
///
/// Its callback text travels in `biz_opaque_callback_data` and comes back in every status of that message, which is how a status
/// finds its attempt even before the POST has returned.
public struct AttemptID: Hashable, Sendable {
    public let message: MessageID
    public let ordinal: Int

    public init(message: MessageID, ordinal: Int) {
        self.message = message
        self.ordinal = ordinal
    }
}

extension AttemptID: CustomStringConvertible {
    public var description: String { "\(message).\(ordinal)" }

    /// Reads `msg_….N`.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let message = MessageID(String(parts[0])), let ordinal = Int(parts[1]), ordinal > 0 else { return nil }
        self.init(message: message, ordinal: ordinal)
    }
}

/// What `biz_opaque_callback_data` of a status says about who sent the message.
public enum CallbackData: Hashable, Sendable {
    /// Ours: this store made this attempt.
    case attempt(AttemptID)
    /// Written by a wapro store of another name, or by another application.
    case foreign

    /// `w1:<store>:<attempt>`; 512 characters are allowed, this takes about 40.
    public static func render(_ attempt: AttemptID, store: String) -> String {
        "w1:\(store):\(attempt)"
    }

    public static func parse(_ text: String, store: String) -> CallbackData {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "w1", parts[1] == store, let attempt = AttemptID(parts[2]) else { return .foreign }
        return .attempt(attempt)
    }
}
