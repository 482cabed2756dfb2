/// `GET /{account}/message_templates`: filters, and pages by cursor (whatsapp-cloud-api, "Templates, endpoints").
struct TemplateList {
    let request: HTTPRequest
    let account: Account

    static let defaultFields = ["name", "parameter_format", "components", "language", "status", "category", "id"]

    /// The most that one page holds, whatever `limit` says.
    private static let largestPage = 250

    func page(_ fields: [String]?) throws(GraphError) -> JSON {
        let all = account.templates.filter(matches)
        let limit: Int
        if let text = request.query("limit") {
            guard let value = Int(text), value > 0 else {
                throw GraphError(status: 400, code: 100, message: "(#100) Param limit must be a positive integer")
            }
            limit = min(value, Self.largestPage)
        } else {
            limit = 25
        }
        var range = 0..<min(limit, all.count)
        if let after = request.query("after") {
            let start = min(try position(after), all.count)
            range = start..<min(start + limit, all.count)
        } else if let before = request.query("before") {
            let end = min(try position(before), all.count)
            range = max(0, end - limit)..<end
        }
        var items: [JSON] = []
        for template in all[range] {
            items.append(try Platform.select(template.node, fields ?? Self.defaultFields, type: "WhatsAppMessageTemplate"))
        }
        guard !items.isEmpty else { return ["data": []] }
        var paging: JSON = ["cursors": ["before": .string(cursor(range.lowerBound)), "after": .string(cursor(range.upperBound))]]
        if range.lowerBound > 0 { paging = paging.replacing("previous", with: .string(link("before", range.lowerBound, limit))) }
        if range.upperBound < all.count { paging = paging.replacing("next", with: .string(link("after", range.upperBound, limit))) }
        return ["data": .array(items), "paging": paging]
    }

    /// `name` finds substrings, as Meta's does in practice; the other filters are exact.
    private func matches(_ template: Template) -> Bool {
        let exact = [("status", template.status), ("category", template.category), ("language", template.language)]
        for (name, value) in exact {
            if let wanted = request.query(name), wanted.uppercased() != value.uppercased() { return false }
        }
        return request.query("name").map { $0.isEmpty || template.name.contains($0.lowercased()) } ?? true
    }

    /// A cursor is the account and a position, so that one of another account does not fit.
    private func cursor(_ position: Int) -> String {
        Wamid.base64(Array("QVFI:\(account.id):\(position)".utf8)).filter { $0 != "=" }
    }

    private func position(_ cursor: String) throws(GraphError) -> Int {
        guard let bytes = Wamid.decode(cursor[...]) else { throw .code(131_059) }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: ":")
        guard parts.count == 3, parts[0] == "QVFI", parts[1] == account.id, let position = Int(parts[2]), position >= 0 else {
            throw .code(131_059)
        }
        return position
    }

    private func link(_ direction: String, _ position: Int, _ limit: Int) -> String {
        let kept = request.query.filter { !["after", "before", "limit", "access_token"].contains($0.name) }
        let query =
            kept.map { $0.name + "=" + Self.escaped($0.value) } + ["limit=\(limit)", direction + "=" + Self.escaped(cursor(position))]
        return request.origin + "/" + request.path.joined(separator: "/") + "?" + query.joined(separator: "&")
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Unicode.Scalar(byte)
            let isPlain =
                byte < 0x80
                && (character.properties.isAlphabetic || (0x30...0x39).contains(byte) || "-._~".unicodeScalars.contains(character))
            return isPlain ? String(Character(character)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
