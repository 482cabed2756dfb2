/// The text form of identifiers: prefix, `_`, 13 digits of Crockford's base 32 in lower case (no i, l, o, u).
enum IdentifierText {
    private static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    static func render(_ value: Int64, prefix: String) -> String {
        var text = prefix
        text.reserveCapacity(prefix.utf8.count + 14)
        text.append("_")
        for shift in stride(from: 60, through: 0, by: -5) {
            text.unicodeScalars.append(Unicode.Scalar(digits[Int(value >> Int64(shift)) & 31]))
        }
        return text
    }

    static func parse(_ text: String, prefix: String) -> Int64? {
        let bytes = Array(text.utf8)
        let head = Array(prefix.utf8)
        guard bytes.count == head.count + 14, bytes.starts(with: head), bytes[head.count] == UInt8(ascii: "_") else { return nil }
        var value: UInt64 = 0
        for byte in bytes[(head.count + 1)...] {
            guard let digit = digits.firstIndex(of: byte) else { return nil }
            guard value >> 59 == 0 else { return nil }
            value = value << 5 | UInt64(digit)
        }
        guard value > 0, value <= UInt64(Int64.max) else { return nil }
        return Int64(value)
    }
}
