public import WaproCore

/// One of some words. In parameters only the known ones are accepted; replies use `Open`, because the list may grow.
public protocol WireChoice: WireValue, CaseIterable, Hashable {
    /// The word on the wire.
    var slug: String { get }
    init?(slug: String)
}

extension WireChoice {
    public static var wireType: WireType { .choice(allCases.map(\.slug)) }
    public static func decode(_ json: JSONValue, _ reading: Reading) throws(Mismatch) -> Self {
        guard case .string(let text) = json else { throw .expected(wireType, got: json) }
        guard let value = Self(slug: text) else {
            let meant = Suggestion.nearest(to: text, among: allCases.map(\.slug))
            throw Mismatch("must be \(wireType.words)", hint: meant.map { "Did you mean \($0)?" })
        }
        return value
    }
    public var encoded: JSONValue? { .string(slug) }
}

extension MessageState: WireChoice {}
extension CampaignState: WireChoice {}
extension EventTopic: WireChoice {}
extension SendingLimit: WireChoice {}
extension MissedSchedule: WireChoice {}

/// A choice in a reply: a newer daemon may use a word that we do not know.
public struct Open<Choice: WireChoice>: WireValue, Hashable {
    public let slug: String

    public init(_ choice: Choice) {
        slug = choice.slug
    }

    /// Nil for a word of a newer daemon.
    public var known: Choice? { Choice(slug: slug) }

    /// Of a word as it is kept.
    public init(slug: String) {
        self.slug = slug
    }

    public static var wireType: WireType { .word(Choice.allCases.map(\.slug)) }
    public static func decode(_ json: JSONValue, _ reading: Reading) throws(Mismatch) -> Self {
        guard case .string(let text) = json else { throw .expected(wireType, got: json) }
        return reading == .strict ? Self(try Choice.decode(json, .strict)) : Self(slug: text)
    }
    public var encoded: JSONValue? { .string(slug) }
}
