/// A message template as Meta describes it: one language of one name in one WhatsApp Business Account.
///
/// It is decoded from, and encoded to, an element of `data` of `GET /{WABA}/message_templates`. Keys and component types that
/// wapro does not know are kept as they came, so that storing a template loses nothing.
public struct Template: Sendable, Hashable {
    /// Lower-case letters, digits and underscores, at most 512.
    public let name: String
    /// Meta's code of the language, such as `en_GB`.
    public let language: String
    /// Meta's id of this language version: a string of digits. Nil before Meta has given one.
    public let id: String?
    /// May be changed by Meta alone, with a webhook.
    public var category: Category
    /// Only `.approved` can be sent.
    public var status: Status
    /// How parameters are told apart: by number or by name.
    public let parameterFormat: ParameterFormat
    public let quality: Quality?
    public let components: [TemplateComponent]
    /// Everything as it came.
    public let json: RawJSON

    /// Reads Meta's JSON. Throws the name of the key that is missing or is not what it has to be.
    public init(json: RawJSON) throws(TemplateUnreadable) {
        func text(_ key: String) throws(TemplateUnreadable) -> String {
            guard let value = json[key]?.string, !value.isEmpty else { throw TemplateUnreadable(key: key) }
            return value
        }
        name = try text("name")
        language = try text("language")
        guard case .array(let parts)? = json["components"] else { throw TemplateUnreadable(key: "components") }
        components = parts.map(TemplateComponent.init)
        switch json["id"] {
        case .string(let value)?: id = value
        case .integer(let value)?: id = String(value)  // webhooks write it as a number
        default: id = nil
        }
        category = Category(rawValue: json["category"]?.string ?? "")
        status = Status(rawValue: json["status"]?.string ?? "")
        quality = json["quality_score"]?["score"]?.string.map(Quality.init)
        parameterFormat =
            json["parameter_format"]?.string.map(ParameterFormat.init)
            ?? (components.contains(where: \.hasNamedPlaceholder) ? .named : .positional)
        self.json = json
    }

    /// The first component of a type that there can be one of.
    func component(_ kind: TemplateComponent.Kind) -> TemplateComponent? {
        components.first { $0.kind == kind }
    }

    /// The text of the body with its placeholders, as Meta has it; empty when there is none.
    public var body: String { component(.body)?.text ?? "" }
}

/// JSON that is not a template.
public struct TemplateUnreadable: Error, Hashable, CustomStringConvertible {
    /// The key that is missing, empty or of another type.
    public let key: String

    public var description: String { "a template without a usable \"\(key)\"" }
}

extension Template: Codable {
    public init(from decoder: any Decoder) throws {
        let json = try RawJSON(from: decoder)
        do {
            try self.init(json: json)
        } catch {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: error.description))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        guard case .object(var members) = json else { return try json.encode(to: encoder) }
        members["category"] = .string(category.rawValue)
        members["status"] = .string(status.rawValue)
        try RawJSON.object(members).encode(to: encoder)
    }
}
