/// What a status webhook says happened to a message. Source: `statuses[].status`.
public enum StatusFact: Int, Sendable, Hashable, CaseIterable {
    case sent = 1
    case delivered = 2
    case read = 3
    case played = 4
    case failed = 5

    /// Nil for a status that this version does not know (the legacy `deleted` and `warning` among them).
    public init?(status: String) {
        switch status {
        case "sent": self = .sent
        case "delivered": self = .delivered
        case "read": self = .read
        case "played": self = .played
        case "failed": self = .failed
        default: return nil
        }
    }

    /// The state that a message is in when this is the latest that is known.
    public var state: MessageState {
        switch self {
        case .sent: .sent
        case .delivered: .delivered
        case .read: .read
        case .played: .played
        case .failed: .failed
        }
    }
}

extension MessageState {
    /// Where a fact of Meta's takes a message; nil when it changes nothing, which is normal (a repeat, or a late one).
    ///
    /// - A higher rank always wins, whatever we believed: a message that we called waiting, in doubt, cancelled or failed and that
    ///   was delivered, was delivered.
    /// - `failed` applies only while nothing above *sent* is known, and only from the attempt that is the message's current one: the
    ///   failure of an earlier attempt says nothing about a later one. After a synchronous refusal (the message waits again) the same
    ///   failure often comes once more by webhook; it is already dealt with.
    /// - `sent` does not undo `failed`; `delivered`, `read` and `played` do (Meta's multi-device deliveries produce both). Where it was a
    ///   person who decided that it was not sent, `sent` is the evidence to the contrary, and `failed` says it on Meta's word.
    ///
    /// - Parameter isDecided: the state is a person's decision about a message that was in doubt.
    public func advanced(by fact: StatusFact, ofCurrentAttempt isCurrent: Bool, isDecided: Bool = false) -> MessageState? {
        guard self != .received, self != .pending else { return nil }
        switch fact {
        case .failed:
            guard isCurrent else { return nil }
            if isDecided { return .failed }
            switch self {
            case .sending, .inDoubt, .accepted, .sent: return .failed
            default: return nil
            }
        case .sent, .delivered, .read, .played:
            if self == .failed, !isDecided { return fact == .sent ? nil : fact.state }
            if let rank { return fact.rawValue > rank ? fact.state : nil }
            return fact.state
        }
    }
}
