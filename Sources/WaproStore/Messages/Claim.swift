public import WaproCore

/// A message whose intent to send is committed, with what is needed to render it.
///
/// A class because it goes through many hands between its commit and its answer, and a copy of all this costs more than most of them do.
public final class Claim: Sendable {
    public let attempt: AttemptID
    public let campaign: CampaignID?
    public let contact: ContactID
    public let number: NumberID
    public let intentAt: Timestamp
    /// The claim's place in the order of commits: what is stopped later keeps it from being handed over.
    public let mark: Int64
    /// An opt-out after the claim keeps it from being handed over.
    public let isMarketing: Bool
    /// How often in a row Meta refused it with the same code before this attempt.
    public let tries: Int
    /// The code of those tries: another refusal begins to count anew.
    public let triedCode: Int?
    /// After it nothing is tried again.
    public let notAfter: Timestamp?
    /// E.164 digits, or nil for a person who is known by BSUID only.
    public let phone: PhoneNumber?
    /// Business-scoped user id.
    public let userID: String?
    public let name: String?
    /// The contact's attributes, JSON.
    public let attributes: String
    /// `template` or `text`.
    public let kind: String
    /// Of a direct send: its parameters, JSON.
    public let content: String?

    public init(
        attempt: AttemptID,
        campaign: CampaignID?,
        contact: ContactID,
        number: NumberID,
        intentAt: Timestamp,
        mark: Int64,
        isMarketing: Bool,
        tries: Int,
        triedCode: Int?,
        notAfter: Timestamp?,
        phone: PhoneNumber?,
        userID: String?,
        name: String?,
        attributes: String,
        kind: String,
        content: String?
    ) {
        (self.attempt, self.campaign, self.contact, self.number) = (attempt, campaign, contact, number)
        (self.intentAt, self.mark, self.isMarketing) = (intentAt, mark, isMarketing)
        (self.tries, self.triedCode, self.notAfter) = (tries, triedCode, notAfter)
        (self.phone, self.userID, self.name, self.attributes) = (phone, userID, name, attributes)
        (self.kind, self.content) = (kind, content)
    }

    public var subject: Transaction.Subject {
        Transaction.Subject(message: attempt.message, campaign: campaign, contact: contact)
    }
}

extension Claim: Hashable {
    /// One intent is committed once.
    public static func == (left: Claim, right: Claim) -> Bool { left.attempt == right.attempt && left.mark == right.mark }

    public func hash(into hasher: inout Hasher) { hasher.combine(attempt) }
}

/// What a claim came to.
public struct Claimed: Sendable {
    public var claims: [Claim] = []
    /// When more of the same will be due; nil when nothing waits.
    public var next: Timestamp?
    /// The limit that ended it, and until when it holds.
    public var stop: Stop?
    /// Messages a second that people write to the number, of late: they count against its throughput.
    public var inbound = 0.0
    /// A webhook said that the number sends too much.
    public var hasComplaint = false

    public struct Stop: Sendable, Hashable {
        public var limit: SendingLimit
        public var until: Timestamp

        public init(_ limit: SendingLimit, until: Timestamp) {
            (self.limit, self.until) = (limit, until)
        }
    }

    public init(claims: [Claim] = [], next: Timestamp? = nil, stop: Stop? = nil, inbound: Double = 0, hasComplaint: Bool = false) {
        (self.claims, self.next, self.stop, self.inbound, self.hasComplaint) = (claims, next, stop, inbound, hasComplaint)
    }
}

/// What a claim must obey besides what Meta says.
public struct ClaimRules: Sendable {
    /// Marketing messages of campaigns to one person in a period; nil for as many as Meta takes.
    public var frequencyCap: FrequencyCap?
    /// Until when it is too late or too early to write to a person, by their number; nil when it is not. The hook for quiet hours.
    public var quietUntil: @Sendable (PhoneNumber?, Timestamp) -> Timestamp? = { _, _ in nil }

    public struct FrequencyCap: Sendable, Hashable {
        public var messages: Int
        public var period: Duration

        public init(messages: Int, period: Duration) {
            (self.messages, self.period) = (messages, period)
        }
    }

    public init(frequencyCap: FrequencyCap? = nil) {
        self.frequencyCap = frequencyCap
    }
}
