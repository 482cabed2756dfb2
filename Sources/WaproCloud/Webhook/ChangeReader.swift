internal import WaproCore

/// Reads the value of one change, part by part.
struct ChangeReader {
    let path: String
    private(set) var unreadable: [UnreadablePart] = []

    init(path: String) { self.path = path }

    mutating func content(of field: String, _ value: JSONValue) -> WebhookChange.Content {
        let known: WebhookChange.Content? =
            switch field {
            case "messages": messages(value)
            case "user_preferences": preferences(value)
            case "smb_message_echoes", "message_echoes": echoes(value)
            // Meta's own sample names the wrong field, so the value decides.
            case "message_template_status_update", "message_template_quality_update":
                value["new_quality_score"] == nil ? BusinessReader.templateStatus(value) : BusinessReader.templateQuality(value)
            case "template_category_update": BusinessReader.templateCategory(value)
            case "phone_number_quality_update": BusinessReader.phoneQuality(value)
            case "account_update": BusinessReader.account(value)
            default: nil
            }
        return known ?? .other(json: value.rawText)
    }

    private mutating func messages(_ value: JSONValue) -> WebhookChange.Content? {
        guard value["messages"] != nil || value["statuses"] != nil || value["errors"] != nil else { return nil }
        var change = MessagesChange()
        change.contacts = contacts(value)
        change.statuses = list("statuses", value["statuses"], MessageStatus.init)
        change.messages = list("messages", value["messages"], InboundMessage.init)
        change.errors = list("errors", value["errors"], WebhookError.init)
        return .messages(change)
    }

    private mutating func preferences(_ value: JSONValue) -> WebhookChange.Content? {
        guard value["user_preferences"] != nil else { return nil }
        return .preferences(list("user_preferences", value["user_preferences"], UserPreference.init), contacts: contacts(value))
    }

    private mutating func echoes(_ value: JSONValue) -> WebhookChange.Content? {
        guard value["message_echoes"] != nil else { return nil }
        return .echoes(list("message_echoes", value["message_echoes"], MessageEcho.init), contacts: contacts(value))
    }

    private mutating func contacts(_ value: JSONValue) -> [WebhookContact] {
        list("contacts", value["contacts"]) { contact throws(Missing) in
            guard contact.kind == .object else { throw Missing("an object") }
            return WebhookContact(contact)
        }
    }

    /// Each element by itself: one that cannot be read costs only itself.
    private mutating func list<Element>(
        _ name: String,
        _ value: JSONValue?,
        _ read: (JSONValue) throws(Missing) -> Element
    ) -> [Element] {
        guard let value else { return [] }
        guard let elements = value.elements else {
            unreadable.append(UnreadablePart(path: "\(path).value.\(name)", reason: "it is not a list"))
            return []
        }
        var list: [Element] = []
        list.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            do {
                list.append(try read(element))
            } catch {
                unreadable.append(UnreadablePart(path: "\(path).value.\(name)[\(index)]", reason: "it has no usable \(error.what)"))
            }
        }
        return list
    }
}

/// What an element needs and does not have.
struct Missing: Error {
    let what: String

    init(_ what: String) { self.what = what }
}

enum WebhookTime {
    /// Unix seconds, from 2001 to 2100: anything else is not a time of Meta's.
    static func seconds(_ value: Int64) -> Timestamp? {
        (1_000_000_000...4_102_444_800).contains(value) ? Timestamp(seconds: value) : nil
    }
}

extension JSONValue {
    /// A member that has to be there as text that is not empty.
    func need(_ key: StaticString) throws(Missing) -> String {
        guard let text = self[key]?.text, !text.isEmpty else { throw Missing(key.description) }
        return text
    }

    func needTime() throws(Missing) -> Timestamp {
        guard let time = self["timestamp"]?.int.flatMap(WebhookTime.seconds) else { throw Missing("timestamp") }
        return time
    }

    /// Errors beside a message or status; elements without a code are left out, as they decide nothing.
    var errors: [WebhookError] {
        (self["errors"]?.elements ?? []).compactMap { try? WebhookError($0) }
    }
}
