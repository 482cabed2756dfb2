/// SplitMix64: the same numbers for the same seed, on every machine.
struct Seeded: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension Seeded {
    mutating func chance(_ probability: Double) -> Bool {
        Double.random(in: 0..<1, using: &self) < probability
    }

    mutating func int(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &self)
    }

    mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[int(0...choices.count - 1)]
    }

    /// One of the choices, each as likely as its weight says.
    mutating func weigh<Element>(_ choices: KeyValuePairs<Int, Element>) -> Element {
        var left = int(0...choices.reduce(-1) { $0 + $1.key })
        for (weight, choice) in choices {
            left -= weight
            if left < 0 { return choice }
        }
        return choices[choices.count - 1].value
    }
}
