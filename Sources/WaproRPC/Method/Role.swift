/// What a caller may do. Each role may do what those below it may.
public enum Role: String, Sendable, CaseIterable, Comparable {
    /// Status and counts, no personal data.
    case viewer
    /// Conversations.
    case agent
    /// Campaigns, contacts, templates.
    case `operator`
    /// Accounts, configuration, and all the rest.
    case admin

    private var rank: Int { Role.allCases.firstIndex(of: self)! }

    public static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }
}

/// What a method does to the world.
public enum Effect: String, Sendable, CaseIterable {
    case reads
    /// Changes the store.
    case changes
    /// Makes messages leave.
    case sends
}

extension Role: WireChoice {
    public var slug: String { rawValue }
    public init?(slug: String) { self.init(rawValue: slug) }
}

extension Effect: WireChoice {
    public var slug: String { rawValue }
    public init?(slug: String) { self.init(rawValue: slug) }
}
