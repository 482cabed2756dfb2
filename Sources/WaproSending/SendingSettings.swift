public import WaproCore
public import WaproStore

/// What may be set about sending.
public struct SendingSettings: Sendable {
    /// The part of a number's throughput that is kept for what people write to it, 0..<1.
    public var reserve = 0.1
    /// Messages of a campaign that are written ahead of being sent.
    public var ahead = 20_000
    /// Claims or results of one transaction, at most.
    public var batch = 250
    /// Transactions of results under way at once.
    public var recordings = 4
    /// Results that may wait for their transaction; while there are more nothing is claimed, so a slow disk slows sending down.
    public var unwritten = 4_000
    /// How long an answer of a campaign waits for others to be written with it.
    public var gather: Duration = .milliseconds(10)
    /// A claim that is not handed over within this time goes back.
    public var intentLife: Duration = .milliseconds(250)
    /// How long a number is silent after Meta said that it sends too fast.
    public var stallAfterThrottle: Duration = .seconds(1)
    /// How long to leave the store alone after it could not do something.
    public var retryAfterTrouble: Duration = .milliseconds(200)
    public var backoff = Backoff()
    /// How long a campaign's message may wait to be sent where the campaign does not say.
    public var validity: Duration = .seconds(7 * 86_400)
    /// What claims obey besides what Meta says.
    public var rules = ClaimRules()
    /// How long a shutdown waits for answers that are on their way.
    public var drain: Duration = .seconds(10)
    /// How long after that answers that have come may take to be written down.
    public var lastWords: Duration = .seconds(2)

    public init() {}
}
