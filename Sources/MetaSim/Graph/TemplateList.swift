/// `GET /{account}/message_templates`: filters, and pages by cursor (whatsapp-cloud-api, "Templates, endpoints").
struct TemplateList {
    let request: HTTPRequest
    let account: Account

    static let defaultFields = ["name", "parameter_format", "components", "language", "status", "category", "id"]

    /// The most that one page holds, whatever `limit` says.
    private static let largestPage = 250

    func page(_ fields: [String]?) throws(GraphError) -> JSON {
        let all = account.templates.filter(matches)
        let pages = Pages(request: request, owner: account.id)
        let limit = try pages.limit(atMost: Self.largestPage)
        var range = 0..<min(limit, all.count)
        if let after = request.query("after") {
            let start = min(try pages.position(after), all.count)
            range = start..<min(start + limit, all.count)
        } else if let before = request.query("before") {
            let end = min(try pages.position(before), all.count)
            range = max(0, end - limit)..<end
        }
        var items: [JSON] = []
        for template in all[range] {
            items.append(try Platform.select(template.node, fields ?? Self.defaultFields, type: "WhatsAppMessageTemplate"))
        }
        guard !items.isEmpty else { return ["data": []] }
        let links = (
            previous: range.lowerBound > 0 ? range.lowerBound : nil, next: range.upperBound < all.count ? range.upperBound : nil
        )
        let paging = pages.paging(
            before: range.lowerBound,
            after: range.upperBound,
            previous: links.previous,
            next: links.next,
            limit: limit
        )
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
}
