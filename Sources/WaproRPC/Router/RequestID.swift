/// What a caller names a request with, so as to recognise the answer.
public enum RequestID: Sendable, Hashable {
    case number(Int64)
    case string(String)
    /// `null`: allowed by JSON-RPC, and the id of answers to what could not be read.
    case null

    /// Nil when it is none: a fraction, a structure, or more than 128 bytes.
    init?(json: JSONValue) {
        switch json {
        case .integer(let value): self = .number(value)
        case .string(let text) where text.utf8.count <= 128: self = .string(text)
        case .null: self = .null
        default: return nil
        }
    }

    public var json: JSONValue {
        switch self {
        case .number(let value): .integer(value)
        case .string(let text): .string(text)
        case .null: .null
        }
    }
}
