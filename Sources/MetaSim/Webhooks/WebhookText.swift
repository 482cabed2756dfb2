/// Writes the body of one webhook POST in the envelope of Meta's examples.
///
/// What is about one number goes into one change, statuses and messages apart; a batch of many is thus a few changes with long lists.
struct WebhookText {
    let platform: Platform
    let directory: Directory
    let knobs: Knobs

    private struct Group {
        let number: UInt16
        let isStatus: Bool
        var contacts = JSONText(reserving: 512)
        var items = JSONText(reserving: 1_024)
        var people: Set<String> = []
    }

    func body(_ updates: [Update]) -> [UInt8] {
        var groups: [Group] = []
        var changes: [(account: String, text: [UInt8])] = []
        for update in updates {
            switch update {
            case .status(let id, let kind, let time, let priced):
                let record = platform.ledger.text(of: id)
                let index = group(record.number, isStatus: true, in: &groups)
                status(record, kind, time, priced: priced, into: &groups[index])
            case .letter(let letter):
                switch letter.form {
                case .change(let account, let text): changes.append((account, text))
                case .message(let number, let contact, let message):
                    let index = group(number, isStatus: false, in: &groups)
                    add(message, to: &groups[index].items)
                    if groups[index].people.insert(letter.recipient).inserted { add(contact, to: &groups[index].contacts) }
                }
            }
        }
        for group in groups {
            if let number = directory.numbersByTag[group.number] { changes.append((number.account.id, change(group, number))) }
        }
        return envelope(changes)
    }

    private func group(_ number: UInt16, isStatus: Bool, in groups: inout [Group]) -> Int {
        if let index = groups.firstIndex(where: { $0.number == number && $0.isStatus == isStatus }) { return index }
        groups.append(Group(number: number, isStatus: isStatus))
        return groups.count - 1
    }

    private func add(_ bytes: [UInt8], to list: inout JSONText) {
        if !list.isEmpty { list.comma() }
        list.raw(written: bytes)
    }

    private func envelope(_ changes: [(account: String, text: [UInt8])]) -> [UInt8] {
        var text = JSONText(reserving: 256 + changes.reduce(0) { $0 + $1.text.count + 64 })
        text.raw("{\"object\":\"whatsapp_business_account\",\"entry\":[")
        for (index, change) in changes.enumerated() {
            let continues = index > 0 && changes[index - 1].account == change.account
            if index > 0, !continues { text.raw("]},") }
            if continues {
                text.comma()
            } else {
                text.raw("{\"id\":")
                text.string(change.account)
                text.raw(",\"changes\":[")
            }
            text.raw(written: change.text)
        }
        text.raw(changes.isEmpty ? "]}" : "]}]}")
        return text.bytes
    }

    private func change(_ group: Group, _ number: Directory.Number) -> [UInt8] {
        var text = JSONText(reserving: group.contacts.bytes.count + group.items.bytes.count + 256)
        text.raw("{\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":{\"display_phone_number\":")
        text.string(number.digits)
        text.raw(",\"phone_number_id\":")
        text.string(number.number.id)
        text.raw("}")
        if !group.contacts.isEmpty {
            text.raw(",\"contacts\":[")
            text.raw(group.contacts)
            text.raw("]")
        }
        text.raw(group.isStatus ? ",\"statuses\":[" : ",\"messages\":[" as StaticString)
        text.raw(group.items)
        text.raw("]},\"field\":\"messages\"}")
        return text.bytes
    }

    private func status(_ message: Ledger.MessageText, _ kind: StatusKind, _ time: Int64, priced: Bool, into group: inout Group) {
        // Failed statuses come without contacts.
        if kind != .failed, group.people.insert(message.recipient).inserted {
            if !group.contacts.isEmpty { group.contacts.comma() }
            Self.contact(message.recipient, name: nil, userIDs: knobs.includesUserIdentifiers, into: &group.contacts)
        }
        if !group.items.isEmpty { group.items.comma() }
        group.items.raw("{\"id\":")
        group.items.string(message.wamid)
        group.items.raw(",\"status\":\"")
        group.items.raw(kind.rawValue)
        group.items.raw("\",\"timestamp\":\"")
        group.items.integer(time / 1_000)
        group.items.raw(message.byUserID ? "\",\"recipient_user_id\":" : "\",\"recipient_id\":" as StaticString)
        group.items.string(message.recipient)
        if priced, knobs.webhookVersion <= 23 { conversation(message, kind, time, into: &group.items) }
        if priced { pricing(message, time, into: &group.items) }
        if kind == .failed { errors(message.failure == 0 ? 131_026 : Int(message.failure), into: &group.items) }
        if !message.callbackData.isEmpty {
            group.items.raw(",\"biz_opaque_callback_data\":")
            group.items.string(message.callbackData)
        }
        group.items.raw("}")
    }

    /// One element of `contacts`.
    static func contact(_ person: String, name: String?, userIDs: Bool, into text: inout JSONText) {
        text.raw("{\"profile\":{\"name\":")
        text.string(name ?? Persona.name(person))
        text.raw("}")
        let isUserID = WaID.isUserID(person)
        if !isUserID {
            text.raw(",\"wa_id\":")
            text.string(person)
        }
        if isUserID || userIDs {
            text.raw(",\"user_id\":")
            text.string(Persona.userID(person))
        }
        text.raw("}")
    }

    private func conversation(_ message: Ledger.MessageText, _ kind: StatusKind, _ time: Int64, into text: inout JSONText) {
        text.raw(",\"conversation\":{\"id\":")
        text.string(String(Dice.hash(message.wamid), radix: 16))
        if kind == .sent {
            text.raw(",\"expiration_timestamp\":\"")
            text.integer(time / 1_000 + 86_400)
            text.raw("\"")
        }
        text.raw(",\"origin\":{\"type\":")
        text.string(message.category.rawValue)
        text.raw("}}")
    }

    /// 1 October 2026: from here on service messages, and utility ones in an open window, are charged.
    private static let chargesServiceFrom: Int64 = 1_790_812_800_000

    private func pricing(_ message: Ledger.MessageText, _ time: Int64, into text: inout JSONText) {
        let mayBeFree = message.category == .service || (message.category == .utility && message.windowOpen)
        let isFree = mayBeFree && time < Self.chargesServiceFrom
        text.raw(isFree ? ",\"pricing\":{\"billable\":false" : ",\"pricing\":{\"billable\":true" as StaticString)
        text.raw(",\"pricing_model\":\"PMP\",\"type\":")
        text.raw(isFree ? "\"free_customer_service\",\"category\":\"" : "\"regular\",\"category\":\"" as StaticString)
        text.raw(message.category.rawValue)
        text.raw("\"}")
    }

    private func errors(_ code: Int, into text: inout JSONText) {
        let words = GraphError.words(code)
        text.raw(",\"errors\":[{\"code\":")
        text.integer(Int64(code))
        text.raw(",\"title\":")
        text.string(words.title)
        text.raw(",\"message\":")
        text.string(words.title)
        text.raw(",\"error_data\":{\"details\":")
        text.string(words.details)
        text.raw("},\"href\":\"\\/documentation\\/business-messaging\\/whatsapp\\/support\\/error-codes\"}]")
    }
}
