public import WaproCore

/// Why a recipient of a campaign got the message or did not.
public struct CampaignWhy: Method {
    public let campaign: String
    public let recipient: String

    public init(campaign: String, recipient: String) {
        self.campaign = campaign
        self.recipient = recipient
    }

    public static let shape = Shape(
        Self.init,
        Field("campaign", \.campaign, "Its identifier or name."),
        Field("recipient", \.recipient, "Phone number, contact identifier or BSUID of the person.")
    )

    public func validate() throws(Fault) { try Person.check(recipient, field: "recipient") }

    public static let name = "campaign.why"
    public static let role = Role.agent
    public static let effect = Effect.reads
    public static let faults: [Fault.Kind] = [.notFound, .badAddress]
    public static let doc = Doc(
        "Say why a recipient of a campaign got the message or did not.",
        details: "One answer, in words, with its time and what to do next; and the history that it rests on."
    )
    public static let example = CampaignWhy(campaign: "spring", recipient: "+4915112345678")

    /// The answer.
    public struct Reply: Wire {
        public let contact: ContactID
        public let isRecipient: Bool
        public let state: Open<MessageState>?
        public let answer: String
        public let since: Timestamp?
        public let until: Timestamp?
        public let nextStep: String
        public let message: MessageID?
        public let history: [MessageChange]

        public init(
            contact: ContactID,
            isRecipient: Bool,
            state: Open<MessageState>? = nil,
            answer: String,
            since: Timestamp? = nil,
            until: Timestamp? = nil,
            nextStep: String,
            message: MessageID? = nil,
            history: [MessageChange]
        ) {
            self.contact = contact
            self.isRecipient = isRecipient
            self.state = state
            self.answer = answer
            self.since = since
            self.until = until
            self.nextStep = nextStep
            self.message = message
            self.history = history
        }

        public static let shape = Shape(
            Self.init,
            Field("contact", \.contact, "The person."),
            Field("is_recipient", \.isRecipient, "Whether the person is in the audience."),
            Field("state", \.state, "Where the message stands."),
            Field("answer", \.answer, "Why, in a sentence."),
            Field("since", \.since, "Since when it is so."),
            Field("until", \.until, "Until when it waits, where that is known."),
            Field("next_step", \.nextStep, "What to do, or what happens by itself."),
            Field("message", \.message, "Identifier of the message, once it is written."),
            Field("history", \.history, "Its changes of state.")
        )
    }
}
