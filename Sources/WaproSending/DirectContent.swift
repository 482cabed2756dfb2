import FoundationEssentials
public import WaproCore

/// What a message that belongs to no campaign says, as it is kept with the message.
public enum DirectContent: Sendable, Hashable {
    /// - Parameter replyTo: wamid of the message that this one quotes.
    case text(String, replyTo: String?)
    /// The template as it was when the message was asked for, with its values.
    case template(Template, parameters: [String: String])

    /// Not sent to who opted out.
    public var isMarketing: Bool {
        if case .template(let template, _) = self { template.category == .marketing } else { false }
    }

    /// The message's `kind`.
    public var kind: String {
        switch self {
        case .text: "text"
        case .template: "template"
        }
    }
}

extension DirectContent {
    private struct Text: Codable {
        var body: String
        var replyTo: String?
    }

    private struct Filling: Codable {
        var template: Template
        var parameters: [String: String]
    }

    /// The JSON that is stored.
    public func stored() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data =
            switch self {
            case .text(let body, let replyTo): try encoder.encode(Text(body: body, replyTo: replyTo))
            case .template(let template, let parameters): try encoder.encode(Filling(template: template, parameters: parameters))
            }
        return String(decoding: data, as: UTF8.self)
    }

    /// Reads what `stored` wrote.
    public init(kind: String, stored: String) throws {
        let data = Data(stored.utf8)
        if kind == "text" {
            let text = try JSONDecoder().decode(Text.self, from: data)
            self = .text(text.body, replyTo: text.replyTo)
        } else {
            let filling = try JSONDecoder().decode(Filling.self, from: data)
            self = .template(filling.template, parameters: filling.parameters)
        }
    }
}
