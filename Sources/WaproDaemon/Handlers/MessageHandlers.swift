import WaproCore
import WaproRPC
import WaproSending
import WaproStore

/// Answers `message.*`.
struct MessageHandlers: Sendable {
    let store: Store
    let changes: Changes

    /// Meta's conversation window: free text may be sent this long after the person last wrote (whatsapp-cloud-api.md §7).
    static let window = Duration.seconds(86_400)
    /// How long a message waits to be sent where the caller does not say: what is a day old answers nobody any more.
    static let validity = Duration.seconds(86_400)

    func register(_ handlers: inout Handlers) {
        changes.on(MessageSend.self, in: &handlers) { try Self.send($0, $1) }
        changes.on(MessageResolve.self, in: &handlers) { try Self.resolve($0, $1) }
        handlers.on(MessageList.self) { ask, _ throws(Fault) in try await list(ask) }
        handlers.on(MessageShow.self) { ask, _ throws(Fault) in
            try await store.ask { snapshot in
                guard let message = try snapshot.message(ask.message) else {
                    throw Fault.notFound("message", ask.message.description, field: "message")
                }
                return try snapshot.info(of: message, withHistory: true)
            }
        }
    }

    private static func send(_ ask: MessageSend, _ transaction: Transaction) throws -> MessageSend.Reply {
        let number = try transaction.requireNumber(ask.number, field: "number")
        let contact = try transaction.addressee(ask.to)
        let content: DirectContent
        switch try ask.content() {
        case .text(let text): content = try textContent(text, ask, contact, number, transaction)
        case .template(let name): content = try templateContent(name, ask, contact, number, transaction)
        }
        if let notAfter = ask.notAfter, notAfter <= transaction.now {
            throw Fault(.invalidParameters, "not_after must be later than now.", field: "not_after")
        }
        let message = try transaction.enqueue(
            kind: content.kind,
            content: content.stored(),
            to: contact.id,
            from: number.id,
            isMarketing: content.isMarketing,
            notAfter: ask.notAfter ?? transaction.now.advanced(by: Self.validity)
        )
        return MessageSend.Reply(message: message, state: Open(.waiting))
    }

    private static func resolve(_ ask: MessageResolve, _ transaction: Transaction) throws -> MessageInfo {
        guard let message = try transaction.message(ask.message) else {
            throw Fault.notFound("message", ask.message.description, field: "message")
        }
        guard message.state == .inDoubt else {
            throw Fault(.notInDoubt, "The message is \(message.state.slug), so there is nothing to decide.", field: "message")
        }
        if ask.verdict == .resend, let id = message.campaign, let campaign = try transaction.campaign(id), campaign.state == .cancelled {
            throw campaign.refusal(to: "send anything again")
        }
        try transaction.resolve(message, as: DoubtResolution(ask.verdict))
        guard let resolved = try transaction.message(ask.message) else { throw StoreFailure.refused("a message is gone") }
        return try transaction.info(of: resolved, withHistory: true)
    }

    private static func textContent(
        _ text: String,
        _ ask: MessageSend,
        _ contact: Contact,
        _ number: NumberRecord,
        _ transaction: Transaction
    ) throws -> DirectContent {
        let lastInbound = try transaction.lastInbound(of: contact.id, to: number.id)
        guard let lastInbound, lastInbound.advanced(by: window) > transaction.now else {
            let since = lastInbound.map { "last wrote at \($0)" } ?? "never wrote to this number"
            throw Fault(
                .windowClosed,
                "The person \(since); Meta takes free text only within 24 hours of that.",
                field: "text",
                hint: "Send a template."
            )
        }
        var replyTo: String?
        if let quoted = ask.replyTo {
            guard let message = try transaction.message(quoted), message.contact == contact.id, let wamid = message.wamid else {
                throw Fault.notFound("message with this person", quoted.description, field: "reply_to")
            }
            replyTo = wamid
        }
        return .text(text, replyTo: replyTo)
    }

    private static func templateContent(
        _ name: String,
        _ ask: MessageSend,
        _ contact: Contact,
        _ number: NumberRecord,
        _ transaction: Transaction
    ) throws -> DirectContent {
        let record = try transaction.requireTemplate(name, language: ask.language, account: number.account)
        try record.requireSendable()
        if record.template.category == .marketing, let optedOut = contact.optedOutAt {
            throw Fault(.optedOut, "The person opted out of marketing messages at \(optedOut).", field: "to")
        }
        let fields = ContactFields(name: contact.name, phone: contact.phone, attributes: contact.attributes)
        do {
            _ = try record.template.plan(parameters: ask.parameters ?? [:]).fill { fields[$0] }
        } catch {
            throw Fault(refusal: error)
        }
        return .template(record.template, parameters: ask.parameters ?? [:])
    }

    private func list(_ ask: MessageList) async throws(Fault) -> Page<MessageInfo> {
        let limit = ask.limit ?? 100
        let after = try ask.place()
        return try await store.ask { snapshot in
            let contact = try ask.contact.map { try snapshot.requireContact($0, field: "contact").id }
            let number = try ask.number.map { try snapshot.requireNumber($0, field: "number").id }
            let campaign = try ask.campaign.map { try snapshot.requireCampaign($0).id }
            let wants = { (message: MessageRecord) in
                (campaign == nil || message.campaign == campaign) && (ask.state == nil || message.state == ask.state)
                    && (ask.direction == nil || message.isInbound == (ask.direction == .inbound))
            }
            let isNarrow = campaign != nil || ask.state != nil || ask.direction != nil
            let looked = isNarrow ? 5000 : limit
            let found = try snapshot.messages(contact: contact, number: number, before: after, limit: looked)
            var items: [MessageInfo] = []
            for message in found {
                if wants(message) { items.append(try snapshot.info(of: message)) }
                if items.count == limit { return Page(items: items, next: message.id.description) }
            }
            return Page(items: items, next: found.count == looked ? found.last?.id.description : nil)
        }
    }
}

extension Transaction {
    /// Who a message goes to: a contact, or a phone number that becomes one.
    func addressee(_ text: String) throws -> Contact {
        if ContactID(text) != nil || Person.isUserID(text) { return try requireContact(text, field: "to") }
        let phone = try Person.phone(text, field: "to")
        if let known = try contact(phone: phone) { return known }
        let id = try upsertContact(phone: phone, name: nil, attributes: [:]).contact
        guard let made = try contact(id) else { throw StoreFailure.refused("a contact that was just made is gone") }
        return made
    }
}

extension Snapshot {
    func info(of message: MessageRecord, withHistory: Bool = false) throws -> MessageInfo {
        let contact = try contact(message.contact)
        let number = try number(message.number)
        let (text, template) = try words(of: message, to: contact)
        // What stops the number is not in the message's own row.
        let obstacle = try message.state == .waiting ? number.flatMap { try standstill(of: $0, withReason: true) } : nil
        return MessageInfo(
            id: message.id,
            direction: Open(message.isInbound ? .inbound : .outbound),
            kind: message.kind,
            number: number?.name ?? "",
            contact: message.contact,
            phone: contact?.phone?.e164,
            campaign: message.campaign,
            state: Open(message.state),
            text: text,
            template: template,
            errorCode: message.code,
            reason: obstacle.map { "\($0.words). \($0.next)" }
                ?? (message.state.needsReason ? message.because.words(code: message.code) : nil),
            createdAt: message.createdAt,
            updatedAt: message.updatedAt,
            attempts: withHistory ? try attempts(of: message) : nil,
            history: withHistory ? try history(of: message.id).compactMap(MessageChange.init) : nil,
            foreign: message.isForeign,
            notAfter: message.isInbound ? nil : message.notAfter,
            askedAt: message.state == .inDoubt ? message.listedAt : nil
        )
    }

    /// The text as the person sees it, and the template's name.
    private func words(of message: MessageRecord, to contact: Contact?) throws -> (text: String?, template: String?) {
        if message.isInbound || message.isForeign { return (InboundText.text(kind: message.kind, content: message.content ?? ""), nil) }
        let content: DirectContent
        if let stored = message.content {
            content = try DirectContent(kind: message.kind, stored: stored)
        } else if let id = message.campaign, let campaign = try campaign(id) {
            content = .template(campaign.definition, parameters: campaign.parameters)
        } else {
            return (nil, nil)
        }
        switch content {
        case .text(let body, _): return (body, nil)
        case .template(let template, let parameters):
            let fields = ContactFields(name: contact?.name, phone: contact?.phone, attributes: contact?.attributes ?? [:])
            let filled = try? template.plan(parameters: parameters).fill { fields[$0] }
            return (filled?.preview, template.name)
        }
    }

    private func attempts(of message: MessageRecord) throws -> [MessageAttempt] {
        var attempts = try pastAttempts(of: message.id).map {
            MessageAttempt(ordinal: $0.id.ordinal, at: $0.intentAt, outcome: $0.because.slug, reason: $0.because.words(code: $0.code))
        }
        if message.attempt > 0, let intentAt = message.intentAt {
            attempts.append(
                MessageAttempt(
                    ordinal: message.attempt,
                    at: intentAt,
                    outcome: message.state.slug,
                    reason: message.state == .sending ? nil : message.because.words(code: message.code)
                )
            )
        }
        return attempts
    }
}

extension MessageChange {
    init?(_ event: Event) {
        guard let to = event.to.flatMap(MessageState.init(rawValue:)) else { return nil }
        let from = event.from.flatMap(MessageState.init(rawValue:))
        self.init(at: event.at, from: from.map { Open($0) }, to: Open(to), because: event.words)
    }
}

extension Event {
    /// Why, and what is known besides.
    fileprivate var words: String {
        let because = because?.words(code: code) ?? ""
        return detail.map { "\(because) (\($0))" } ?? because
    }
}
