/// How long what is only kept for looking back stays, so that the disk is bounded (promise P7).
public struct Retention: Sendable, Hashable {
    /// The raw body of an applied webhook.
    public var journalAge: Duration = .seconds(3 * 86_400)
    /// Bytes of journaled bodies, whatever their age.
    public var journalBytes = 2 << 30
    /// A body that could not be read or applied.
    public var quarantineAge: Duration = .seconds(14 * 86_400)
    /// An event that can be replayed to subscribers.
    public var eventAge: Duration = .seconds(14 * 86_400)
    /// Events, whatever their age.
    public var eventRows = 10_000_000
    /// The digest of a change, by which a repeat is known: longer than Meta's seven days of retries.
    public var seenChangeAge: Duration = .seconds(8 * 86_400)
    /// The answer to a call that carried an idempotency key.
    public var answerAge: Duration = .seconds(7 * 86_400)

    public init() {}
}
