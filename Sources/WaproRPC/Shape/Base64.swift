/// Bytes, written in base 64 (RFC 4648 §4, padded).
public struct Base64: WireValue {
    public var bytes: [UInt8]

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    /// The value of each ASCII character; 64 for those that are not digits.
    private static let values: [UInt8] = (0..<UInt8.max).map { byte in digits.firstIndex(of: byte).map(UInt8.init) ?? 64 } + [64]

    public static var wireType: WireType { .bytes }

    public static func decode(_ json: JSONValue, _ reading: Reading) throws(Mismatch) -> Base64 {
        guard case .string(let text) = json else { throw .expected(wireType, got: json) }
        guard let bytes = bytes(of: Array(text.utf8)) else { throw Mismatch("must be \(wireType.words)") }
        return Base64(bytes)
    }

    public var encoded: JSONValue? {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits: UInt32 = 0
            for place in 0..<3 { bits = bits << 8 | (place < group.count ? UInt32(group[start + place]) : 0) }
            for place in 0..<4 {
                text.append(place <= group.count ? Self.digits[Int(bits >> UInt32(18 - 6 * place)) & 63] : UInt8(ascii: "="))
            }
        }
        return .string(String(decoding: text, as: UTF8.self))
    }

    /// Nil unless it is padded, canonical base 64.
    private static func bytes(of text: [UInt8]) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        let padding = text.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        for start in stride(from: 0, to: text.count, by: 4) {
            let missing = start + 4 == text.count ? padding : 0
            var bits: UInt32 = 0
            for place in 0..<4 {
                let value = place < 4 - missing ? values[Int(text[start + place])] : 0
                guard value < 64 else { return nil }
                bits = bits << 6 | UInt32(value)
            }
            // Canonical: the bits that padding leaves over are zero.
            guard missing == 0 || bits & (missing == 2 ? 0xFFFF : 0xFF) == 0 else { return nil }
            for place in 0..<(3 - missing) { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(16 - 8 * place))) }
        }
        return bytes
    }
}
