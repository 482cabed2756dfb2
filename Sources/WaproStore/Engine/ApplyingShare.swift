/// How much of the writer's time applying may take while somebody waits for commits: a third. Pure.
///
/// Meta waits for a webhook's 200 and sends it again when it waits too long; nobody waits for it to be applied. Bodies that are left over in a
/// flood are applied as soon as it is over. A fifth was too little: beside an import the statuses and messages of a busy number waited ten seconds.
struct ApplyingShare {
    /// Others get this many times what applying took before it goes on.
    private static let others = 2
    /// It is behind by no more than this, whatever happened before.
    private static let most = Duration.milliseconds(100)

    private var owed = Duration.zero
    private var last: ContinuousClock.Instant

    init(at now: ContinuousClock.Instant) { last = now }

    /// Applying has had its part for now.
    var isUsedUp: Bool { owed > .zero }

    /// To be called after each batch.
    ///
    /// - Parameter applying: the time of the batch that applying took while somebody waited for its commit.
    mutating func note(applying: Duration, at now: ContinuousClock.Instant) {
        owed = min(Self.most, max(.zero, owed + applying * (Self.others + 1) - last.duration(to: now)))
        last = now
    }
}
