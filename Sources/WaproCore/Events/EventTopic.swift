/// What an event is about. Raw values are stored: never renumber.
public enum EventTopic: Int, Sendable, Hashable, CaseIterable {
    case message = 1
    case inbound = 2
    case campaign = 3
    case contact = 4
    case contactImport = 5
    case template = 6
    case number = 7
    case account = 8
    case system = 9

    public var slug: String {
        switch self {
        case .message: "message"
        case .inbound: "inbound"
        case .campaign: "campaign"
        case .contact: "contact"
        case .contactImport: "import"
        case .template: "template"
        case .number: "number"
        case .account: "account"
        case .system: "system"
        }
    }

    public init?(slug: String) {
        guard let topic = Self.allCases.first(where: { $0.slug == slug }) else { return nil }
        self = topic
    }
}
