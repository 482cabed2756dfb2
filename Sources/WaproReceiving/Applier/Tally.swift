/// What applying a body met with that is counted rather than stored.
struct Tally: Sendable, Hashable {
    /// Kinds of change that this version does not act on, or could not place; by kind.
    var kinds: [String: Int] = [:]
    /// Kinds of change that it acts on.
    var known: [String: Int] = [:]
    /// Statuses that carry our store's name and an attempt that the store does not have: it must have gone back in time.
    var unknownAttempts = 0

    mutating func count(_ kind: String, isKnown: Bool = false) {
        if isKnown { known[kind, default: 0] += 1 } else { kinds[kind, default: 0] += 1 }
    }
}

extension String {
    /// What a change is counted under. The word comes from outside, so it is shortened and stripped of what is no letter.
    init(kindOf word: String) {
        let kept = word.utf8.prefix(64).map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
                byte
            default: UInt8(ascii: "?")
            }
        }
        self.init(decoding: kept, as: UTF8.self)
    }
}
