/// Decimal digits, leading zeros and all, without memory of their own: at most 19.
struct DigitRun: Sendable, Hashable {
    private(set) var value: UInt64 = 0
    private(set) var count = 0

    /// What fits: longer than any number that can be dialled with all its prefixes.
    static let capacity = 19

    init() {}

    /// The digits of a number, which has no leading zeros.
    init(value: UInt64) {
        self.value = value
        count = 1
        while count <= Self.capacity, value >= Self.powers[count] { count += 1 }
    }

    /// Reads ASCII digits; nil for anything else.
    init?(_ text: some StringProtocol) {
        for byte in text.utf8 {
            guard byte.isDigit, count < Self.capacity else { return nil }
            append(byte & 15)
        }
    }

    mutating func append(_ digit: UInt8) {
        value = value * 10 + UInt64(digit)
        count += 1
    }

    /// Counted from the left, from 0.
    subscript(_ index: Int) -> Int { Int(value / Self.powers[count - 1 - index] % 10) }

    func starts(with prefix: DigitRun) -> Bool {
        count >= prefix.count && value / Self.powers[count - prefix.count] == prefix.value
    }

    func first(_ length: Int) -> DigitRun {
        DigitRun(value: value / Self.powers[count - length], count: length)
    }

    func dropping(_ length: Int) -> DigitRun {
        DigitRun(value: value % Self.powers[count - length], count: count - length)
    }

    /// Nil when it would be too long.
    func prepending(_ prefix: DigitRun) -> DigitRun? {
        guard prefix.count + count <= Self.capacity else { return nil }
        return DigitRun(value: prefix.value * Self.powers[count] + value, count: prefix.count + count)
    }

    private init(value: UInt64, count: Int) {
        (self.value, self.count) = (value, count)
    }

    private static let powers: [UInt64] = (0..<19).reduce(into: [1]) { powers, _ in powers.append(powers[powers.count - 1] * 10) }
}
