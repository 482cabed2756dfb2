public import WaproCore

/// Which way a message went.
public enum MessageDirection: String, WireChoice {
    case inbound
    case outbound

    public var slug: String { rawValue }
    public init?(slug: String) { self.init(rawValue: slug) }
}

/// A message, in or out.
public struct MessageInfo: Wire {
    public let id: MessageID
    public let direction: Open<MessageDirection>
    public let kind: String
    public let number: String
    public let contact: ContactID
    public let phone: String?
    public let campaign: CampaignID?
    public let state: Open<MessageState>
    public let text: String?
    public let template: String?
    public let errorCode: Int?
    public let reason: String?
    public let createdAt: Timestamp
    public let updatedAt: Timestamp
    public let attempts: [MessageAttempt]?
    public let history: [MessageChange]?
    public let foreign: Bool
    public let notAfter: Timestamp?
    public let askedAt: Timestamp?

    public init(
        id: MessageID,
        direction: Open<MessageDirection>,
        kind: String,
        number: String,
        contact: ContactID,
        phone: String? = nil,
        campaign: CampaignID? = nil,
        state: Open<MessageState>,
        text: String? = nil,
        template: String? = nil,
        errorCode: Int? = nil,
        reason: String? = nil,
        createdAt: Timestamp,
        updatedAt: Timestamp,
        attempts: [MessageAttempt]? = nil,
        history: [MessageChange]? = nil,
        foreign: Bool = false,
        notAfter: Timestamp? = nil,
        askedAt: Timestamp? = nil
    ) {
        self.id = id
        self.direction = direction
        self.kind = kind
        self.number = number
        self.contact = contact
        self.phone = phone
        self.campaign = campaign
        self.state = state
        self.text = text
        self.template = template
        self.errorCode = errorCode
        self.reason = reason
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.attempts = attempts
        self.history = history
        self.foreign = foreign
        self.notAfter = notAfter
        self.askedAt = askedAt
    }

    public static let shape = Shape(
        Self.init,
        Field("id", \.id, "Identifier of the message."),
        Field("direction", \.direction, "Which way it went."),
        Field("kind", \.kind, "What it is: text, template, image and so on."),
        Field("number", \.number, "Name of our number."),
        Field("contact", \.contact, "The person."),
        Field("phone", \.phone, "Phone number of the person in E.164."),
        Field("campaign", \.campaign, "The campaign it belongs to."),
        Field("state", \.state, "Where it stands."),
        Field("text", \.text, "What it says, or a preview of it."),
        Field("template", \.template, "Name of the template."),
        Field("error_code", \.errorCode, "Meta's error code."),
        Field("reason", \.reason, "Why it stands so."),
        Field("created_at", \.createdAt, "When it was written or came."),
        Field("updated_at", \.updatedAt, "When its state last changed."),
        Field("attempts", \.attempts, "The tries to send it; only in message.show."),
        Field("history", \.history, "Its changes of state; only in message.show."),
        Field("foreign", \.foreign, "Whether it was sent from the phone or by another application."),
        Field("not_after", \.notAfter, "After it the message is not sent any more."),
        Field("asked_at", \.askedAt, "Since when a person has to decide about it: only of one in doubt.")
    )
}

/// One try to hand a message to Meta.
public struct MessageAttempt: Wire {
    public let ordinal: Int
    public let at: Timestamp
    public let outcome: String
    public let reason: String?

    public init(ordinal: Int, at: Timestamp, outcome: String, reason: String? = nil) {
        self.ordinal = ordinal
        self.at = at
        self.outcome = outcome
        self.reason = reason
    }

    public static let shape = Shape(
        Self.init,
        Field("ordinal", \.ordinal, "Which try, counted from 1."),
        Field("at", \.at, "When the intent was stored."),
        Field("outcome", \.outcome, "What came of it."),
        Field("reason", \.reason, "Why.")
    )
}

/// A change of a message's state.
public struct MessageChange: Wire {
    public let at: Timestamp
    public let from: Open<MessageState>?
    public let to: Open<MessageState>
    public let because: String

    public init(at: Timestamp, from: Open<MessageState>? = nil, to: Open<MessageState>, because: String) {
        self.at = at
        self.from = from
        self.to = to
        self.because = because
    }

    public static let shape = Shape(
        Self.init,
        Field("at", \.at, "When."),
        Field("from", \.from, "State before; absent at its beginning."),
        Field("to", \.to, "State since."),
        Field("because", \.because, "Why, in words.")
    )
}

/// Send a message to one person.
public struct MessageSend: ChangingMethod {
    public let number: String
    public let to: String
    public let text: String?
    public let template: String?
    public let language: String?
    public let parameters: [String: String]?
    public let replyTo: MessageID?
    public let notAfter: Timestamp?
    public var idempotencyKey: String?

    public init(
        number: String,
        to: String,
        text: String? = nil,
        template: String? = nil,
        language: String? = nil,
        parameters: [String: String]? = nil,
        replyTo: MessageID? = nil,
        notAfter: Timestamp? = nil,
        idempotencyKey: String? = nil
    ) {
        self.number = number
        self.to = to
        self.text = text
        self.template = template
        self.language = language
        self.parameters = parameters
        self.replyTo = replyTo
        self.notAfter = notAfter
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("number", \.number, "Identifier, name or phone_number_id of the number that sends."),
        Field("to", \.to, "Phone number, contact identifier or BSUID of the person."),
        Field("text", \.text, "What to say; only within 24 hours of what the person last wrote.", length: 1...4096),
        Field("template", \.template, "Identifier or name of a template, instead of a text."),
        Field("language", \.language, "Language of the template, when it has several."),
        Field("parameters", \.parameters, "Values for the template."),
        Field("reply_to", \.replyTo, "The message that this one answers."),
        Field("not_after", \.notAfter, "After it the message is given up; 24 hours from now if absent."),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    /// Characters of a text at most (whatsapp-cloud-api.md §2.3).
    private static let textLimit = 4096

    /// What the person gets.
    public enum Content: Sendable {
        case text(String)
        /// A template by its name.
        case template(String)
    }

    public func content() throws(Fault) -> Content {
        switch (text, template) {
        case (let text?, nil):
            guard language == nil, parameters?.isEmpty ?? true else {
                throw Fault(.invalidParameters, "language and parameters belong to a template, and this is a text.", field: "text")
            }
            guard !text.isEmpty, text.utf16.count <= Self.textLimit else {
                throw Fault(.invalidParameters, "text must have 1 to \(Self.textLimit) characters.", field: "text")
            }
            return .text(text)
        case (nil, let name?):
            guard replyTo == nil else {
                throw Fault(.invalidParameters, "A template is not shown as a reply; leave reply_to out.", field: "reply_to")
            }
            return .template(name)
        default: throw Fault(.invalidParameters, "Give either text or template.", field: "text")
        }
    }

    public func validate() throws(Fault) {
        _ = try content()
        try Person.check(to, field: "to")
    }

    public static let name = "message.send"
    public static let role = Role.agent
    public static let effect = Effect.sends
    public static let faults: [Fault.Kind] = [
        .notFound, .ambiguous, .badAddress, .windowClosed, .optedOut, .templateNotSendable, .parametersMismatch,
    ]
    public static let doc = Doc(
        "Send a message to one person.",
        details: """
            Give either text or template. The answer comes when the message is on disk; message.show and events tell what becomes of \
            it.
            """
    )
    public static let example = MessageSend(number: "main", to: "+4915112345678", text: "Your order is on its way.")

    /// What became of it so far.
    public struct Reply: Wire {
        public let message: MessageID
        public let state: Open<MessageState>

        public init(message: MessageID, state: Open<MessageState>) {
            self.message = message
            self.state = state
        }

        public static let shape = Shape(
            Self.init,
            Field("message", \.message, "Identifier of the message."),
            Field("state", \.state, "Where it stands.")
        )
    }
}

/// List messages, newest first.
public struct MessageList: PagedMethod {
    public let contact: String?
    public let campaign: String?
    public let number: String?
    public let state: MessageState?
    public let direction: MessageDirection?
    public let after: String?
    public let limit: Int?

    public init(
        contact: String? = nil,
        campaign: String? = nil,
        number: String? = nil,
        state: MessageState? = nil,
        direction: MessageDirection? = nil,
        after: String? = nil,
        limit: Int? = nil
    ) {
        self.contact = contact
        self.campaign = campaign
        self.number = number
        self.state = state
        self.direction = direction
        self.after = after
        self.limit = limit
    }

    public static let shape = Shape(
        Self.init,
        Field("contact", \.contact, "Only those with this person: identifier or phone number."),
        Field("campaign", \.campaign, "Only those of this campaign: identifier or name."),
        Field("number", \.number, "Only those of this number: identifier, name or phone_number_id."),
        Field("state", \.state, "Only those that stand so."),
        Field("direction", \.direction, "Only those that went this way."),
        Field("after", \.after, "The next of the page before; the first page if absent."),
        Field("limit", \.limit, "How many at most; 100 if absent.", in: 1...1000)
    )

    public func validate() throws(Fault) {
        _ = try place()
        if let contact { try Person.check(contact, field: "contact") }
    }

    public static let name = "message.list"
    public static let role = Role.agent
    public static let effect = Effect.reads
    public static let faults: [Fault.Kind] = [.notFound, .ambiguous, .badAddress]
    public static let doc = Doc("List messages, newest first.")
    public static let example = MessageList(contact: "+4915112345678")

    public typealias Reply = Page<MessageInfo>
    public typealias Place = MessageID
}

/// Show a message with its attempts and its history.
public struct MessageShow: Method {
    public let message: MessageID

    public init(message: MessageID) {
        self.message = message
    }

    public static let shape = Shape(
        Self.init,
        Field("message", \.message, "Identifier of the message.")
    )

    public static let name = "message.show"
    public static let role = Role.agent
    public static let effect = Effect.reads
    public static let faults: [Fault.Kind] = [.notFound]
    public static let doc = Doc("Show a message with its attempts and its history.")
    public static let example = MessageShow(message: MessageID(rawValue: 1))

    public typealias Reply = MessageInfo
}
