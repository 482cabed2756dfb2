/// Where a campaign stands. Raw values are stored: never renumber.
public enum CampaignState: Int, Sendable, Hashable, CaseIterable {
    /// Created; nothing is frozen.
    case draft = 0
    /// Starts by itself at its start time.
    case scheduled = 1
    /// Started: the audience is being written, and sending from the part that is.
    case freezing = 2
    /// The audience is complete; sending.
    case running = 3
    /// Stopped by a person; nothing new is handed over.
    case paused = 4
    /// Nothing is left to send.
    case finished = 5
    /// Stopped for good by a person.
    case cancelled = 6
    /// Stopped by wapro, which says why; a person resumes it.
    case held = 7

    public var slug: String {
        switch self {
        case .draft: "draft"
        case .scheduled: "scheduled"
        case .freezing: "freezing"
        case .running: "running"
        case .paused: "paused"
        case .finished: "finished"
        case .cancelled: "cancelled"
        case .held: "held"
        }
    }

    public init?(slug: String) {
        guard let state = Self.allCases.first(where: { $0.slug == slug }) else { return nil }
        self = state
    }

    /// The states that a campaign may move to from this one.
    public var moves: Set<CampaignState> {
        switch self {
        case .draft: [.scheduled, .freezing, .cancelled]
        case .scheduled: [.freezing, .draft, .held, .cancelled]
        case .freezing: [.running, .paused, .held, .finished, .cancelled]
        case .running: [.paused, .held, .finished, .cancelled]
        // Back to freezing when the audience was not complete.
        case .paused, .held: [.freezing, .running, .cancelled]
        // A failure that came later by webhook may be tried again.
        case .finished: [.running]
        case .cancelled: []
        }
    }

    public func mayMove(to next: CampaignState) -> Bool {
        moves.contains(next)
    }

    /// Messages of the campaign may be handed over.
    public var sends: Bool {
        self == .freezing || self == .running
    }
}
