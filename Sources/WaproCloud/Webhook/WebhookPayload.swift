internal import WaproCore

/// The body of a webhook, read: what happened, in the order in which Meta wrote it.
///
/// Shapes vary, so every part is read by itself: one that cannot be read is listed in `unreadable`, its neighbours are kept.
/// whatsapp-cloud-api.md §6.3–6.6.
public struct WebhookPayload: Sendable, Hashable {
    public var changes: [WebhookChange] = []
    /// Parts that were left out of `changes`; the raw body has them.
    public var unreadable: [UnreadablePart] = []

    /// Reads a body whose signature was verified.
    /// - Throws: when nothing in it can be read: the body is kept, and quarantined with the reason.
    public init(_ body: [UInt8], limits: JSONLimits = JSONLimits()) throws(WebhookUnreadable) {
        let document: JSONDocument
        do {
            document = try JSONDocument(body, limits: limits)
        } catch {
            throw .notJSON(error)
        }
        guard document.root.kind == .object else { throw .noEntries }
        guard let entries = document.root["entry"]?.elements else { throw .noEntries }
        for (index, entry) in entries.enumerated() {
            let path = "entry[\(index)]"
            guard let changes = entry["changes"]?.elements else {
                unreadable.append(UnreadablePart(path: path, reason: "it has no list of changes"))
                continue
            }
            for (index, change) in changes.enumerated() { read(change, of: entry, at: "\(path).changes[\(index)]") }
        }
    }

    private mutating func read(_ change: JSONValue, of entry: JSONValue, at path: String) {
        // A few of Meta's samples put the field's name into the value.
        guard let value = change["value"], let field = change["field"]?.string ?? value["field"]?.string else {
            unreadable.append(UnreadablePart(path: path, reason: "it has no field name or no value"))
            return
        }
        var reader = ChangeReader(path: path)
        let content = reader.content(of: field, value)
        unreadable += reader.unreadable
        changes.append(
            WebhookChange(
                account: entry["id"]?.text ?? "",
                at: entry["time"]?.int.flatMap(WebhookTime.seconds),
                field: field,
                phoneNumberID: value["metadata"]?["phone_number_id"]?.text,
                displayPhoneNumber: (value["metadata"]?["display_phone_number"] ?? value["display_phone_number"])?.text,
                content: content
            )
        )
    }
}

/// A part that could not be read, and why. Never contains the part itself.
public struct UnreadablePart: Sendable, Hashable {
    /// Such as `entry[0].changes[1].value.statuses[3]`.
    public var path: String
    public var reason: String

    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }
}

/// A body in which nothing can be read.
public enum WebhookUnreadable: Error, Hashable, CustomStringConvertible {
    case notJSON(JSONRefusal)
    case noEntries

    public var description: String {
        switch self {
        case .notJSON(let refusal): "\(refusal)"
        case .noEntries: "it is not an object with a list named entry, as Meta's webhooks are"
        }
    }
}
