/// What to do with a campaign whose start time passed while it could not start. Raw values are stored: never renumber.
public enum MissedSchedule: Int, Sendable, Hashable, CaseIterable {
    /// Hold it and let a person decide.
    case ask = 0
    /// Start it late.
    case send = 1
    /// Give it up.
    case skip = 2

    /// A start that is no later than this is on time.
    public static let grace = Duration.seconds(15 * 60)

    public var slug: String {
        switch self {
        case .ask: "ask"
        case .send: "send"
        case .skip: "skip"
        }
    }

    public init?(slug: String) {
        guard let policy = Self.allCases.first(where: { $0.slug == slug }) else { return nil }
        self = policy
    }
}
