public import WaproCore

/// Have events sent to this connection, from any that is still kept.
public struct EventSubscribe: Method {
    public let from: String
    public let topics: [EventTopic]?

    public init(from: String, topics: [EventTopic]? = nil) {
        self.from = from
        self.topics = topics
    }

    public static let shape = Shape(
        Self.init,
        Field("from", \.from, "Where to begin: now, beginning, or the sequence number after which to go on."),
        Field("topics", \.topics, "Only events about these; all if absent.")
    )

    /// Where it begins.
    public enum Start: Sendable {
        case now
        case beginning
        case after(Int64)
    }

    public func start() throws(Fault) -> Start {
        switch from {
        case "now": return .now
        case "beginning": return .beginning
        default:
            guard let number = Int64(from), number >= 0 else {
                throw Fault(.invalidParameters, "from must be \"now\", \"beginning\" or a place in the log.", field: "from")
            }
            return .after(number)
        }
    }

    public func validate() throws(Fault) { _ = try start() }

    public static let name = "event.subscribe"
    public static let role = Role.agent
    public static let effect = Effect.reads
    public static let faults: [Fault.Kind] = [.cursorExpired, .tooManySubscriptions]
    public static let doc = Doc(
        "Have events sent to this connection, from any that is still kept.",
        details: """
            Each event comes as a notification named event, in the order of the numbers, none left out. A slow reader delays only \
            itself. The subscription ends with the connection.
            """
    )
    public static let example = EventSubscribe(from: "now", topics: [.campaign, .inbound])

    /// A subscription.
    public struct Reply: Wire {
        public let subscription: String
        public let cursor: Int64

        public init(subscription: String, cursor: Int64) {
            self.subscription = subscription
            self.cursor = cursor
        }

        public static let shape = Shape(
            Self.init,
            Field("subscription", \.subscription, "Its name on this connection."),
            Field("cursor", \.cursor, "Sequence number after which it begins.")
        )
    }
}

/// End a subscription of this connection.
public struct EventUnsubscribe: Method {
    public let subscription: String

    public init(subscription: String) {
        self.subscription = subscription
    }

    public static let shape = Shape(
        Self.init,
        Field("subscription", \.subscription, "Its name on this connection.")
    )

    public static let name = "event.unsubscribe"
    public static let role = Role.agent
    public static let effect = Effect.reads
    public static let faults: [Fault.Kind] = [.notFound]
    public static let doc = Doc("End a subscription of this connection.")
    public static let example = EventUnsubscribe(subscription: "s1")

    /// An ended subscription.
    public struct Reply: Wire {
        public let subscription: String

        public init(subscription: String) {
            self.subscription = subscription
        }

        public static let shape = Shape(
            Self.init,
            Field("subscription", \.subscription, "Its name on this connection.")
        )
    }
}

/// Something that happened.
public struct EventNotification: Notification {
    public let subscription: String
    public let seq: Int64
    public let at: Timestamp
    public let topic: Open<EventTopic>
    public let message: MessageID?
    public let campaign: CampaignID?
    public let contact: ContactID?
    public let from: String?
    public let to: String?
    public let detail: String?

    public init(
        subscription: String,
        seq: Int64,
        at: Timestamp,
        topic: Open<EventTopic>,
        message: MessageID? = nil,
        campaign: CampaignID? = nil,
        contact: ContactID? = nil,
        from: String? = nil,
        to: String? = nil,
        detail: String? = nil
    ) {
        self.subscription = subscription
        self.seq = seq
        self.at = at
        self.topic = topic
        self.message = message
        self.campaign = campaign
        self.contact = contact
        self.from = from
        self.to = to
        self.detail = detail
    }

    public static let shape = Shape(
        Self.init,
        Field("subscription", \.subscription, "The subscription that it belongs to."),
        Field("seq", \.seq, "Its number; numbers only grow."),
        Field("at", \.at, "When it happened."),
        Field("topic", \.topic, "What it is about."),
        Field("message", \.message, "The message."),
        Field("campaign", \.campaign, "The campaign."),
        Field("contact", \.contact, "The contact."),
        Field("from", \.from, "State before."),
        Field("to", \.to, "State since."),
        Field("detail", \.detail, "More, in words.")
    )

    public static let name = "event"
    public static let doc = Doc("Something happened that a subscription asked for.")
}

/// A subscription that the daemon ended.
public struct SubscriptionEnded: Notification {
    public let subscription: String
    public let type: String
    public let message: String

    public init(subscription: String, type: String, message: String) {
        (self.subscription, self.type, self.message) = (subscription, type, message)
    }

    public static let shape = Shape(
        Self.init,
        Field("subscription", \.subscription, "Its name on this connection."),
        Field("type", \.type, "The slug of the fault."),
        Field("message", \.message, "Why, in words.")
    )

    public static let name = "ended"
    public static let doc = Doc("The daemon ended a subscription; it tells no more of it.")
}
