/// An app that gets the webhooks of an account (whatsapp-cloud-api.md §5.4).
public struct SubscribedApp: Sendable, Hashable {
    public var id: String
    public var name: String?
    /// Where this account's messages go in the place of the app's callback; nil when that stands.
    public var callback: String?

    public init(id: String, name: String? = nil, callback: String? = nil) {
        (self.id, self.name, self.callback) = (id, name, callback)
    }

    init?(_ value: JSONValue) {
        guard let app = value["whatsapp_business_api_data"], let id = app["id"]?.text else { return nil }
        self.init(id: id, name: app["name"]?.string, callback: value["override_callback_uri"]?.string)
    }
}

/// What an app asked Meta to post, and where: its subscription to WhatsApp's webhooks in the App Dashboard.
public struct AppSubscription: Sendable, Hashable {
    public var callback: String
    public var isActive: Bool
    public var fields: [String]

    public init(callback: String, isActive: Bool, fields: [String]) {
        (self.callback, self.isActive, self.fields) = (callback, isActive, fields)
    }

    /// Nil for a subscription to something else.
    init?(_ value: JSONValue) {
        guard value["object"]?.string == "whatsapp_business_account", let callback = value["callback_url"]?.string else { return nil }
        let fields = (value["fields"]?.elements ?? []).compactMap { $0["name"]?.string ?? $0.string }
        self.init(callback: callback, isActive: value["active"]?.bool ?? true, fields: fields)
    }
}
