/// How many different people a business portfolio may write to first (outside of an open conversation window) in 24 hours, as Meta names
/// it (whatsapp-cloud-api.md §7). Open: a name that is not known here is no limit that we can count.
public enum MessagingLimit: Sendable, Hashable {
    case people(Int)
    case unlimited
    /// Meta has not been asked yet, or uses a word that this version does not know.
    case unknown

    /// Reads `TIER_250`, `TIER_2K`, `TIER_10K`, `TIER_UNLIMITED`; the K stands for a thousand.
    public init(meta text: String?) {
        guard let text, text.hasPrefix("TIER_") else {
            self = .unknown
            return
        }
        let word = text.dropFirst(5)
        if word == "UNLIMITED" {
            self = .unlimited
        } else if word.hasSuffix("K"), let thousands = Int(word.dropLast()), thousands > 0, thousands < 1_000_000 {
            self = .people(thousands * 1000)
        } else if let people = Int(word), people > 0 {
            self = .people(people)
        } else {
            self = .unknown
        }
    }

    public var people: Int? {
        if case .people(let people) = self { people } else { nil }
    }
}
