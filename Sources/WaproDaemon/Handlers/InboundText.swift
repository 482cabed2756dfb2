import WaproRPC

/// What an inbound message says, for people: Meta keeps the words of each type in another place (whatsapp-cloud-api.md §6.4).
enum InboundText {
    /// - Parameter content: the type node, JSON.
    /// - Returns: nil for a type that has no words (an image without caption, a sticker).
    static func text(kind: String, content: String) -> String? {
        guard let node = try? JSONValue.parse(Array(content.utf8)) else { return nil }
        switch kind {
        case "text": return node["body"]?.text
        case "button": return node["text"]?.text
        case "reaction": return node["emoji"]?.text
        case "image", "video", "document": return node["caption"]?.text
        case "interactive":
            let reply = node["button_reply"] ?? node["list_reply"] ?? node["nfm_reply"]
            return reply?["title"]?.text ?? reply?["body"]?.text
        default: return nil
        }
    }
}
