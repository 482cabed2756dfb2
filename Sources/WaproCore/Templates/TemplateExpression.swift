/// A value with holes, as people write it for a slot of a template: `Hello {{first_name|friend}}`.
///
/// A hole names a field of the contact (`name`, `phone` or any attribute); after `|` stands what is used when the contact has no
/// such field or an empty one. Text without `{{` is a value without holes.
public struct TemplateExpression: Sendable, Hashable {
    public enum Part: Sendable, Hashable {
        case literal(String)
        /// `fallback` may be empty text, which is not the same as none.
        case hole(field: String, fallback: String?)
    }

    /// Never two literals in a row, never an empty literal.
    public let parts: [Part]

    init(parts: [Part]) {
        self.parts = parts
    }

    /// Reads the text form.
    public init(_ text: String) throws(SyntaxError) {
        var parts: [Part] = []
        var rest = Substring(text)
        func column(_ index: String.Index) -> Int { text.distance(from: text.startIndex, to: index) + 1 }
        while let open = rest.firstDouble("{", from: rest.startIndex) {
            let start = rest.index(open, offsetBy: 2)
            guard let close = rest.firstDouble("}", from: start) else { throw SyntaxError(column: column(open), fault: .unclosed) }
            if open > rest.startIndex { parts.append(.literal(String(rest[..<open]))) }
            let inner = rest[start..<close]
            let bar = inner.firstIndex(of: "|")
            let field = inner[..<(bar ?? inner.endIndex)].trimmingSpaces()
            guard !field.isEmpty else { throw SyntaxError(column: column(start), fault: .noField) }
            if let bad = field.firstIndex(where: { $0 == "{" || $0 == "}" || $0.isNewline }) {
                throw SyntaxError(column: column(bad), fault: .badField)
            }
            parts.append(.hole(field: String(field), fallback: bar.map { String(inner[inner.index(after: $0)...].trimmingSpaces()) }))
            rest = rest[rest.index(close, offsetBy: 2)...]
        }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        self.parts = parts
    }

    /// The value, when it is the same for every contact.
    public var constant: String? {
        if parts.isEmpty { return "" }
        guard parts.count == 1, case .literal(let text) = parts[0] else { return nil }
        return text
    }

    /// The fields that are asked for, each once, in the order of their holes.
    public var fields: [String] {
        var fields: [String] = []
        for case .hole(let field, _) in parts where !fields.contains(field) { fields.append(field) }
        return fields
    }

    /// The value for one contact. A field that is nil or empty takes the fallback of its hole; throws when there is none.
    public func evaluate(_ field: (String) -> String?) throws(MissingField) -> String {
        var value = ""
        for part in parts {
            switch part {
            case .literal(let text): value += text
            case .hole(let name, let fallback):
                if let text = field(name), !text.isEmpty {
                    value += text
                } else if let fallback {
                    value += fallback
                } else {
                    throw MissingField(name: name)
                }
            }
        }
        return value
    }
}

extension TemplateExpression {
    /// Why a text is not an expression, and where.
    public struct SyntaxError: Error, Hashable, CustomStringConvertible {
        /// Counted in characters from 1.
        public let column: Int
        public let fault: Fault

        public enum Fault: Sendable, Hashable {
            case unclosed
            case noField
            case badField
        }

        public var description: String {
            switch fault {
            case .unclosed: "column \(column): this \"{{\" has no \"}}\" after it"
            case .noField: "column \(column): a field's name is missing, as in {{first_name}} or {{first_name|friend}}"
            case .badField: "column \(column): a field's name cannot contain braces or line breaks"
            }
        }
    }

    /// The contact has no such field, and the hole has no fallback.
    public struct MissingField: Error, Hashable, CustomStringConvertible {
        public let name: String

        public var description: String { "the contact has no \"\(name)\" and no fallback is given, as in {{\(name)|friend}}" }
    }
}

extension TemplateExpression: CustomStringConvertible {
    /// The text form.
    public var description: String {
        parts.map { part in
            switch part {
            case .literal(let text): text
            case .hole(let field, let fallback): "{{\(field)\(fallback.map { "|\($0)" } ?? "")}}"
            }
        }.joined()
    }
}
