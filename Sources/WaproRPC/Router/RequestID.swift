/// What a caller names a request with, so as to recognise the answer.
public enum RequestID: Sendable, Hashable {
    case number(Int64)
    /// JSON-RPC advises against it, and allows it.
    case fraction(Double)
    case string(String)
    /// `null`: allowed by JSON-RPC, and the id of answers to what could not be read.
    case null

    /// Nil when it is none: a structure, a number that is not exact, or more than 128 bytes.
    init?(json: JSONValue) {
        switch json {
        case .integer(let value): self = .number(value)
        case .decimal(let value) where abs(value) <= 0x1p53:
            self = value == value.rounded() ? .number(Int64(value)) : .fraction(value)
        case .string(let text) where text.utf8.count <= 128: self = .string(text)
        case .null: self = .null
        default: return nil
        }
    }

    public var json: JSONValue {
        switch self {
        case .number(let value): .integer(value)
        case .fraction(let value): .decimal(value)
        case .string(let text): .string(text)
        case .null: .null
        }
    }
}
