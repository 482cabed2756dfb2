public import WaproCore

extension Reason {
    /// The store does not know all that it has sent.
    var isBreach: Bool {
        switch self {
        case .storeFenceMissing, .storeFromElsewhere, .storeWentBack: true
        default: false
        }
    }
}

extension Snapshot {
    /// Statuses of Meta's carry whole seconds of another clock.
    private static let tolerance = Duration.seconds(300)

    /// Whether an attempt that this store does not know was made before a person let the store send again, knowing that what it had sent
    /// is lost: statuses of such messages come for weeks and say nothing new. One that was made since means that somebody else sends.
    ///
    /// - Parameter sentAt: when Meta says that it was sent; nil where the status says something else.
    public func wasLost(_ attempt: AttemptID, sentAt: Timestamp?) throws -> Bool {
        guard let released = try db.row("SELECT released_at FROM store")?.time(orNil: "released_at") else { return false }
        // An earlier message may have had another attempt, made by whoever sends besides us.
        let isEarlierSend = sentAt.map { $0 <= released.advanced(by: Self.tolerance) } ?? true
        return attempt.message.mintedAt <= released && isEarlierSend
    }
}
