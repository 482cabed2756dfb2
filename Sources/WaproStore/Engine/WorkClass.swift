/// Who goes first in a group commit, so that a chat reply never waits behind a campaign or an import (promise P8).
public enum WorkClass: Int, Sendable, Hashable, CaseIterable, Comparable {
    /// A person's conversation, and everything a person asks for.
    case control = 0
    /// The raw body of a webhook: Meta waits for our 200.
    case journal = 1
    /// Claims of messages and the results of sends.
    case sending = 2
    /// Applying journaled webhooks.
    case applying = 3
    /// Imports, freezing audiences, retention: never more than one closure a batch, of at most 2 ms.
    case background = 4

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
