/// What keeps a message from being handed over now, though nothing is wrong with it.
public enum SendingLimit: String, Sendable, Hashable, CaseIterable {
    /// Messages a second of the number, as Meta allows or the configuration says.
    case throughput
    /// Messages a second that the campaign was given.
    case campaignRate = "campaign_rate"
    /// Messages a day that the campaign was given.
    case dailyCap = "daily_cap"
    /// Different people in 24 hours, of the whole portfolio.
    case messagingLimit = "messaging_limit"
    /// One message each six seconds from one number to one person.
    case pair
    case quietHours = "quiet_hours"
    /// Requests that may be under way at once.
    case inFlight = "in_flight"

    public var slug: String { rawValue }

    public init?(slug: String) { self.init(rawValue: slug) }

    public var words: String {
        switch self {
        case .throughput: "the messages a second that Meta allows the number"
        case .campaignRate: "the campaign's own limit of messages a second"
        case .dailyCap: "the campaign's own limit of messages a day"
        case .messagingLimit: "Meta's limit of different people in 24 hours for the portfolio"
        case .pair: "Meta's limit of one message each 6 seconds to one person"
        case .quietHours: "quiet hours where the person lives"
        case .inFlight: "the requests that may be under way at once"
        }
    }
}
