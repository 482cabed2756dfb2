/// Everything about the simulator's behaviour that can be turned while it runs. The zero-configuration values are a healthy Meta.
///
/// Over HTTP (`/_sim/knobs`) the same names in snake case. Times are milliseconds unless the name says otherwise; shares are 0…1.
public struct Knobs: Codable, Sendable, Equatable {
    // MARK: Answers

    /// How long an answer to a send takes, and how much more at random.
    public var latencyMilliseconds = 0
    public var latencyJitterMilliseconds = 0
    /// What goes wrong with sends, tried in order; the first that applies wins.
    public var faults: [Fault] = []
    /// Whether numbers with a magic ending misbehave (``MagicNumber``).
    public var magicNumbers = true
    /// Every token answers 190/463.
    public var tokenExpired = false
    /// Every call needs a right `appsecret_proof`.
    public var requiresSecretProof = false
    /// `wa_id` may differ from the number that was sent to (Brazil, Mexico, Argentina).
    public var rewritesRecipients = true
    /// Messages other than templates fail with 131047 when the person has not written for 24 hours.
    public var enforcesWindow = true

    // MARK: Limits

    /// Messages a second and number: 0 by the number's level (80 or 1,000), -1 without limit. Inbound messages count.
    public var throughputPerSecond = 0
    /// One message to one person each so many milliseconds, `pairBurst` of them ahead of time. 0: no limit.
    public var pairGapMilliseconds = 6_000
    public var pairBurst = 45

    // MARK: People

    public var deliveredShare = 1.0
    public var readShare = 0.6
    public var replyShare = 0.05
    /// Texts that people reply with, one of them at random.
    public var replies = Knobs.standardReplies
    /// Shortly before or after these times each person does what they do.
    public var sentMilliseconds = Span(50, 500)
    public var deliveredMilliseconds = Span(300, 5_000)
    public var readMilliseconds = Span(5_000, 60_000)
    public var replyMilliseconds = Span(8_000, 120_000)
    /// Multiplies all of the above and the gaps between webhook retries: 0.01 makes a minute 0.6 s.
    public var timeScale = 1.0

    // MARK: Webhooks

    /// No status webhooks at all when false.
    public var sendsStatuses = true
    /// Updates a POST at most (1…1,000); what is due at the same time is put together.
    public var batchSize = 100
    /// Callback connections of one app at most.
    public var callbackConnections = 8
    public var callbackTimeoutMilliseconds = 10_000
    /// Gaps in seconds between tries at anything but 200; the last one repeats until 7 days are over. Scaled by `timeScale`.
    public var retryGapsSeconds: [Double] = [0, 10, 60, 300, 1_800, 3_600]
    /// The share of messages each of whose webhooks is sent twice.
    public var duplicateShare = 0.0
    /// The share of messages whose webhooks come in the wrong order: read, delivered, sent.
    public var reorderShare = 0.0
    /// The share of read messages without a `delivered`.
    public var skipDeliveredShare = 0.0
    /// The share of delivered messages that get a `failed` (131026) as well.
    public var failedAfterDeliveredShare = 0.0
    /// The share of sends whose `sent` webhook is answered before the send itself is.
    public var webhookFirstShare = 0.0
    /// The share of POSTs signed with a wrong secret; they are retried with the right one.
    public var badSignatureShare = 0.0
    /// Contacts and statuses carry business-scoped user ids, as since April 2026.
    public var includesUserIdentifiers = true
    /// Version of the payloads; up to 23 statuses carry `conversation`.
    public var webhookVersion = 25

    public init() {}

    /// From `least` to `most`, evenly.
    public struct Span: Codable, Sendable, Equatable {
        public var least: Int
        public var most: Int

        public init(_ least: Int, _ most: Int) {
            self.least = least
            self.most = most
        }

        func at(_ roll: Double) -> Double {
            Double(least) + Double(max(0, most - least)) * roll
        }
    }

    public static let standardReplies = [
        "Thanks!", "Yes please 😊", "When does it start?", "STOP", "Obrigado, quero saber mais", "¿Hasta cuándo dura?", "PARAR", "Danke!",
        "ठीक है, धन्यवाद", "شكرا", "No thanks", "Baja",
    ]
}
