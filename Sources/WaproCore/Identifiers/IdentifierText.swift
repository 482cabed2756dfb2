/// The text form of identifiers: prefix, `_`, 13 digits of Crockford's base 32 in lower case (no i, l, o, u).
enum IdentifierText {
    private static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    /// The value of each byte that is a digit; 255 for the others.
    private static let values = (0...255).map { byte in digits.firstIndex(of: UInt8(byte)).map(UInt8.init) ?? 255 }

    static func render(_ value: Int64, prefix: String) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(24)
        text += prefix.utf8
        text.append(UInt8(ascii: "_"))
        for shift in stride(from: 60, through: 0, by: -5) { text.append(digits[Int(value >> Int64(shift)) & 31]) }
        return String(decoding: text, as: UTF8.self)
    }

    static func parse(_ text: some Collection<UInt8>, prefix: String) -> Int64? {
        let head = prefix.utf8
        var rest = text.dropFirst(head.count)
        guard text.starts(with: head), rest.popFirst() == UInt8(ascii: "_") else { return nil }
        var value: UInt64 = 0
        var count = 0
        for byte in rest {
            let digit = values[Int(byte)]
            guard digit < 32, value >> 59 == 0 else { return nil }
            value = value << 5 | UInt64(digit)
            count += 1
        }
        guard count == 13 else { return nil }
        guard value > 0, value <= UInt64(Int64.max) else { return nil }
        return Int64(value)
    }
}
