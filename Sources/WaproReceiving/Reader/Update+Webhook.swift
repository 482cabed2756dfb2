import WaproCloud
import WaproCore

extension Update {
    init(_ status: MessageStatus, of number: String?) {
        let fact: StatusFact
        switch status.kind {
        case .sent: fact = .sent
        case .delivered: fact = .delivered
        case .read: fact = .read
        case .played: fact = .played
        case .failed: fact = .failed
        case .other(let word):
            self = .remark(kind: "status.\(word)")
            return
        }
        self = .status(
            Status(
                phoneNumberID: number,
                wamid: status.id,
                fact: fact,
                code: fact == .failed ? status.errors.first?.code : nil,
                callbackData: status.callbackData,
                at: status.at
            )
        )
    }

    init(_ preference: UserPreference, of number: String, account: String, _ contacts: [WebhookContact]) {
        let stops: Bool
        switch preference.value {
        case .stop where preference.category == "marketing_messages": stops = true
        case .resume where preference.category == "marketing_messages": stops = false
        // A sign-up by a link is no general opt-in.
        case .signup:
            self = .remark(kind: "user_preferences.signup")
            return
        default:
            self = .remark(kind: "user_preferences.other")
            return
        }
        let person = Person(digits: preference.waID, userID: preference.userID, contacts)
        self = .preference(Preference(wabaID: account, phoneNumberID: number, person: person, stops: stops, at: preference.at))
    }
}

extension Update.Inbound {
    /// Types that are nothing that a person says (whatsapp-cloud-api.md §6.4).
    private static let unsaid: Set<String> = ["system", "request_welcome", "edit", "revoke"]

    init(_ message: InboundMessage, to number: String, _ contacts: [WebhookContact]) {
        self.init(
            phoneNumberID: number,
            person: Update.Person(digits: message.from, userID: message.userID, contacts),
            wamid: message.id,
            kind: message.type,
            content: message.node ?? "{}",
            at: message.at,
            isSaidToUs: message.groupID == nil && !Self.unsaid.contains(message.type)
        )
    }
}

extension Update {
    /// An echo, as the message that it shows; an edit or a deletion of an earlier one is only counted.
    init(_ echo: MessageEcho, from number: String, _ contacts: [WebhookContact]) {
        guard echo.type != "edit", echo.type != "revoke" else {
            self = .remark(kind: "message_echoes.\(echo.type)")
            return
        }
        self = .echo(
            Inbound(
                phoneNumberID: number,
                person: Person(digits: echo.to, userID: echo.userID, contacts),
                wamid: echo.id,
                kind: echo.type,
                content: echo.node ?? "{}",
                at: echo.at
            )
        )
    }
}

extension Update.Person {
    /// A person by what a message says of its sender, completed from the contact beside it: the one that matches, never the one at the
    /// same place.
    init(digits: String?, userID: String?, _ contacts: [WebhookContact]) {
        let contact =
            contacts.first { ($0.waID != nil && $0.waID == digits) || ($0.userID != nil && $0.userID == userID) }
            ?? (contacts.count == 1 ? contacts[0] : nil)
        let number = (digits ?? contact?.waID).flatMap { Int64($0) }
        self.init(phone: number.flatMap { PhoneNumber(value: $0) }, userID: userID ?? contact?.userID, profileName: contact?.profileName)
    }
}
