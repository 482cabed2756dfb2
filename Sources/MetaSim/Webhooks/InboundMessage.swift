/// A message that a person sends to a business number.
public struct InboundMessage: Sendable {
    /// A phone number in any form, or a business-scoped user id.
    public var from: String
    /// The text; with `buttonPayload`, the label of the button.
    public var text: String
    /// The `phone_number_id` of the business number; empty: the first one of the world.
    public var to: String
    /// The profile name; nil: the person's made-up one.
    public var name: String?
    /// The person pressed a template's quick-reply button with this payload.
    public var buttonPayload: String?
    /// The wamid that it replies to.
    public var inReplyTo: String?

    public init(from: String, text: String, to: String = "", name: String? = nil) {
        self.from = from
        self.text = text
        self.to = to
        self.name = name
    }
}

extension Platform {
    /// Sends a person's message to the business: opens the customer-service window, takes from the number's throughput, posts the
    /// webhook after `milliseconds`. Returns its wamid; nil when the sender or the number cannot be.
    @discardableResult
    func receive(_ inbound: InboundMessage, in milliseconds: Int64 = 0) -> String? {
        let (directory, knobs) = (directory, knobs)
        let target = inbound.to.isEmpty ? directory.world.accounts.lazy.flatMap(\.numbers).first?.id ?? "" : inbound.to
        guard let number = directory.numbers[target] else { return nil }
        let byUserID = WaID.isUserID(inbound.from)
        guard let digits = byUserID ? inbound.from : WaID.digits(inbound.from) else { return nil }
        let person = byUserID || !knobs.rewritesRecipients ? digits : WaID.canonical(digits)
        let time = now() + milliseconds
        let pair = LedgerStripe.Pair(number: number.tag, person: person)
        ledger.stripes[Ledger.stripe(of: person)].withLock { $0.openWindow(pair, at: time) }
        if let rate = number.number.rate(knobs) { _ = limits.take(number.tag, rate: rate, now: now(), overdraw: true) }
        let id = serial()
        let wamid = Wamid.make(digits: byUserID ? "0" : person, from: .user, id: id, check: UInt8(truncatingIfNeeded: id >> 5))
        var contact = JSONText()
        WebhookText.contact(person, name: inbound.name, userIDs: knobs.includesUserIdentifiers, into: &contact)
        let message = Self.message(inbound, person, byUserID: byUserID, wamid: wamid, number: number, time: time, knobs)
        let form = Letter.Form.message(number: number.tag, contact: contact.bytes, message: message)
        post(.letter(Letter(form, recipient: person, kind: "message")), account: number.account.id, in: milliseconds)
        return wamid
    }

    /// One element of `messages`.
    private static func message(
        _ inbound: InboundMessage,
        _ person: String,
        byUserID: Bool,
        wamid: String,
        number: Directory.Number,
        time: Int64,
        _ knobs: Knobs
    ) -> [UInt8] {
        var members: [JSON.Member] = []
        func add(_ name: String, _ value: JSON) { members.append(JSON.Member(name: name, value: value)) }
        if let replied = inbound.inReplyTo { add("context", ["from": .string(number.digits), "id": .string(replied)]) }
        if !byUserID { add("from", .string(person)) }
        if byUserID || knobs.includesUserIdentifiers { add("from_user_id", .string(Persona.userID(person))) }
        add("id", .string(wamid))
        add("timestamp", .string(String(time / 1_000)))
        if let payload = inbound.buttonPayload {
            add("type", "button")
            add("button", ["payload": .string(payload), "text": .string(inbound.text)])
        } else {
            add("type", "text")
            add("text", ["body": .string(inbound.text)])
        }
        return JSONText.bytes(.object(members))
    }
}
