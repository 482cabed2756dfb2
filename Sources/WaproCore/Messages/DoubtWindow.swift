/// How long a message may be in doubt before a person is asked: counted only while evidence could reach us, and anew after every outage
/// (DESIGN §3.5).
///
/// Evidence can come while the webhook listener takes what Meta posts and the journal is applied. Meta repeats for days what it could not
/// deliver, so after an outage the wait begins again.
public struct DoubtWindow: Sendable, Hashable {
    public static let usualLength = Duration.seconds(75 * 60)

    public var length: Duration
    /// Since when evidence could come without a break; nil while it cannot.
    public private(set) var openSince: Timestamp?
    /// Looks that lie further apart than this have not seen what was between them: a machine that slept, a clock that was put forward.
    public var longestGap: Duration
    private var lookedAt: Timestamp?

    public init(length: Duration = usualLength, longestGap: Duration = .seconds(60)) {
        (self.length, self.longestGap) = (length, longestGap)
    }

    /// What is known now of the way on which evidence comes.
    public mutating func observe(isOpen: Bool, at now: Timestamp) {
        let hasSeen = lookedAt.map { $0.duration(to: now) <= longestGap } ?? true
        lookedAt = now
        // A clock that went backward must not shorten the wait.
        openSince = isOpen ? (hasSeen ? min(openSince ?? now, now) : now) : nil
    }

    /// Messages that came in doubt at or before this moment have waited long enough; nil when none has.
    public func endedFor(at now: Timestamp) -> Timestamp? {
        guard let openSince, openSince.duration(to: now) >= length else { return nil }
        return now.advanced(by: .zero - length)
    }
}

/// What happens to a message whose window of doubt ended without evidence.
public enum DoubtPolicy: String, Sendable, Hashable, CaseIterable {
    /// A person decides.
    case list
    /// It is sent again: somebody may get it twice. An exception to promise P1 that has to be asked for.
    case resend
}
