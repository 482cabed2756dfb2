import Testing

/// Bodies of webhooks, one of every kind, as Meta escapes them.
enum WebhookFixtures {
    static let all = batches + business + messages + others + statuses

    static func json(_ name: String) -> [UInt8] {
        Array(all.first { $0.name == name }!.json.utf8)
    }
}

struct WebhookFixture: Sendable, CustomTestStringConvertible {
    var name: String
    var json: String

    init(_ name: String, _ json: String) {
        self.name = name
        self.json = json
    }

    var testDescription: String { name }
}
