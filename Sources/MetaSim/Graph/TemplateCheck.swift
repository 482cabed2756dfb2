/// Checks a `template` node against the templates of an account and renders it (whatsapp-cloud-api, "template send").
struct TemplateCheck {
    let directory: Directory
    let account: String

    struct Rendered: Sendable {
        let text: String
        let quickReply: SendRequest.QuickReply?
    }

    func check(_ node: JSON) throws(GraphError) -> (Directory.Entry, Rendered) {
        guard let name = node["name"]?.string, !name.isEmpty else { throw .missing("Missing template name") }
        guard let language = node["language"]?["code"]?.string, !language.isEmpty else { throw .missing("Missing template language code") }
        guard let entry = directory.template(name, language, account: account) else { throw Self.absent(name, language) }
        switch entry.template.status {
        case "APPROVED": break
        case "PAUSED": throw .code(132_015)
        case "DISABLED": throw .code(132_016)
        default: throw Self.absent(name, language)
        }
        let sent = try Components(node["components"])
        let layout = entry.layout
        let header = try self.header(layout, sent.header)
        let body = try Self.fill(layout.body, sent.body, named: layout.isNamed, in: "body", limit: 1_024)
        try Self.buttons(layout, sent.buttons)
        guard layout.cardCount == (sent.carousel?["cards"]?.items?.count ?? 0) else {
            throw .code(132_012).because("carousel: number of cards does not match the template's (\(layout.cardCount))")
        }
        let text = [header, body, layout.footer].compactMap { $0 }.joined(separator: "\n")
        return (entry, Rendered(text: text, quickReply: Self.quickReply(layout, sent.buttons)))
    }

    private static func absent(_ name: String, _ language: String) -> GraphError {
        .code(132_001).because("template name (\(name)) does not exist in \(language)")
    }

    /// The components of a message, sorted by type.
    private struct Components {
        var header: [JSON]?
        var body: [JSON]?
        var buttons: [Int: JSON] = [:]
        var carousel: JSON?

        init(_ node: JSON?) throws(GraphError) {
            guard let node else { return }
            guard let components = node.items else { throw .invalid("Param template['components'] must be an array.") }
            for component in components {
                switch component["type"]?.string?.lowercased() {
                case "header": header = component["parameters"]?.items ?? []
                case "body": body = component["parameters"]?.items ?? []
                case "carousel": carousel = component
                case "limited_time_offer": break
                case "button":
                    guard let index = component["index"]?.integer else { throw .missing("Missing button index") }
                    buttons[index] = component
                case let type: throw .invalid("Unknown template component type \(type ?? "(none)")")
                }
            }
        }
    }

    private func header(_ layout: TemplateLayout, _ parameters: [JSON]?) throws(GraphError) -> String? {
        switch layout.header {
        case .none:
            guard parameters?.isEmpty ?? true else { throw Self.count("header", parameters?.count ?? 0, 0) }
            return nil
        case .text(let blanks):
            return try Self.fill(blanks, parameters, named: layout.isNamed, in: "header", limit: 60)
        case .other(let format):
            guard let parameter = parameters?.first else {
                throw .code(132_012).because("header: Format mismatch, expected \(format.uppercased()), received UNKNOWN")
            }
            let type = parameter["type"]?.string?.lowercased() ?? "unknown"
            guard type == format else {
                throw .code(132_012).because("header: Format mismatch, expected \(format.uppercased()), received \(type.uppercased())")
            }
            guard let value = parameter[type], value.isObject else { throw .missing("header: Missing \(type)") }
            if ["image", "video", "document", "gif"].contains(type), value["id"]?.text == nil, value["link"]?.string == nil {
                throw .missing("header: Missing \(type) id or link")
            }
            return "[\(type)]"
        }
    }

    private static func count(_ place: String, _ given: Int, _ expected: Int) -> GraphError {
        .code(132_000).because(
            "\(place): number of localizable_params (\(given)) does not match the expected number of params (\(expected))"
        )
    }

    private static func fill(
        _ blanks: Blanks,
        _ parameters: [JSON]?,
        named: Bool,
        in place: String,
        limit: Int
    ) throws(GraphError) -> String {
        let parameters = parameters ?? []
        guard parameters.count == blanks.count else { throw count(place, parameters.count, blanks.count) }
        var values: [(name: String, text: String)] = []
        values.reserveCapacity(parameters.count)
        for (index, parameter) in parameters.enumerated() {
            let text = try self.text(of: parameter, in: place)
            guard named else {
                values.append((String(index + 1), text))
                continue
            }
            guard let name = parameter["parameter_name"]?.string, !name.isEmpty else {
                throw .code(100).because("Parameter name is missing or empty")
            }
            guard blanks.names.contains(name) else {
                throw .code(132_012).because("\(place): Parameter name (\(name)) does not exist in the template")
            }
            values.append((name, text))
        }
        guard Set(values.map(\.name)).count == blanks.count else { throw count(place, Set(values.map(\.name)).count, blanks.count) }
        let filled = blanks.filled { name in values.first { $0.name == name }?.text }
        guard filled.utf16.count <= limit else { throw .code(132_005) }
        return filled
    }

    /// The text of one parameter, which may be text, currency or a date.
    private static func text(of parameter: JSON, in place: String) throws(GraphError) -> String {
        let value: String?
        switch parameter["type"]?.string?.lowercased() {
        case "text": value = parameter["text"]?.string
        case "currency": value = parameter["currency"]?["fallback_value"]?.string
        case "date_time": value = parameter["date_time"]?["fallback_value"]?.string
        case let type?:
            throw .code(132_012).because("\(place): Format mismatch, expected TEXT, received \(type.uppercased())")
        case nil: throw .code(100).because("Parameter 'type' is mandatory for component parameters")
        }
        guard let value else { throw .code(100).because("Parameter 'text' is mandatory for component parameter type 'text'") }
        guard !value.isEmpty else { throw .missing("Parameter of type text is missing text value") }
        guard !hasForbiddenSpace(value) else { throw .code(132_018) }
        return value
    }

    /// A newline, a tab or more than four spaces in a row.
    private static func hasForbiddenSpace(_ text: String) -> Bool {
        var run = 0
        for byte in text.utf8 {
            if byte == 0x0A || byte == 0x0D || byte == 0x09 { return true }
            run = byte == 0x20 ? run + 1 : 0
            if run > 4 { return true }
        }
        return false
    }

    private static func buttons(_ layout: TemplateLayout, _ sent: [Int: JSON]) throws(GraphError) {
        for (index, button) in layout.buttons.enumerated() where button.needsParameter {
            let parameters = sent[index]?["parameters"]?.items ?? []
            let type = button.type.prefix(1) + button.type.dropFirst().lowercased()
            guard parameters.count == 1 else { throw count("button at index \(index) of type \(type)", parameters.count, 1) }
            if button.type == "COPY_CODE" {
                guard let code = parameters[0]["coupon_code"]?.string, !code.isEmpty else { throw .missing("Missing coupon_code") }
                guard code.utf16.count <= 20 else { throw .invalid("Param coupon_code must be at most 20 characters long.") }
            } else {
                _ = try text(of: parameters[0], in: "button at index \(index) of type \(type)")
            }
        }
        for (index, component) in sent {
            guard layout.buttons.indices.contains(index) else {
                throw .code(132_012).because("button at index \(index) does not exist in the template")
            }
            let isQuickReply = component["sub_type"]?.string?.lowercased() == "quick_reply"
            guard isQuickReply == (layout.buttons[index].type == "QUICK_REPLY") else {
                throw .code(132_012).because("button at index \(index): type does not match the template's (\(layout.buttons[index].type))")
            }
        }
    }

    private static func quickReply(_ layout: TemplateLayout, _ sent: [Int: JSON]) -> SendRequest.QuickReply? {
        guard let index = layout.buttons.firstIndex(where: { $0.type == "QUICK_REPLY" }) else { return nil }
        let label = layout.buttons[index].label
        return .init(payload: sent[index]?["parameters"]?.items?.first?["payload"]?.string ?? label, label: label)
    }
}
