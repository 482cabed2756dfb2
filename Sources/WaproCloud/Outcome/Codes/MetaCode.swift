internal import WaproCore

/// One row of the table of Meta's error codes (whatsapp-cloud-api.md §8): what it means and what follows from it. The rows are in the files
/// beside this one, by topic.
struct MetaCode: Sendable {
    enum Verdict: Sendable, Hashable {
        /// At least this long; the caller doubles it.
        case later(Duration)
        case never
        case halt(HaltScope)
        case unknown
    }

    let codes: ClosedRange<Int>
    let verdict: Verdict
    let slug: String
    let words: String
    let next: String
    let flags: Refusal.Flags
    let tries: Int?

    init(
        _ codes: ClosedRange<Int>,
        _ verdict: Verdict,
        _ slug: String,
        _ words: String,
        _ next: String,
        _ flags: Refusal.Flags = [],
        tries: Int? = nil
    ) {
        self.codes = codes
        self.verdict = verdict
        self.slug = slug
        self.words = words
        self.next = next
        self.flags = flags
        self.tries = tries
    }

    init(
        _ code: Int,
        _ verdict: Verdict,
        _ slug: String,
        _ words: String,
        _ next: String,
        _ flags: Refusal.Flags = [],
        tries: Int? = nil
    ) {
        self.init(code...code, verdict, slug, words, next, flags, tries: tries)
    }

    func refusal(_ error: MetaError) -> Refusal {
        Refusal(code: error.code, subcode: error.subcode, slug: slug, words: words, next: next, flags: flags, tries: tries)
    }

    static let table = access + limits + recipients + messages + templates + numbers + features + legacy

    private static let single = Dictionary(
        table.filter { $0.codes.count == 1 }.map { ($0.codes.lowerBound, $0) },
        uniquingKeysWith: { first, _ in first }
    )
    private static let ranges = table.filter { $0.codes.count > 1 }

    static func row(for error: MetaError) -> MetaCode? {
        if let row = bySubcode(error) { return row }
        return single[error.code] ?? ranges.first { $0.codes.contains(error.code) }
    }

    /// The subcode decides only beside 100 and 190.
    private static func bySubcode(_ error: MetaError) -> MetaCode? {
        switch (error.code, error.subcode) {
        case (100, _) where error.namesAppSecretProof: appSecretProof
        case (100, 33?): unknownObject
        case (100, let subcode?): ranges.first { $0.codes.contains(subcode) && $0.slug == "template_creation" }
        case (190, let subcode?): tokenSubcodes[subcode]
        default: nil
        }
    }
}
