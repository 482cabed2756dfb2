/// Chance that comes out the same for the same seed, whatever order requests arrive in: a roll depends on the seed, the person, how
/// many messages that person had before, and what is being decided. Not for anything that has to be secret.
struct Dice: Sendable {
    /// What is being decided.
    enum Question: UInt64 {
        case deliver = 1
        case read, reply, replyText, sentDelay, deliveredDelay, readDelay, replyDelay
        case skipDelivered, failDelivered, duplicate, reorder, first, badSignature, fault, latency
    }

    let seed: UInt64

    /// Who and which message: enough to make every later roll about it.
    struct Subject: Sendable {
        let hash: UInt64
    }

    func subject(_ person: String, nth: UInt64) -> Subject {
        Subject(hash: Self.mix(Self.hash(person) ^ Self.mix(seed &+ nth)))
    }

    /// In 0..<1.
    func roll(_ question: Question, _ subject: Subject) -> Double {
        Double(Self.mix(subject.hash &+ question.rawValue &* 0x9E37_79B9_7F4A_7C15) >> 11) * 0x1p-53
    }

    /// Whether something that happens in `share` of the cases happens here.
    func happens(_ share: Double, _ question: Question, _ subject: Subject) -> Bool {
        share > 0 && (share >= 1 || roll(question, subject) < share)
    }

    /// Different for each serial, and not a counter to look at. A bijection: no two serials share one.
    func scatter(_ serial: UInt64) -> UInt64 {
        Self.mix(serial ^ Self.mix(seed))
    }

    /// FNV-1a.
    static func hash(_ text: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return hash
    }

    /// The finaliser of SplitMix64.
    static func mix(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
