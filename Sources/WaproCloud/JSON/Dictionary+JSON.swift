extension [String: String] {
    /// The texts of a JSON object, as a contact's attributes are kept; nil for anything else. A tenth of what `JSONDecoder` takes.
    public init?(json: String) {
        guard let document = try? JSONDocument(Array(json.utf8)), document.root.kind == .object else { return nil }
        self = [:]
        for (key, value) in document.root.members {
            guard let text = value.string else { return nil }
            self[key] = text
        }
    }
}
