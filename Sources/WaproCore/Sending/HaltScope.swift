/// What stops when Meta refuses a message for a cause that is not the message's own.
public enum HaltScope: String, Sendable, Hashable, CaseIterable {
    case campaign, number, account
}
