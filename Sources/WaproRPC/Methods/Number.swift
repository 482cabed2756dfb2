public import WaproCore

/// A business number.
public struct NumberInfo: Wire {
    public let id: NumberID
    public let name: String
    public let phoneNumberId: String
    public let displayNumber: String
    public let verifiedName: String?
    public let account: String
    public let portfolio: String
    public let quality: String?
    public let throughput: Int
    public let status: String?
    public let messagingLimit: String?
    public let refreshedAt: Timestamp?
    public let held: Bool
    public let messagingUsed: Int64?
    public let foreign: Int64

    public init(
        id: NumberID,
        name: String,
        phoneNumberId: String,
        displayNumber: String,
        verifiedName: String? = nil,
        account: String,
        portfolio: String,
        quality: String? = nil,
        throughput: Int,
        status: String? = nil,
        messagingLimit: String? = nil,
        refreshedAt: Timestamp? = nil,
        held: Bool = false,
        messagingUsed: Int64? = nil,
        foreign: Int64 = 0
    ) {
        self.id = id
        self.name = name
        self.phoneNumberId = phoneNumberId
        self.displayNumber = displayNumber
        self.verifiedName = verifiedName
        self.account = account
        self.portfolio = portfolio
        self.quality = quality
        self.throughput = throughput
        self.status = status
        self.messagingLimit = messagingLimit
        self.refreshedAt = refreshedAt
        self.held = held
        self.messagingUsed = messagingUsed
        self.foreign = foreign
    }

    public static let shape = Shape(
        Self.init,
        Field("id", \.id, "Identifier of the number."),
        Field("name", \.name, "Its name in the configuration."),
        Field("phone_number_id", \.phoneNumberId, "Meta's identifier of it."),
        Field("display_number", \.displayNumber, "The number as Meta displays it; empty for a viewer."),
        Field("verified_name", \.verifiedName, "The name that recipients see."),
        Field("account", \.account, "Name of its WhatsApp Business Account."),
        Field("portfolio", \.portfolio, "Name of its business portfolio."),
        Field("quality", \.quality, "Meta's quality rating."),
        Field("throughput", \.throughput, "Messages a second that Meta allows."),
        Field("status", \.status, "Meta's word for its state."),
        Field("messaging_limit", \.messagingLimit, "Meta's limit of people a day."),
        Field("refreshed_at", \.refreshedAt, "When Meta was last asked."),
        Field("held", \.held, "Whether a person holds what leaves from it."),
        Field("messaging_used", \.messagingUsed, "People of the last 24 hours who count against that limit, of the whole portfolio."),
        Field("foreign", \.foreign, "Statuses of messages that others sent from it, as far as Meta told.")
    )
}

/// List the business numbers.
public struct NumberList: PagedMethod {
    public let after: String?
    public let limit: Int?

    public init(after: String? = nil, limit: Int? = nil) {
        self.after = after
        self.limit = limit
    }

    public static let shape = Shape(
        Self.init,
        Field("after", \.after, "The next of the page before; the first page if absent."),
        Field("limit", \.limit, "How many at most; 100 if absent.", in: 1...1000)
    )

    public static let name = "number.list"
    public static let role = Role.viewer
    public static let effect = Effect.reads
    public static let doc = Doc("List the business numbers.")
    public static let example = NumberList()

    public typealias Reply = Page<NumberInfo>
    public typealias Place = NumberID
}

/// Show a business number.
public struct NumberShow: Method {
    public let number: String

    public init(number: String) {
        self.number = number
    }

    public static let shape = Shape(
        Self.init,
        Field("number", \.number, "Its identifier, name or phone_number_id.")
    )

    public static let name = "number.show"
    public static let role = Role.viewer
    public static let effect = Effect.reads
    public static let faults: [Fault.Kind] = [.notFound, .ambiguous]
    public static let doc = Doc("Show a business number.")
    public static let example = NumberShow(number: "main")

    public typealias Reply = NumberInfo
}
