/// `GET /{phone}/message_history`: the number's messages, the newest first, with what became of them and how far the app was told
/// (Meta's OpenAPI file, "Message History"). Neither the person nor the callback data is in it.
struct MessageHistory {
    let request: HTTPRequest
    let number: Directory.Number
    let platform: Platform
    let directory: Directory

    /// The most that one page holds, whatever `limit` says.
    private static let largestPage = 100
    private static let eventFields = [
        "delivery_status", "timestamp", "webhook_update_state", "application", "webhook_uri", "error_description",
    ]

    func page() throws(GraphError) -> JSON {
        let fields = try Self.fields(request.query("fields"))
        if let wamid = request.query("message_id") {
            return ["data": .array(platform.ledger.history(of: number.tag, wamid: wamid).map { [node($0, fields)] } ?? [])]
        }
        let pages = Pages(request: request, owner: number.number.id)
        let limit = try pages.limit(atMost: Self.largestPage)
        let count = platform.ledger.filed(under: number.tag)
        // A cursor counts from the oldest message, so that new ones do not move the pages.
        var places = max(0, count - limit)..<count
        if let after = request.query("after") {
            let end = min(try pages.position(after), count)
            places = max(0, end - limit)..<end
        } else if let before = request.query("before") {
            let start = min(try pages.position(before), count)
            places = start..<min(start + limit, count)
        }
        guard !places.isEmpty else { return ["data": []] }
        let items = platform.ledger.history(of: number.tag, places).map { node($0, fields) }
        let paging = pages.paging(
            before: places.upperBound,
            after: places.lowerBound,
            previous: places.upperBound < count ? places.upperBound : nil,
            next: places.lowerBound > 0 ? places.lowerBound : nil,
            limit: limit
        )
        return ["data": .array(items), "paging": paging]
    }

    // MARK: Fields

    private struct Fields {
        var names = ["id", "message_id"]
        var events: [String]?
    }

    private static func fields(_ text: String?) throws(GraphError) -> Fields {
        guard let text else { return Fields() }
        var fields = Fields(names: [])
        for name in Platform.fieldNames(text) {
            switch name {
            case "events": fields.events = try events(text)
            case "id", "message_id": fields.names.append(name)
            default: throw Platform.noField(name, type: "WhatsAppMessageHistory")
            }
        }
        if !fields.names.contains("id") { fields.names.append("id") }
        return fields
    }

    /// What is in the braces behind `events`.
    private static func events(_ text: String) throws(GraphError) -> [String] {
        guard let open = text.firstIndex(of: "{"), let close = text.lastIndex(of: "}"), open < close else {
            return ["delivery_status", "timestamp", "webhook_update_state"]
        }
        let names = Platform.fieldNames(String(text[text.index(after: open)..<close]))
        for name in names where !eventFields.contains(name) && name != "id" {
            throw Platform.noField(name, type: "WhatsAppMessageDeliveryStatusEvent")
        }
        return names
    }

    // MARK: Nodes

    private func node(_ entry: Ledger.HistoryEntry, _ fields: Fields) -> JSON {
        let id = 661_100_000_000_000 + Int(number.tag) * 100_000_000_000 + entry.position * 100
        let node: JSON = ["id": .string(String(id)), "message_id": .string(entry.wamid)]
        let shown = node.only(fields.names)
        guard let wanted = fields.events else { return shown }
        return shown.replacing(
            "events",
            with: ["data": .array(events(of: entry, id).map { $0.only(["id"] + wanted.filter { $0 != "id" }) })]
        )
    }

    /// What has happened by now. A status whose webhook was tried has happened, whatever the clock says.
    private func events(of entry: Ledger.HistoryEntry, _ id: Int) -> [JSON] {
        let app = directory.world.apps.first { $0.accounts.contains(number.account.id) }
        let now = platform.now()
        let happened = StatusKind.allCases.enumerated().compactMap { index, kind -> (Int64, JSON)? in
            guard let after = entry.fate.after(kind) else { return nil }
            let told = entry.fate.told(kind)
            guard entry.time + after <= now || told != .pending else { return nil }
            var event: JSON = [
                "id": .string(String(id + index + 1)), "delivery_status": .string(kind.rawValue.uppercased()),
                "timestamp": .number(String((entry.time + after) / 1_000)), "webhook_update_state": .string(told.name),
            ]
            if let app { event = event.replacing("application", with: ["id": .string(app.id)]) }
            if let app, !app.callback.isEmpty { event = event.replacing("webhook_uri", with: .string(app.callback)) }
            if kind == .failed {
                let code = entry.failure == 0 ? 131_026 : Int(entry.failure)
                event = event.replacing("error_description", with: .string(GraphError.words(code).title))
            } else if told == .retrying || told == .failed {
                event = event.replacing("error_description", with: "The webhook endpoint did not answer 200")
            }
            return (after, event)
        }
        return happened.sorted { $0.0 < $1.0 }.map(\.1)
    }
}

extension Fate.Told {
    /// As Graph writes it.
    fileprivate var name: String {
        switch self {
        case .pending: "PENDING"
        case .delivered: "DELIVERED"
        case .failed: "FAILED"
        case .retrying: "RETRYING"
        }
    }
}
