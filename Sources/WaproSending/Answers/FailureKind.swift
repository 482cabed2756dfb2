import WaproCloud
import WaproCore

/// A kind of failure, as a report explains it.
public struct FailureKind: Sendable, Hashable {
    public let words: String
    public let next: String

    /// - Parameter code: Meta's error code; 0 for failures in which Meta gave none. Those are of many kinds (a parameter without a value, a person's
    ///   decision, a retry that would have come too late), which only each recipient's own reason tells apart.
    public init(code: Int) {
        if code == 0 {
            words = "Meta gave no error code; each recipient's reason says why"
            next = "See the recipients and their reasons with campaign.recipients and state failed."
        } else {
            words = Refusal.explaining(code: code).words
            next = Reason.nextStep(code: code)
        }
    }
}
