public import WaproCore

/// Say when a campaign will be through, and which limit decides it.
public struct CampaignForecast: Method {
    public let campaign: String

    public init(campaign: String) {
        self.campaign = campaign
    }

    public static let shape = Shape(Self.init, Field("campaign", \.campaign, "Its identifier or name."))

    public static let name = "campaign.forecast"
    public static let role = Role.viewer
    public static let effect = Effect.reads
    public static let faults: [Fault.Kind] = [.notFound]
    public static let doc = Doc(
        "Say when a campaign will be through, and which limit decides it.",
        details: """
            From what is known now: the limits of the number, of the portfolio and of the campaign, what of them is used already, the other \
            campaigns that share them, and the messages that wait for a later time. While nothing of the campaign can leave there is no end, and \
            the words say why.
            """
    )
    public static let example = CampaignForecast(campaign: "spring")

    /// The forecast.
    public struct Reply: Wire {
        public let left: Int64
        public let endAt: Timestamp?
        public let limit: Open<SendingLimit>
        public let words: String
        public let rate: Double
        public let messagingLimit: Int64?
        public let messagingUsed: Int64?
        public let days: [ForecastDay]

        public init(
            left: Int64,
            endAt: Timestamp? = nil,
            limit: Open<SendingLimit>,
            words: String,
            rate: Double,
            messagingLimit: Int64? = nil,
            messagingUsed: Int64? = nil,
            days: [ForecastDay]
        ) {
            self.left = left
            self.endAt = endAt
            self.limit = limit
            self.words = words
            self.rate = rate
            self.messagingLimit = messagingLimit
            self.messagingUsed = messagingUsed
            self.days = days
        }

        public static let shape = Shape(
            Self.init,
            Field("left", \.left, "Messages that are still to be sent; of a campaign that has not started, people in its audience."),
            Field("end_at", \.endAt, "When the last of them leaves; absent while nothing can."),
            Field("limit", \.limit, "What decides how long it takes."),
            Field("words", \.words, "All of it in a sentence."),
            Field("rate", \.rate, "Messages a second that it gets."),
            Field("messaging_limit", \.messagingLimit, "Meta's limit of different people in 24 hours; absent where there is none."),
            Field("messaging_used", \.messagingUsed, "People of the last 24 hours who count against it."),
            Field("days", \.days, "How many leave in each of the next days, seven at most.")
        )
    }
}

/// What will leave in 24 hours.
public struct ForecastDay: Wire {
    public let from: Timestamp
    public let messages: Int64

    public init(from: Timestamp, messages: Int64) {
        self.from = from
        self.messages = messages
    }

    public static let shape = Shape(
        Self.init,
        Field("from", \.from, "The beginning of the 24 hours."),
        Field("messages", \.messages, "Messages that leave in them.")
    )
}
