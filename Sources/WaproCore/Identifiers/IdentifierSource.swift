/// Mints identifiers of every kind, strictly increasing.
///
/// The store keeps the last one it minted and starts the next source above it, so a clock that went backward, or a pruned row,
/// never brings an identifier back.
public struct IdentifierSource: Sendable {
    /// 2020-01-01T00:00:00Z in Unix milliseconds.
    fileprivate static let epoch: Int64 = 1_577_836_800_000

    /// The last value handed out: what the store keeps.
    public private(set) var last: Int64

    public init(after last: Int64) {
        self.last = last
    }

    public mutating func next<Kind>(_ kind: Identifier<Kind>.Type = Identifier<Kind>.self, at now: Timestamp) -> Identifier<Kind> {
        let floor = max(0, now.milliseconds - Self.epoch) << 20
        last = max(last + 1, floor)
        return Identifier(rawValue: last)
    }
}

extension Identifier {
    /// When it was minted; a little later where many were at once, or the clock had gone back.
    public var mintedAt: Timestamp { Timestamp(milliseconds: (rawValue >> 20) + IdentifierSource.epoch) }
}
