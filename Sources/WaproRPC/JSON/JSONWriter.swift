extension JSONValue {
    /// One line, without spaces.
    public var compact: String {
        var text = ""
        write(to: &text, indent: nil)
        return text
    }

    /// For people: two spaces a level, a member a line.
    public var indented: String {
        var text = ""
        write(to: &text, indent: 0)
        return text
    }

    /// Depth is bounded by whoever made the value: the parser's limit, or a declared shape.
    private func write(to text: inout String, indent: Int?) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        // JSON knows no infinity and no NaN; nobody can have meant one.
        case .decimal(let value): text += value.isFinite ? value.description : "null"
        case .string(let value): JSONValue.write(value, to: &text)
        case .array(let elements):
            JSONValue.write(elements, to: &text, between: ("[", "]"), indent: indent) { element, text, indent in
                element.write(to: &text, indent: indent)
            }
        case .object(let object):
            JSONValue.write(object.members, to: &text, between: ("{", "}"), indent: indent) { member, text, indent in
                JSONValue.write(member.key, to: &text)
                text += indent == nil ? ":" : ": "
                member.value.write(to: &text, indent: indent)
            }
        }
    }

    private static func write<Item>(
        _ items: [Item],
        to text: inout String,
        between brackets: (String, String),
        indent: Int?,
        item write: (Item, inout String, Int?) -> Void
    ) {
        text += brackets.0
        let inner = indent.map { $0 + 2 }
        for (position, item) in items.enumerated() {
            if position > 0 { text += "," }
            if let inner { text += "\n" + String(repeating: " ", count: inner) }
            write(item, &text, inner)
        }
        if let indent, !items.isEmpty { text += "\n" + String(repeating: " ", count: indent) }
        text += brackets.1
    }

    /// Escapes what JSON demands and, so that JSON on a terminal is harmless and still lossless, whatever does not show itself there.
    private static func write(_ value: String, to text: inout String) {
        text += "\""
        if value.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            text += value
        } else {
            for scalar in value.unicodeScalars { write(scalar, to: &text) }
        }
        text += "\""
    }

    private static func write(_ scalar: Unicode.Scalar, to text: inout String) {
        switch scalar {
        case "\"": text += "\\\""
        case "\\": text += "\\\\"
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        case _ where scalar.hidesOnTerminal:
            for unit in UTF16.encode(scalar)! {
                let digits = String(unit, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        default: text.unicodeScalars.append(scalar)
        }
    }
}

extension Unicode.Scalar {
    /// Controls (C0, DEL, C1), bidirectional controls, zero-width characters, line separators, tags, private use, unassigned: what acts
    /// on a terminal, or shows nothing there.
    public var hidesOnTerminal: Bool {
        if value >= 0x20, value < 0x7F { return false }
        // A zero-width joiner holds emoji together.
        if value == 0x200D { return false }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return true
        default: return false
        }
    }
}
