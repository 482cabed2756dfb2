public import WaproCore

/// Change the limits of a campaign, also while it runs.
public struct CampaignAdjust: ChangingMethod {
    public let campaign: String
    public let rate: Int?
    public let dailyCap: Int?
    public let unlimited: Bool?
    public var idempotencyKey: String?

    public init(campaign: String, rate: Int? = nil, dailyCap: Int? = nil, unlimited: Bool? = nil, idempotencyKey: String? = nil) {
        self.campaign = campaign
        self.rate = rate
        self.dailyCap = dailyCap
        self.unlimited = unlimited
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("campaign", \.campaign, "Its identifier or name."),
        Field("rate", \.rate, "Messages a second at most.", in: 1...1000),
        Field("daily_cap", \.dailyCap, "Messages in any 24 hours at most.", in: 1...100_000_000),
        Field("unlimited", \.unlimited, "Take away the limits that are not given here."),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    public func validate() throws(Fault) {
        guard rate != nil || dailyCap != nil || unlimited ?? false else {
            throw Fault(.invalidParameters, "Give rate, daily_cap or unlimited: there is nothing to change.", field: "rate")
        }
    }

    public static let name = "campaign.adjust"
    public static let role = Role.operator
    public static let effect = Effect.changes
    public static let faults: [Fault.Kind] = [.notFound, .campaignState]
    public static let doc = Doc(
        "Change the limits of a campaign, also while it runs.",
        details: "Sending goes on without a pause. What is not given stays as it is, unless unlimited is said."
    )
    public static let example = CampaignAdjust(campaign: "spring", rate: 20)

    public typealias Reply = CampaignInfo
}

/// Decide about the recipients of a campaign that are in doubt.
public struct CampaignResolve: ChangingMethod {
    public let campaign: String
    public let verdict: DoubtVerdict
    public let early: Bool?
    public var idempotencyKey: String?

    public init(campaign: String, verdict: DoubtVerdict, early: Bool? = nil, idempotencyKey: String? = nil) {
        self.campaign = campaign
        self.verdict = verdict
        self.early = early
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("campaign", \.campaign, "Its identifier or name."),
        Field("verdict", \.verdict, "What to take as true."),
        Field("early", \.early, "Also those for which evidence may still come."),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    public static let name = "campaign.resolve"
    public static let role = Role.operator
    public static let effect = Effect.sends
    public static let faults: [Fault.Kind] = [.notFound, .campaignState]
    public static let doc = Doc(
        "Decide about the recipients of a campaign that are in doubt.",
        details: """
            At most 1,000 a call. Evidence of Meta's that comes later goes before it. With resend, who had the message already gets it twice.
            """
    )
    public static let example = CampaignResolve(campaign: "spring", verdict: .notSent)

    /// How many.
    public struct Reply: Wire {
        public let resolved: Int64
        public let inDoubt: Int64

        public init(resolved: Int64, inDoubt: Int64) {
            self.resolved = resolved
            self.inDoubt = inDoubt
        }

        public static let shape = Shape(
            Self.init,
            Field("resolved", \.resolved, "Recipients that were decided about."),
            Field("in_doubt", \.inDoubt, "Recipients that are in doubt still.")
        )
    }
}

/// What a person takes as true of a message in doubt.
public enum DoubtVerdict: String, WireChoice {
    /// The person has it.
    case sent
    /// The person does not have it, and shall not get it.
    case notSent = "not_sent"
    /// Send it again.
    case resend

    public var slug: String { rawValue }
    public init?(slug: String) { self.init(rawValue: slug) }
}

/// Decide about a message that is in doubt.
public struct MessageResolve: ChangingMethod {
    public let message: MessageID
    public let verdict: DoubtVerdict
    public var idempotencyKey: String?

    public init(message: MessageID, verdict: DoubtVerdict, idempotencyKey: String? = nil) {
        self.message = message
        self.verdict = verdict
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("message", \.message, "Identifier of the message."),
        Field("verdict", \.verdict, "What to take as true."),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    public static let name = "message.resolve"
    public static let role = Role.operator
    public static let effect = Effect.sends
    public static let faults: [Fault.Kind] = [.notFound, .notInDoubt, .campaignState]
    public static let doc = Doc(
        "Decide about a message that is in doubt.",
        details: "Evidence of Meta's that comes later goes before it. With resend, who had the message already gets it twice."
    )
    public static let example = MessageResolve(message: MessageID(rawValue: 1), verdict: .sent)

    public typealias Reply = MessageInfo
}
