/// JSON being written as Meta writes it: `/` as `\/`, everything outside ASCII as lower-case `\u` and four digits
/// (whatsapp-cloud-api, "Webhooks, delivery"). A signature holds over exactly these bytes.
struct JSONText {
    private(set) var bytes: [UInt8]

    init(reserving capacity: Int = 256) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    static func bytes(_ value: JSON) -> [UInt8] {
        var text = JSONText()
        text.write(value)
        return text.bytes
    }

    var isEmpty: Bool { bytes.isEmpty }

    /// Writes text that is JSON already.
    mutating func raw(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func raw(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    mutating func raw(_ other: JSONText) {
        bytes.append(contentsOf: other.bytes)
    }

    mutating func raw(written text: [UInt8]) {
        bytes.append(contentsOf: text)
    }

    mutating func comma() {
        bytes.append(UInt8(ascii: ","))
    }

    mutating func integer(_ value: Int64) {
        bytes.append(contentsOf: String(value).utf8)
    }

    mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            if utf8.allSatisfy(Self.isPlain) {
                bytes.append(contentsOf: utf8)
            } else {
                for unit in String(decoding: utf8, as: UTF8.self).utf16 { escape(unit) }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "/")
    }

    private mutating func escape(_ unit: UInt16) {
        switch unit {
        case 0x22: raw("\\\"")
        case 0x5C: raw("\\\\")
        case 0x2F: raw("\\/")
        case 0x08: raw("\\b")
        case 0x0C: raw("\\f")
        case 0x0A: raw("\\n")
        case 0x0D: raw("\\r")
        case 0x09: raw("\\t")
        case 0x20..<0x7F: bytes.append(UInt8(unit))
        default:
            raw("\\u")
            for shift in [12, 8, 4, 0] {
                let digit = UInt8(unit >> UInt16(shift) & 0xF)
                bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
            }
        }
    }

    mutating func write(_ value: JSON) {
        switch value {
        case .null: raw("null")
        case .bool(let flag): raw(flag ? "true" : "false" as StaticString)
        case .number(let text): raw(text)
        case .string(let text): string(text)
        case .array(let items):
            raw("[")
            for (index, item) in items.enumerated() {
                if index > 0 { comma() }
                write(item)
            }
            raw("]")
        case .object(let members):
            raw("{")
            for (index, member) in members.enumerated() {
                if index > 0 { comma() }
                string(member.name)
                raw(":")
                write(member.value)
            }
            raw("}")
        }
    }
}
