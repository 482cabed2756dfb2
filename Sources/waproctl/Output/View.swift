import WaproCore
import WaproRPC

/// A reply for people, laid out by what its declaration says.
enum View {
    /// Lines for a reply of this type. `columns` chooses the fields of a list; nil takes all that fit into a cell.
    static func lines(_ json: JSONValue, _ type: WireType, columns: [String]? = nil, header: Bool = true, width: Int?) -> [TerminalText] {
        guard case .object(_, let fields) = type, case .object(let object) = json else { return [TerminalText(json: json)] }
        if let items = object["items"]?.elements,
            case .list(.object(_, let itemFields))? = fields.first(where: { $0.name == "items" })?.type
        {
            return items.isEmpty ? [] : table(items, itemFields, columns, header: header, width: width)
        }
        return details(object, fields, header: header, width: width)
    }

    private static func table(
        _ items: [JSONValue],
        _ fields: [FieldInfo],
        _ columns: [String]?,
        header: Bool,
        width: Int?
    ) -> [TerminalText] {
        let shown =
            columns.map { names in names.compactMap { name in fields.first { $0.name == name } } } ?? fields.filter { isCell($0.type) }
        var table = Table(columns: shown.map { Table.Column(heading: heading($0), isNumber: isNumber($0.type)) })
        for item in items { table.rows.append(shown.map { cell(item[$0.name], $0) }) }
        return table.lines(width: width, header: header)
    }

    /// A field a line; lists of objects as tables below.
    private static func details(_ object: JSONObject, _ fields: [FieldInfo], header: Bool, width: Int?) -> [TerminalText] {
        let label = (fields.map(\.name.utf8.count).max() ?? 0) + 2
        var lines: [TerminalText] = []
        for field in fields {
            guard let value = object[field.name], value != .null else { continue }
            switch (field.type, value) {
            case (.object(_, let inner), .object(let part)):
                lines += ["", heading(field)] + details(part, inner, header: header, width: width).map { "  " + $0 }
            case (.list(.object(_, let inner)), .array(let items)):
                if !items.isEmpty {
                    let rows = table(items, inner, nil, header: header, width: width.map { $0 - 2 })
                    lines += ["", heading(field)] + rows.map { "  " + $0 }
                }
            default:
                lines.append(heading(field).padded(to: label) + cell(value, field))
            }
        }
        return lines
    }

    static func heading(_ field: FieldInfo) -> TerminalText {
        TerminalText(outside: field.name.split(separator: "_").joined(separator: " "))
    }

    /// One value in one line.
    static func cell(_ json: JSONValue?, _ field: FieldInfo) -> TerminalText {
        guard let json, json != .null else { return "-" }
        switch (field.type, json) {
        case (.integer, .integer(let value)), (.longInteger, .integer(let value)):
            // An amount reads better in groups; a code or a number of something does not.
            if field.name.hasSuffix("_bytes") { return "\(Human.bytes(value))" }
            return ["code", "error_code", "line", "seq", "cursor"].contains(field.name) ? "\(value)" : "\(Human.count(value))"
        case (.decimal, .decimal(let value)): return "\(Human.rate(value))"
        case (.decimal, .integer(let value)): return "\(Human.count(value))"
        case (.bool, .bool(let value)): return value ? "yes" : "no"
        case (.timestamp, .string(let text)): return Timestamp(rfc3339: text).map { "\(Human.time($0))" } ?? "\(text)"
        case (_, .string(let text)): return text.isEmpty ? "-" : "\(text)"
        case (_, .array(let elements)):
            let texts = elements.compactMap(\.text)
            return texts.count == elements.count
                ? TerminalText.joined(texts.map { "\($0)" }, by: ", ") : TerminalText(json: json, isCompact: true)
        case (.texts, .object(let object)):
            return TerminalText.joined(object.members.map { "\($0.key)=\($0.value.text ?? "")" }, by: ", ")
        default: return TerminalText(json: json, isCompact: true)
        }
    }

    static func isNumber(_ type: WireType) -> Bool {
        switch type {
        case .integer, .longInteger, .decimal: true
        default: false
        }
    }

    private static func isCell(_ type: WireType) -> Bool {
        switch type {
        case .object, .list(.object), .json: false
        default: true
        }
    }
}
