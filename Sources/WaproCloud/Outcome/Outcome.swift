public import WaproCore

/// What to do after an attempt: the one meaning that an answer, a silence or a failed status has for the rest of the program.
public enum Outcome: Sendable, Hashable {
    /// Meta took the message. It is not delivered yet, nor even sent.
    case accepted(Acceptance)
    /// Certainly not sent; try the same message again, not before `after` (nil: as soon as there is room).
    case later(after: Duration?, Refusal)
    /// Certainly not sent, and it never will be: this message fails.
    case never(Refusal)
    /// Certainly not sent, and neither will others be: stop that much, keep the message. For a message outside of a campaign, a halt of the
    /// campaign is its own failure.
    case halt(HaltScope, Refusal)
    /// It may have been sent and no answer could be read: in doubt, never repeated without evidence.
    case unknown(Uncertainty)
}

/// Meta's receipt (whatsapp-cloud-api.md §2.2). Personal data throughout: a wamid contains the phone number.
public struct Acceptance: Sendable, Hashable {
    public var wamid: String
    /// Digits; may differ from the number that was sent to (Brazil, Mexico, Argentina).
    public var waID: String?
    /// Business-scoped user id.
    public var userID: String?
    /// `accepted`, `held_for_quality_assessment` or `paused`; nil for anything but templates.
    public var messageStatus: String?

    public init(wamid: String, waID: String? = nil, userID: String? = nil, messageStatus: String? = nil) {
        self.wamid = wamid
        self.waID = waID
        self.userID = userID
        self.messageStatus = messageStatus
    }
}

/// Why a message was not sent. No personal data: it may be logged and shown.
public struct Refusal: Sendable, Hashable {
    public struct Flags: OptionSet, Sendable, Hashable {
        public let rawValue: Int

        public init(rawValue: Int) { self.rawValue = rawValue }

        /// The person stopped marketing messages (131050): an opt-out to be recorded.
        public static let optOut = Flags(rawValue: 1)
        /// Too many to this one person (131056): only this recipient waits.
        public static let pairLimited = Flags(rawValue: 2)
        /// Too many a second, or an hour: everything that the limit covers slows down. Says nothing about the recipient.
        public static let throughput = Flags(rawValue: 4)
        /// Not again within a day (131049).
        public static let deferDay = Flags(rawValue: 8)
        /// Also when it comes in a failed status, a new attempt is right (131049, 130429, 131056: DESIGN §3.6).
        public static let asyncRetryable = Flags(rawValue: 16)
        /// It is about the access token, or what that may do: with another token the same request may be taken.
        public static let credentials = Flags(rawValue: 32)
    }

    /// Meta's code; nil when it was not Meta that refused.
    public var code: Int?
    /// Meta's subcode, which decides only beside 100 and 190.
    public var subcode: Int?
    /// A stable word for programs, such as `undeliverable`.
    public var slug: String
    /// What it means.
    public var words: String
    /// What a person can do about it.
    public var next: String
    public var flags: Flags
    /// How many attempts in all this reason is worth; nil for no bound of its own.
    public var tries: Int?

    public init(
        code: Int? = nil,
        subcode: Int? = nil,
        slug: String,
        words: String,
        next: String,
        flags: Flags = [],
        tries: Int? = nil
    ) {
        self.code = code
        self.subcode = subcode
        self.slug = slug
        self.words = words
        self.next = next
        self.flags = flags
        self.tries = tries
    }

    public var optOut: Bool { flags.contains(.optOut) }
    public var pairLimited: Bool { flags.contains(.pairLimited) }
    public var throughput: Bool { flags.contains(.throughput) }
    public var deferDay: Bool { flags.contains(.deferDay) }
    public var asyncRetryable: Bool { flags.contains(.asyncRetryable) }
    public var isOfCredentials: Bool { flags.contains(.credentials) }
}

/// Why nobody knows whether a message was sent. No personal data.
public struct Uncertainty: Sendable, Hashable {
    public var slug: String
    public var words: String
    /// The HTTP status, when there was one.
    public var status: Int?

    public init(slug: String, words: String, status: Int? = nil) {
        self.slug = slug
        self.words = words
        self.status = status
    }
}
