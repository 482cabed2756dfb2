import WaproCore
import WaproReceiving
import WaproStore

/// A store with one number, `1001` of account `501`, and a clock that moves only when told to.
struct World: Sendable {
    static let start = Timestamp(seconds: 1_795_341_600)

    let clock = SteppedClock(at: start)
    let store: Store
    let number: NumberID
    let account: AccountID

    init(_ location: StoreLocation = .memory, options: StoreOptions = StoreOptions()) async throws {
        store = try Store(location, options: options, clock: clock.wall)
        (number, account) = try await store.write(.control) { transaction in
            let portfolio = try transaction.configurePortfolio("company")
            let app = try transaction.configureApp("shop")
            let account = try transaction.configureAccount("main", wabaID: "501", portfolio: portfolio, app: app)
            return (try transaction.configureNumber("support", phoneNumberID: "1001", account: account), account)
        }
    }

    var portfolio: PortfolioID {
        get async throws { try await store.read { try $0.numbers()[0].portfolio } }
    }

    /// A message that Meta has accepted under `wamid`.
    func accepted(_ wamid: String, to phone: Int64 = 4_917_612_345_678, waID: Int64? = nil) async throws -> AttemptID {
        try await store.write(.control) { [store, number] transaction in
            guard let phone = PhoneNumber(value: phone) else { throw StoreFailure.refused("no number") }
            let contact = try transaction.upsertContact(phone: phone, name: nil, attributes: [:]).contact
            _ = try transaction.enqueue(kind: "template", content: "{}", to: contact, from: number, notAfter: nil)
            let claims = try transaction.claimDirect(of: number, limit: 1, boot: store.boot).claims
            try transaction.accept(claims[0], wamid: wamid, waID: waID)
            return claims[0].attempt
        }
    }

    /// Puts bodies into the journal, as the listener does.
    func journal(_ bodies: String...) async throws {
        for body in bodies { _ = try await store.write(.journal) { try $0.journal(Array(body.utf8), app: "shop") } }
    }

    /// Puts bodies into the journal and applies them.
    func receive(_ bodies: String...) async throws {
        for body in bodies { try await journal(body) }
        try await Reader(store: store, logger: silent).applyWaiting()
    }

    func message(_ attempt: AttemptID) async throws -> MessageRecord? {
        try await store.read { try $0.message(attempt.message) }
    }

    func state(of attempt: AttemptID) async throws -> MessageState? {
        try await message(attempt)?.state
    }

    /// How often each kind of change was counted.
    var counts: [String: Int] {
        get async throws {
            try await store.read { try Dictionary(uniqueKeysWithValues: $0.changeCounts().map { ($0.field, $0.count) }) }
        }
    }

    var lastEvent: Int64 {
        get async throws { try await store.read { try $0.lastEvent() } }
    }

    func contact(_ phone: Int64) async throws -> Contact? {
        try await store.read { snapshot in try PhoneNumber(value: phone).flatMap { try snapshot.contact(phone: $0) } }
    }

    var inbound: [MessageRecord] {
        get async throws {
            try await store.read { try $0.messages(contact: nil, number: nil, before: nil, limit: 100).filter(\.isInbound) }
        }
    }
}

/// Webhooks as Meta writes them.
enum Webhook {
    static func change(_ field: String, _ value: String, number: String? = "1001") -> String {
        let metadata =
            number.map { #""messaging_product":"whatsapp","metadata":{"display_phone_number":"4930123456","phone_number_id":"\#($0)"},"# }
            ?? ""
        return """
            {"object":"whatsapp_business_account","entry":[{"id":"501","time":1795341600,"changes":[
            {"field":"\(field)","value":{\(metadata)\(value)}}]}]}
            """
    }

    static func statuses(_ statuses: [String]) -> String {
        change("messages", #""statuses":[\#(statuses.joined(separator: ","))]"#)
    }

    static func status(
        _ status: String,
        _ wamid: String,
        callback: String? = nil,
        at seconds: Int = 1_795_341_600,
        code: Int? = nil
    ) -> String {
        let data = callback.map { #","biz_opaque_callback_data":"\#($0)""# } ?? ""
        let errors = code.map { #","errors":[{"code":\#($0),"title":"t","message":"m","error_data":{"details":"d"}}]"# } ?? ""
        return #"{"id":"\#(wamid)","status":"\#(status)","timestamp":"\#(seconds)","recipient_id":"4917612345678"\#(data)\#(errors)}"#
    }

    static func text(
        _ wamid: String,
        from person: String = #""from":"4917612345678","#,
        contact: String = #""wa_id":"4917612345678""#
    ) -> String {
        change(
            "messages",
            #""contacts":[{"profile":{"name":"Ada"},\#(contact)}],"messages":[{\#(person)"id":"\#(wamid)","timestamp":"1795341600","type":"text","text":{"body":"hi"}}]"#
        )
    }

    static func preference(_ value: String, at seconds: Int) -> String {
        change(
            "user_preferences",
            #""contacts":[{"wa_id":"4917612345678"}],"user_preferences":[{"wa_id":"4917612345678","detail":"d","category":"marketing_messages","value":"\#(value)","timestamp":\#(seconds)}]"#
        )
    }
}
