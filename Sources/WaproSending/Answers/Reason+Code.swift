public import WaproCore
public import WaproStore
import WaproCloud

extension Reason {
    /// The reason in words, with Meta's code and what it means where one is behind it (promise P10).
    public func words(code: Int?) -> String {
        if code == Refusal.notMeta { return Reason.notMeta.words }
        if code == Refusal.noToken { return Reason.tokenMissing.words }
        if code == Refusal.notInUse { return Reason.numberNotInUse.words }
        guard let code, code != 0 else { return words }
        let refusal = Refusal.explaining(code: code)
        return "\(words): \(refusal.words) (code \(code)). \(refusal.next.capitalised)"
    }

    /// What a person can do about one of Meta's errors.
    static func nextStep(code: Int) -> String { Refusal.explaining(code: code).next.capitalised + "." }
}

extension CampaignRecord {
    /// Why wapro stopped the campaign, in words.
    public var heldWords: String? { heldBecause?.words(code: heldCode) }
}

extension MessageState {
    /// States in which somebody asks why.
    public var needsReason: Bool {
        switch self {
        case .waiting, .inDoubt, .failed, .skipped, .cancelled, .expired: true
        default: false
        }
    }
}

extension String {
    fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
