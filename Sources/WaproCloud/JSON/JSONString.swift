/// Strings of an indexed document, decoded when asked for.
enum JSONString {
    static func decode(_ bytes: [UInt8], _ node: JSONDocument.Node) -> String {
        bytes.withUnsafeBufferPointer { all in
            let raw = UnsafeBufferPointer(rebasing: all[Int(node.start) + 1..<Int(node.end) - 1])
            guard node.escaped else { return String(decoding: raw, as: UTF8.self) }
            return unescape(raw)
        }
    }

    static func equal(_ bytes: [UInt8], _ left: JSONDocument.Node, _ right: JSONDocument.Node) -> Bool {
        if left.escaped || right.escaped { return decode(bytes, left) == decode(bytes, right) }
        guard left.end - left.start == right.end - right.start else { return false }
        for offset in 0..<Int(left.end - left.start) where bytes[Int(left.start) + offset] != bytes[Int(right.start) + offset] {
            return false
        }
        return true
    }

    /// The scanner has checked every escape.
    private static func unescape(_ raw: UnsafeBufferPointer<UInt8>) -> String {
        var units: [UInt8] = []
        units.reserveCapacity(raw.count)
        var at = 0
        while at < raw.count {
            guard raw[at] == UInt8(ascii: "\\") else {
                units.append(raw[at])
                at += 1
                continue
            }
            let escape = raw[at + 1]
            at += 2
            switch escape {
            case UInt8(ascii: "n"): units.append(10)
            case UInt8(ascii: "t"): units.append(9)
            case UInt8(ascii: "r"): units.append(13)
            case UInt8(ascii: "b"): units.append(8)
            case UInt8(ascii: "f"): units.append(12)
            case UInt8(ascii: "u"):
                var scalar = hex(raw, at)
                at += 4
                if UTF16.isLeadSurrogate(UInt16(scalar)), at + 6 <= raw.count, raw[at] == UInt8(ascii: "\\"),
                    raw[at + 1] == UInt8(ascii: "u"),
                    case let low = hex(raw, at + 2), UTF16.isTrailSurrogate(UInt16(low))
                {
                    scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
                    at += 6
                }
                units.append(contentsOf: String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
            default: units.append(escape)
            }
        }
        return String(decoding: units, as: UTF8.self)
    }

    private static func hex(_ raw: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 << 4 | UInt32(raw[at + $1].hexDigit ?? 0) }
    }
}

extension UInt8 {
    /// 0…15, or nil.
    var hexDigit: UInt8? {
        switch self {
        case 48...57: self - 48
        case 65...70: self - 55
        case 97...102: self - 87
        default: nil
        }
    }
}
