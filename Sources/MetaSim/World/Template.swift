/// A message template in one language, in the shape of `GET /{WABA}/message_templates`.
public struct Template: Sendable {
    public let id: String
    public let name: String
    public let language: String
    /// `MARKETING`, `UTILITY` or `AUTHENTICATION`.
    public let category: String
    /// `APPROVED`, `PAUSED`, `DISABLED`, `REJECTED`, `PENDING`…; only an approved one can be sent.
    public var status: String {
        get { node["status"]?.string ?? "APPROVED" }
        set { node = node.replacing("status", with: .string(newValue)) }
    }

    /// The whole node, as Graph lists it.
    private(set) var node: JSON

    /// Reads templates from JSON: one node, an array of nodes, or a listing with `data`. A node needs `name`, `language` and
    /// `components`; `id`, `status` (`APPROVED`), `category` (`UTILITY`) and `parameter_format` (`POSITIONAL`) have defaults.
    public static func read(_ json: String) throws(TemplateUnreadable) -> [Template] {
        let value: JSON
        do { value = try JSONParser.parse(json) } catch { throw TemplateUnreadable(reason: "it is not JSON (byte \(error.offset))") }
        let nodes = value["data"]?.items ?? value.items ?? [value]
        var templates: [Template] = []
        for node in nodes { templates.append(try Template(node)) }
        return templates
    }

    init(_ node: JSON) throws(TemplateUnreadable) {
        guard let name = node["name"]?.string, let language = node["language"]?.string, node["components"]?.items != nil else {
            throw TemplateUnreadable(reason: "a template needs name, language and components")
        }
        self.name = name
        self.language = language
        id = node["id"]?.text ?? Self.derivedID(name: name, language: language)
        category = node["category"]?.string ?? "UTILITY"
        var whole = node
        for (key, value) in [("status", "APPROVED"), ("category", category), ("parameter_format", "POSITIONAL"), ("id", id)]
        where node[key]?.string == nil {
            whole = whole.replacing(key, with: .string(value))
        }
        self.node = whole
    }

    /// Stable over runs, of the length that Meta's have.
    private static func derivedID(name: String, language: String) -> String {
        String(900_000_000_000_000 + Dice.hash(name + "/" + language) % 99_999_999_999_999)
    }
}

/// A template that cannot be used, in words.
public struct TemplateUnreadable: Error, Sendable, CustomStringConvertible {
    public let reason: String
    public var description: String { "The template cannot be read: \(reason)." }
}

extension JSON {
    /// This object with one member set; added at the end when it is new.
    func replacing(_ name: String, with value: JSON) -> JSON {
        guard case .object(var members) = self else { return self }
        if let index = members.firstIndex(where: { $0.name == name }) {
            members[index].value = value
        } else {
            members.append(Member(name: name, value: value))
        }
        return .object(members)
    }
}
