extension [String: String] {
    /// The texts of a JSON object that we wrote, as a contact's attributes are kept, however large; nil for anything else.
    public init?(json: String) {
        let bytes = Array(json.utf8)
        var limits = JSONLimits()
        (limits.bytes, limits.values, limits.string) = (bytes.count, bytes.count, bytes.count)
        guard let document = try? JSONDocument(bytes, limits: limits), document.root.kind == .object else { return nil }
        self = [:]
        for (key, value) in document.root.members {
            guard let text = value.string else { return nil }
            self[key] = text
        }
    }
}
