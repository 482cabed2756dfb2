/// Checks the node of a message that is not a template, and gives what the person sees (whatsapp-cloud-api, "Types and limits").
enum ShapeCheck {
    static func text(of kind: MessageKind, _ node: JSON, context: JSON?) throws(GraphError) -> String {
        switch kind {
        case .text:
            guard let body = node["body"]?.string, !body.isEmpty else { throw .missing("Missing text body") }
            return try limited(body, 4_096, "text['body']")
        case .image, .video, .audio, .document, .sticker:
            return try media(kind, node)
        case .location:
            guard node["latitude"]?.text.flatMap(Double.init) != nil, node["longitude"]?.text.flatMap(Double.init) != nil else {
                throw .missing("Location needs latitude and longitude")
            }
            return "[location] " + (node["name"]?.string ?? "")
        case .contacts:
            guard let contacts = node.items, (1...257).contains(contacts.count) else {
                throw .invalid("Param contacts must have 1 to 257 items")
            }
            guard contacts.allSatisfy({ $0["name"]?["formatted_name"]?.string?.isEmpty == false }) else {
                throw .missing("Missing contacts name formatted_name")
            }
            return "[contacts] " + contacts.compactMap { $0["name"]?["formatted_name"]?.string }.joined(separator: ", ")
        case .reaction:
            guard context == nil else { throw .invalid("Context is not supported for reactions") }
            guard node["message_id"]?.string != nil, let emoji = node["emoji"]?.string else {
                throw .missing("Missing reaction message_id or emoji")
            }
            return "[reaction] " + emoji
        case .interactive:
            return try interactive(node)
        case .template:
            throw .invalid("Param template is not valid here")
        }
    }

    private static func limited(_ text: String, _ limit: Int, _ name: String) throws(GraphError) -> String {
        guard text.utf16.count <= limit else { throw .invalid("Param \(name) must be at most \(limit) characters long.") }
        return text
    }

    private static func media(_ kind: MessageKind, _ node: JSON) throws(GraphError) -> String {
        let id = node["id"]?.text
        let link = node["link"]?.string
        guard let source = id ?? link, !source.isEmpty else { throw .missing("Missing \(kind.rawValue) id or link") }
        if id == nil, !source.hasPrefix("http://"), !source.hasPrefix("https://") {
            throw .invalid("Param \(kind.rawValue) link is not a valid URL")
        }
        if node["caption"] != nil, kind == .audio || kind == .sticker { throw .invalid("Caption is not supported for \(kind.rawValue)") }
        let caption = try limited(node["caption"]?.string ?? "", 1_024, "\(kind.rawValue)['caption']")
        return "[\(kind.rawValue)]" + (caption.isEmpty ? "" : " " + caption)
    }

    private static func interactive(_ node: JSON) throws(GraphError) -> String {
        guard let type = node["type"]?.string else { throw .missing("Missing interactive type") }
        guard let action = node["action"] else { throw .missing("Missing interactive action") }
        let body = node["body"]?["text"]?.string
        guard body?.isEmpty == false || type == "product" else { throw .missing("Missing interactive body text") }
        _ = try limited(body ?? "", type == "list" ? 4_096 : 1_024, "interactive['body']['text']")
        switch type {
        case "button":
            let buttons = action["buttons"]?.items ?? []
            guard (1...3).contains(buttons.count) else {
                throw .invalid("Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3")
            }
            for button in buttons {
                guard let title = button["reply"]?["title"]?.string, button["reply"]?["id"]?.string != nil else {
                    throw .missing("Missing button reply id or title")
                }
                guard title.utf16.count <= 20 else { throw .invalid("Button title length invalid. Min length: 1, Max length: 20") }
            }
        case "list":
            let rows = (action["sections"]?.items ?? []).flatMap { $0["rows"]?.items ?? [] }
            guard (1...10).contains(rows.count) else {
                throw .invalid("Total row count exceed max allowed count: 10")
            }
        default: break
        }
        return body ?? "[\(type)]"
    }
}
