import WaproCore

/// What a value on the wire may be: the one description from which come JSON Schemas, the words of errors and the command line.
public indirect enum WireType: Sendable {
    case bool
    /// A whole number, at most 2^53 in size.
    case integer(ClosedRange<Int>?)
    /// A whole number of 64 bits: beyond 2^53 written as a string of digits.
    case longInteger
    case decimal
    /// A text; the range is of its length in characters.
    case text(ClosedRange<Int>?)
    /// A token or a password. It is kept nowhere but where it belongs, and on a command line a file holds it.
    case secret
    /// RFC 3339.
    case timestamp
    /// The text form of an identifier, with the prefix of its kind.
    case identifier(prefix: String)
    /// One of some words.
    case choice([String])
    /// One of some words in a reply, or one that a later version has added.
    case word([String])
    /// Bytes in base 64.
    case bytes
    case list(WireType)
    /// Texts by name.
    case texts
    case object(name: String, fields: [FieldInfo])
    /// Any JSON.
    case json
}

extension WireType {
    public var isSecret: Bool { if case .secret = self { true } else { false } }

    /// The words after *must be*: `a whole number from 1 to 1000`.
    public var words: String {
        switch self {
        case .bool: "true or false"
        case .integer(let range): "a whole number" + (range.map { " from \($0.lowerBound) to \($0.upperBound)" } ?? "")
        case .longInteger: "a whole number"
        case .decimal: "a number"
        case .text(let range): "a text" + (range.map { " of \($0.lowerBound) to \($0.upperBound) characters" } ?? "")
        case .secret: "a secret of 1 to \(Secret.longest) characters"
        case .timestamp: "a time such as 2026-11-23T08:15:00Z"
        case .identifier(let prefix): "an identifier that begins with \(prefix)_"
        case .choice(let values), .word(let values): "one of " + values.joined(separator: ", ")
        case .bytes: "bytes in base 64"
        case .list(let type): "a list, each \(type.words)"
        case .texts: "an object of texts"
        case .object: "an object"
        case .json: "JSON"
        }
    }
}
