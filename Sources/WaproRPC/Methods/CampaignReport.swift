public import WaproCore

/// The recipients of a campaign by state; each is in exactly one.
public struct RecipientCounts: Wire {
    public let pending: Int64
    public let waiting: Int64
    public let sending: Int64
    public let inDoubt: Int64
    public let accepted: Int64
    public let sent: Int64
    public let delivered: Int64
    public let read: Int64
    public let played: Int64
    public let failed: Int64
    public let skipped: Int64
    public let cancelled: Int64
    public let expired: Int64

    public init(
        pending: Int64,
        waiting: Int64,
        sending: Int64,
        inDoubt: Int64,
        accepted: Int64,
        sent: Int64,
        delivered: Int64,
        read: Int64,
        played: Int64,
        failed: Int64,
        skipped: Int64,
        cancelled: Int64,
        expired: Int64
    ) {
        self.pending = pending
        self.waiting = waiting
        self.sending = sending
        self.inDoubt = inDoubt
        self.accepted = accepted
        self.sent = sent
        self.delivered = delivered
        self.read = read
        self.played = played
        self.failed = failed
        self.skipped = skipped
        self.cancelled = cancelled
        self.expired = expired
    }

    public static let shape = Shape(
        Self.init,
        Field("pending", \.pending, "Frozen; the message is not written yet."),
        Field("waiting", \.waiting, "Waiting for their turn."),
        Field("sending", \.sending, "On the way to Meta."),
        Field("in_doubt", \.inDoubt, "Perhaps sent, perhaps not."),
        Field("accepted", \.accepted, "Meta has it."),
        Field("sent", \.sent, "Left Meta for the device."),
        Field("delivered", \.delivered, "Reached the device."),
        Field("read", \.read, "Opened."),
        Field("played", \.played, "Played."),
        Field("failed", \.failed, "Refused or not deliverable."),
        Field("skipped", \.skipped, "Not sent, because a rule forbids it."),
        Field("cancelled", \.cancelled, "Not sent, because a person cancelled."),
        Field("expired", \.expired, "Not sent in time.")
    )
}

/// A kind of failure and how often it came.
public struct FailureCount: Wire {
    public let code: Int?
    public let reason: String
    public let nextStep: String
    public let count: Int64

    public init(code: Int? = nil, reason: String, nextStep: String, count: Int64) {
        self.code = code
        self.reason = reason
        self.nextStep = nextStep
        self.count = count
    }

    public static let shape = Shape(
        Self.init,
        Field("code", \.code, "Meta's error code; absent when Meta gave none."),
        Field("reason", \.reason, "What it means."),
        Field("next_step", \.nextStep, "What to do about it."),
        Field("count", \.count, "How many recipients.")
    )
}

/// Report how a campaign is going.
public struct CampaignReport: Method {
    public let campaign: String

    public init(campaign: String) {
        self.campaign = campaign
    }

    public static let shape = Shape(
        Self.init,
        Field("campaign", \.campaign, "Its identifier or name.")
    )

    public static let name = "campaign.report"
    public static let role = Role.viewer
    public static let effect = Effect.reads
    public static let faults: [Fault.Kind] = [.notFound]
    public static let doc = Doc("Report how a campaign is going.")
    public static let example = CampaignReport(campaign: "spring")

    /// How a campaign is going.
    public struct Reply: Wire {
        public let campaign: CampaignID
        public let name: String
        public let state: Open<CampaignState>
        public let heldBecause: String?
        public let total: Int64
        public let frozen: Bool
        public let counts: RecipientCounts
        public let replies: Int64
        public let rateNow: Double
        public let startedAt: Timestamp?
        public let finishedAt: Timestamp?
        public let failures: [FailureCount]
        public let etaAt: Timestamp?
        public let deferred: Int64
        public let askedInDoubt: Int64
        public let limit: Open<SendingLimit>?
        public let stoppedBecause: String?

        public init(
            campaign: CampaignID,
            name: String,
            state: Open<CampaignState>,
            heldBecause: String? = nil,
            total: Int64,
            frozen: Bool,
            counts: RecipientCounts,
            replies: Int64,
            rateNow: Double,
            startedAt: Timestamp? = nil,
            finishedAt: Timestamp? = nil,
            failures: [FailureCount],
            etaAt: Timestamp? = nil,
            deferred: Int64 = 0,
            askedInDoubt: Int64 = 0,
            limit: Open<SendingLimit>? = nil,
            stoppedBecause: String? = nil
        ) {
            self.campaign = campaign
            self.name = name
            self.state = state
            self.heldBecause = heldBecause
            self.total = total
            self.frozen = frozen
            self.counts = counts
            self.replies = replies
            self.rateNow = rateNow
            self.startedAt = startedAt
            self.finishedAt = finishedAt
            self.failures = failures
            self.etaAt = etaAt
            self.deferred = deferred
            self.askedInDoubt = askedInDoubt
            self.limit = limit
            self.stoppedBecause = stoppedBecause
        }

        public static let shape = Shape(
            Self.init,
            Field("campaign", \.campaign, "Identifier of the campaign."),
            Field("name", \.name, "Its name."),
            Field("state", \.state, "Where it stands."),
            Field("held_because", \.heldBecause, "Why wapro stopped it."),
            Field("total", \.total, "Recipients frozen so far."),
            Field("frozen", \.frozen, "Whether the total is final."),
            Field("counts", \.counts, "The recipients by state; they add up to the total."),
            Field("replies", \.replies, "Recipients who have written since."),
            Field("rate_now", \.rateNow, "Messages a second that leave now."),
            Field("started_at", \.startedAt, "When it started."),
            Field("finished_at", \.finishedAt, "When nothing was left to send."),
            Field("failures", \.failures, "Failures by kind, the most frequent first."),
            Field("eta_at", \.etaAt, "When it will be through, as the limits are."),
            Field("deferred", \.deferred, "Of those waiting, how many wait for a later time because Meta or a limit said so."),
            Field("asked_in_doubt", \.askedInDoubt, "Of those in doubt, how many a person has to decide about."),
            Field("limit", \.limit, "What keeps messages back now, though nothing is wrong with them."),
            Field("stopped_because", \.stoppedBecause, "Why nothing leaves although it runs, and what to do.")
        )
    }
}

/// A recipient of a campaign.
public struct RecipientInfo: Wire {
    public let contact: ContactID
    public let phone: String?
    public let name: String?
    public let state: Open<MessageState>
    public let reason: String?
    public let message: MessageID?
    public let updatedAt: Timestamp

    public init(
        contact: ContactID,
        phone: String? = nil,
        name: String? = nil,
        state: Open<MessageState>,
        reason: String? = nil,
        message: MessageID? = nil,
        updatedAt: Timestamp
    ) {
        self.contact = contact
        self.phone = phone
        self.name = name
        self.state = state
        self.reason = reason
        self.message = message
        self.updatedAt = updatedAt
    }

    public static let shape = Shape(
        Self.init,
        Field("contact", \.contact, "Identifier of the contact."),
        Field("phone", \.phone, "Phone number in E.164."),
        Field("name", \.name, "Name of the contact."),
        Field("state", \.state, "Where the message stands."),
        Field("reason", \.reason, "Why, when it is not on its way."),
        Field("message", \.message, "Identifier of the message, once it is written."),
        Field("updated_at", \.updatedAt, "When the state last changed.")
    )
}

/// List the recipients of a campaign.
public struct CampaignRecipients: PagedMethod {
    public let campaign: String
    public let state: MessageState?
    public let after: String?
    public let limit: Int?

    public init(campaign: String, state: MessageState? = nil, after: String? = nil, limit: Int? = nil) {
        self.campaign = campaign
        self.state = state
        self.after = after
        self.limit = limit
    }

    public static let shape = Shape(
        Self.init,
        Field("campaign", \.campaign, "Its identifier or name."),
        Field("state", \.state, "Only those that stand so."),
        Field("after", \.after, "The next of the page before; the first page if absent."),
        Field("limit", \.limit, "How many at most; 100 if absent.", in: 1...1000)
    )

    public static let name = "campaign.recipients"
    public static let role = Role.operator
    public static let effect = Effect.reads
    public static let faults: [Fault.Kind] = [.notFound]
    public static let doc = Doc("List the recipients of a campaign.")
    public static let example = CampaignRecipients(campaign: "spring", state: .failed)

    public typealias Reply = Page<RecipientInfo>
    public typealias Place = ContactID
}
