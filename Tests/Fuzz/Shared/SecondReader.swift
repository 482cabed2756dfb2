import FoundationEssentials

/// A JSON text as Foundation's decoder reads it: the second opinion on what our own readers accept.
enum SecondReader: Decodable {
    case null
    case bool(Bool)
    case number(Int64?, Double?)
    case string(String)
    case array([SecondReader])
    case object([String: SecondReader])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let text = try? container.decode(String.self) {
            self = .string(text)
        } else if let flag = try? container.decode(Bool.self) {
            self = .bool(flag)
        } else if let members = try? container.decode([String: SecondReader].self) {
            self = .object(members)
        } else if let elements = try? container.decode([SecondReader].self) {
            self = .array(elements)
        } else {
            let (whole, double) = (try? container.decode(Int64.self), try? container.decode(Double.self))
            guard whole != nil || double != nil else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "a number that is none")
            }
            self = .number(whole, double)
        }
    }

    static func read(_ bytes: [UInt8]) throws -> SecondReader {
        try JSONDecoder().decode(SecondReader.self, from: Data(bytes))
    }

    /// The member of an object that is there and not null.
    subscript(key: String) -> SecondReader? {
        guard case .object(let members) = self, let value = members[key] else { return nil }
        if case .null = value { return nil }
        return value
    }

    var elements: [SecondReader]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }
}
