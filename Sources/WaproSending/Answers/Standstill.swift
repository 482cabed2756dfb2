public import WaproStore
import WaproCloud
import WaproCore

/// What keeps everything of a campaign from leaving until a person does something about it.
public struct Standstill: Sendable, Hashable {
    /// A clause, without a full stop.
    public let words: String
    public let next: String

    init(_ words: String, _ next: String) {
        (self.words, self.next) = (words, next)
    }
}

extension Snapshot {
    /// Why nothing of a campaign leaves, or would once it has started; nil when something does, or when it is over.
    ///
    /// - Parameter withReason: whether what a person wrote who held it is told too. It may be about anybody, so it is not for viewers.
    public func standstill(of campaign: CampaignRecord, withReason: Bool) throws -> Standstill? {
        switch campaign.state {
        case .finished, .cancelled: return nil
        case .paused: return Standstill("the campaign is paused", "campaign.resume continues it.")
        case .held:
            return Standstill(
                "the campaign is held because \(campaign.heldWords ?? "of a problem")",
                "Mend the cause, then campaign.resume."
            )
        case .draft, .scheduled, .freezing, .running: break
        }
        return try number(campaign.number).flatMap { try standstill(of: $0, withReason: withReason) }
    }

    /// Why nothing leaves from a number; nil when something may.
    public func standstill(of number: NumberRecord, withReason: Bool) throws -> Standstill? {
        if let hold = try holds().first(where: { $0.scope.covers(number) }) {
            let reason = withReason ? hold.detail.map { " (\($0))" } ?? "" : ""
            return Standstill(
                "nothing leaves, because \(hold.because.words)\(reason)",
                "waproctl release says what it would send, and lets it go."
            )
        }
        guard let code = number.halted else { return nil }
        switch code {
        case Refusal.noToken:
            return Standstill(
                "nothing leaves from \(number.name), because \(Reason.tokenMissing.words)",
                "waproctl account token \(number.accountName) --token FILE gives one; waproctl status says whether the app secret is missing."
            )
        case Refusal.notInUse:
            return Standstill("nothing leaves from \(number.name), because \(Reason.numberNotInUse.words)", number.nextWhenNotInUse)
        default:
            return Standstill(
                "nothing leaves from \(number.name). \(Reason.metaHalted.words(code: code))",
                "Mend the cause, then waproctl release --number \(number.name); or campaign.resume, which frees the whole account."
            )
        }
    }
}

extension NumberRecord {
    /// What helps a number that is not used any more.
    public var nextWhenNotInUse: String {
        "Put it back into waprod.yaml and restart waprod, or take its account up with waproctl account add; or cancel what waits."
    }
}
