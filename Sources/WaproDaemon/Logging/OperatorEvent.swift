public import Logging

/// What an operator may want to be told of by a tool: each has a fixed `MESSAGE_ID`, so that
/// `journalctl MESSAGE_ID=…` and monitoring find it whatever the words are. An id is never reused.
public enum OperatorEvent: String, Sendable, CaseIterable {
    /// The daemon is able to work.
    case ready
    /// It was told to stop, and drains.
    case stopping
    /// The configuration was refused: exit code 78.
    case configurationRefused = "configuration-refused"
    /// The store cannot be opened, or belongs to a newer version.
    case storeRefused = "store-refused"
    /// Reading or writing the store failed: the process ends, since what the disk holds is not known until it is read anew.
    case storeBroken = "store-broken"
    /// Sends of an earlier run have an unknown fate.
    case sendsInDoubt = "sends-in-doubt"
    /// Meta refuses an access token: nothing is sent for its account.
    case tokenRefused = "token-refused"
    /// A webhook's signature is wrong: somebody else's request, or the app secret has changed.
    case signatureRefused = "signature-refused"
    /// A webhook was kept without being understood.
    case webhookParked = "webhook-parked"
    /// A line of the audit log.
    case audit

    /// 128 bits as the journal writes them.
    public var messageID: String {
        switch self {
        case .ready: "5969b273ec724affb5a2e1005ffc3043"
        case .stopping: "54b6c47e7b5f4bfaae9d44055acdf86c"
        case .configurationRefused: "1734c2a86a1f4867b072f1cacd80b1d7"
        case .storeRefused: "c81538810dfc4582ad22450d3e4310c0"
        case .storeBroken: "21e0acf2a0c14f8f81bc61451cb36b28"
        case .sendsInDoubt: "bb5c5484ea504b1c970b3e43d43b311f"
        case .tokenRefused: "ff88dc114f524fb49d6580f6da245b72"
        case .signatureRefused: "b6e7c258ed514109befa2b647450aec2"
        case .webhookParked: "05ba6529f7c641dd803d889289a181bc"
        case .audit: "5031e19e6b254b7b956ad6ecfce019f6"
        }
    }

    /// The key under which a log event names it.
    public static let metadataKey = "event"

    init?(_ fields: [(key: String, value: String)]) {
        guard let value = fields.first(where: { $0.key == Self.metadataKey })?.value, let event = Self(rawValue: value) else { return nil }
        self = event
    }
}

extension Logger {
    /// Logs an operator event: `logger.event(.ready, .notice, "serving", metadata: ["numbers": "3"])`.
    public func event(
        _ event: OperatorEvent,
        _ level: Logger.Level,
        _ message: @autoclosure () -> Logger.Message,
        metadata: Logger.Metadata = [:],
        file: String = #fileID,
        function: String = #function,
        line: UInt = #line
    ) {
        var metadata = metadata
        metadata[OperatorEvent.metadataKey] = "\(event.rawValue)"
        log(level: level, message(), metadata: metadata, file: file, function: function, line: line)
    }
}
