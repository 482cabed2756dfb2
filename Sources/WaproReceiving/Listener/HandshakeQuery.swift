/// What the query of Meta's handshake says (whatsapp-cloud-api.md §6.1); `Handshake` of WaproCloud judges it.
struct HandshakeQuery {
    private(set) var mode: String?
    private(set) var token: String?
    private(set) var challenge: String?

    /// - Parameter query: as it came, percent-encoded.
    init(_ query: Substring) {
        for pair in query.split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, let value = Self.decoded(sides[1]) else { continue }
            switch sides[0] {
            case "hub.mode": mode = value
            case "hub.verify_token": token = value
            case "hub.challenge": challenge = value
            default: break
            }
        }
    }

    /// Undoes percent escapes and `+`; nil for what is not UTF-8 or a broken escape.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
