extension JSONValue {
    /// One line, without spaces.
    public var compact: String { text(indent: nil) }

    /// For people: two spaces a level, a member a line.
    public var indented: String { text(indent: 0) }

    private func text(indent: Int?) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        write(to: &bytes, indent: indent)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Depth is bounded by whoever made the value: the parser's limit, or a declared shape.
    private func write(to bytes: inout [UInt8], indent: Int?) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let value): bytes += String(value).utf8
        // JSON knows no infinity and no NaN; nobody can have meant one.
        case .decimal(let value): bytes += (value.isFinite ? value.description : "null").utf8
        case .string(let value): JSONValue.write(value, to: &bytes)
        case .array(let elements):
            JSONValue.write(elements, to: &bytes, between: ("[", "]"), indent: indent) { element, bytes, indent in
                element.write(to: &bytes, indent: indent)
            }
        case .object(let object):
            JSONValue.write(object.members, to: &bytes, between: ("{", "}"), indent: indent) { member, bytes, indent in
                JSONValue.write(member.key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                if indent != nil { bytes.append(UInt8(ascii: " ")) }
                member.value.write(to: &bytes, indent: indent)
            }
        }
    }

    private static func write<Item>(
        _ items: [Item],
        to bytes: inout [UInt8],
        between brackets: (Unicode.Scalar, Unicode.Scalar),
        indent: Int?,
        item write: (Item, inout [UInt8], Int?) -> Void
    ) {
        bytes.append(UInt8(ascii: brackets.0))
        let inner = indent.map { $0 + 2 }
        for (position, item) in items.enumerated() {
            if position > 0 { bytes.append(UInt8(ascii: ",")) }
            if let inner { beginLine(inner, &bytes) }
            write(item, &bytes, inner)
        }
        if let indent, !items.isEmpty { beginLine(indent, &bytes) }
        bytes.append(UInt8(ascii: brackets.1))
    }

    private static func beginLine(_ indent: Int, _ bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\n"))
        bytes += repeatElement(UInt8(ascii: " "), count: indent)
    }

    /// Escapes what JSON demands and, so that JSON on a terminal is harmless and still lossless, whatever does not show itself there.
    private static func write(_ value: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var value = value
        value.withUTF8 { text in
            if text.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
                bytes += text
            } else {
                HiddenScalars.each(of: String(decoding: text, as: UTF8.self).unicodeScalars) { scalar, hides in
                    write(scalar, hides: hides, to: &bytes)
                }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func write(_ scalar: Unicode.Scalar, hides: Bool, to bytes: inout [UInt8]) {
        switch scalar {
        case "\"": bytes += "\\\"".utf8
        case "\\": bytes += "\\\\".utf8
        case "\n": bytes += "\\n".utf8
        case "\r": bytes += "\\r".utf8
        case "\t": bytes += "\\t".utf8
        case _ where hides:
            for unit in UTF16.encode(scalar)! {
                let digits = String(unit, radix: 16)
                bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
            }
        default: bytes += UTF8.encode(scalar)!
        }
    }
}
