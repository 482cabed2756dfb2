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
        self.init(utf8: text.utf8)
    }

    init?(utf8 text: some Collection<UInt8>) {
        guard let point = text.firstIndex(of: UInt8(ascii: ".")), let message = MessageID(utf8: text[..<point]) else { return nil }
        let number = text[text.index(after: point)...]
        var ordinal = 0
        for byte in number {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), ordinal < 1_000_000 else { return nil }
            ordinal = ordinal * 10 + Int(byte - UInt8(ascii: "0"))
        }
        guard ordinal > 0 else { return nil }
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
        var text = text
        return text.withUTF8 { bytes in
            var rest = bytes[...]
            for part in ["w1:", store, ":"] {
                guard rest.starts(with: part.utf8) else { return .foreign }
                rest = rest.dropFirst(part.utf8.count)
            }
            return AttemptID(utf8: rest).map(Self.attempt) ?? .foreign
        }
    }
}
