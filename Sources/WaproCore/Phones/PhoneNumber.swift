/// A telephone number in E.164: calling code and national number, digits only.
public struct PhoneNumber: Hashable, Sendable, Comparable {
    /// The digits as a number, which no leading zero can be lost from: calling codes begin with 1 to 9.
    public let value: Int64

    /// Takes a value that was parsed earlier; nil unless it has 5 to 15 digits.
    ///
    /// It is not compared with the numbering plan, because a stored number must not vanish when the facts change. What comes
    /// from outside goes through `parse`.
    public init?(value: Int64) {
        guard (10_000..<1_000_000_000_000_000).contains(value) else { return nil }
        self.value = value
    }

    /// Digits only, as Meta's `wa_id` has them: `4915112345678`.
    public var digits: String { String(value) }

    /// `+4915112345678`.
    public var e164: String { "+\(value)" }

    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }

    /// The country that the number belongs to; nil for numbers of no country, such as satellite telephones.
    public var region: Region? { NumberingPlan.shared.range(DigitRun(value: UInt64(value)))?.region }

    /// The time zones that the number may be in, by their names in the system's zone files; empty when nothing is known.
    ///
    /// As far as the first digits tell: where mobile numbers do not say where they are from, a country's number has all its zones,
    /// or (Russia) the one that the library of the facts gives them.
    public var timeZones: [String] { TimeZonePlan.shared.zones(of: DigitRun(value: UInt64(value))) }
}

extension PhoneNumber: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Masked, fit for logs: the calling code and the last four digits (two of short numbers), `+49…5678`.
    public var description: String {
        let all = digits
        let code = NumberingPlan.shared.split(DigitRun(value: UInt64(value)))?.code.value
        return "+\(code.map { "\($0)" } ?? "")…\(all.suffix(all.count > 9 ? 4 : 2))"
    }

    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
