public import WaproCore

/// What Meta knows about an account: its templates and numbers. Reads only; every call may be repeated.
public struct GraphReader: Sendable {
    /// Templates a page; Meta's default of 25 would need ten times the calls.
    static let pageSize = 100
    /// 6,000 templates is Meta's own limit an account (§3.2); above this something is wrong.
    static let largestPages = 100

    public let http: HTTPClient
    public let endpoint: GraphEndpoint

    public init(http: HTTPClient, endpoint: GraphEndpoint) {
        self.http = http
        self.endpoint = endpoint
    }

    /// Every template of a WhatsApp Business Account, in every language, whatever its status.
    ///
    /// Elements that are not templates are left out and counted: one of them must not hide the others.
    public func templates(
        of account: String,
        credentials: GraphCredentials
    ) async throws(GraphFailure) -> (templates: [Template], unreadable: Int) {
        let fields =
            "id,name,language,status,category,parameter_format,components,quality_score,rejected_reason,previous_category,correct_category"
        let elements = try await list(account, "message_templates", fields: fields, credentials: credentials) { $0.tree }
        let templates = elements.compactMap { try? Template(json: $0) }
        return (templates, elements.count - templates.count)
    }

    /// Every number of a WhatsApp Business Account, with where its webhooks go.
    public func phoneNumbers(of account: String, credentials: GraphCredentials) async throws(GraphFailure) -> [PhoneNumberInfo] {
        let fields = PhoneNumberInfo.fields + ",webhook_configuration"
        return try await list(account, "phone_numbers", fields: fields, credentials: credentials) { PhoneNumberInfo($0) }
            .compactMap(\.self)
    }

    public func phoneNumber(_ id: String, credentials: GraphCredentials) async throws(GraphFailure) -> PhoneNumberInfo {
        let url = endpoint.url(id, query: [("fields", PhoneNumberInfo.fields)] + credentials.query)
        guard let number = PhoneNumberInfo(try await get(url, credentials)) else { throw .unreadable }
        return number
    }

    /// Follows the cursors until there is no next page. A cursor that expired on the way (131059) starts the list anew, once.
    private func list<Element>(
        _ account: String,
        _ edge: String,
        fields: String,
        credentials: GraphCredentials,
        read: (JSONValue) -> Element
    ) async throws(GraphFailure) -> [Element] {
        var elements: [Element] = []
        var after: String?
        var restarted = false
        for _ in 0..<Self.largestPages {
            var query = [("fields", fields), ("limit", String(Self.pageSize))]
            if let after { query.append(("after", after)) }
            let page: JSONValue
            do {
                page = try await get(endpoint.url(account, edge, query: query + credentials.query), credentials)
            } catch {
                guard error.refusal.code == 131059, after != nil, !restarted else { throw error }
                restarted = true
                after = nil
                elements = []
                continue
            }
            guard let data = page["data"]?.elements else { throw .unreadable }
            elements += data.map(read)
            // `next` says whether there is another page; its address is not followed, only the cursor is taken.
            guard page["paging"]?["next"] != nil else { return elements }
            guard let cursor = page["paging"]?["cursors"]?["after"]?.string, cursor != after else { throw .unreadable }
            after = cursor
        }
        let refusal = Refusal(
            slug: "too_many_pages",
            words: "Meta's list did not end after \(Self.largestPages) pages",
            next: "check the account; then sync again"
        )
        throw GraphFailure(kind: .tooManyPages, refusal: refusal, isTransient: false)
    }

    func get(_ url: String, _ credentials: GraphCredentials) async throws(GraphFailure) -> JSONValue {
        try await http.answer(to: HTTPRequest(HTTPTarget(.get, url, headers: [credentials.header]), lane: .management))
    }
}

extension HTTPClient {
    /// What the Graph API answers, when it is an answer and no refusal.
    func answer(to request: HTTPRequest) async throws(GraphFailure) -> JSONValue {
        switch await result(of: request) {
        case .notSent(let failure), .unknown(let failure):
            throw GraphFailure(kind: .notReached, refusal: Refusal(failure), isTransient: true)
        case .response(let response):
            let root = (try? JSONDocument(response.body))?.root
            if response.status == 200, let root, root["error"] == nil { return root }
            let details = root?["error"].flatMap(MetaError.init)?.details
            switch Outcome(of: .response(response)) {
            case .later(_, let refusal): throw GraphFailure(kind: .refused, refusal: refusal, isTransient: true, metaDetails: details)
            case .never(let refusal), .halt(_, let refusal):
                throw GraphFailure(kind: .refused, refusal: refusal, isTransient: false, metaDetails: details)
            case .accepted, .unknown: throw .unreadable
            }
        }
    }
}

extension GraphFailure {
    static let unreadable = GraphFailure(
        kind: .unreadable,
        refusal: Refusal(
            slug: "unreadable_answer",
            words: "the answer is not what Meta's Graph API gives",
            next: "check the base address and the Graph version"
        ),
        isTransient: true
    )
}
