import WaproCloud
import WaproCore
import WaproStore

extension Applier {
    /// A person wrote to one of our numbers.
    func apply(_ inbound: Update.Inbound, to tally: inout Tally, in transaction: Transaction) throws {
        guard let route = try transaction.route(phoneNumberID: inbound.phoneNumberID) else { return tally.count("messages.unknown_number") }
        guard let contact = try contact(of: inbound.person, route.portfolio, in: transaction) else {
            return tally.count("messages.unknown_sender")
        }
        _ = try transaction.receive(
            InboundMessage(
                wamid: inbound.wamid,
                number: route.number,
                contact: contact,
                kind: inbound.kind,
                content: inbound.content,
                at: inbound.at,
                isSaidToUs: inbound.isSaidToUs
            )
        )
    }

    /// Somebody wrote to a person from one of our numbers by other means.
    func apply(echo: Update.Inbound, to tally: inout Tally, in transaction: Transaction) throws {
        guard let route = try transaction.route(phoneNumberID: echo.phoneNumberID) else {
            return tally.count("message_echoes.unknown_number")
        }
        guard let contact = try contact(of: echo.person, route.portfolio, in: transaction) else {
            return tally.count("message_echoes.unknown_person")
        }
        _ = try transaction.receiveEcho(
            InboundMessage(wamid: echo.wamid, number: route.number, contact: contact, kind: echo.kind, content: echo.content, at: echo.at)
        )
    }

    /// A person stopped or resumed marketing messages; kept also for somebody who is new to us, so that an import does not undo it. What is said
    /// to a number that is not ours holds for our numbers of its account too.
    func apply(_ preference: Update.Preference, to tally: inout Tally, in transaction: Transaction) throws {
        let route = try transaction.route(phoneNumberID: preference.phoneNumberID)
        guard let portfolio = try route?.portfolio ?? transaction.portfolio(ofAccount: preference.wabaID) else {
            return tally.count("user_preferences.unknown_number")
        }
        guard let contact = try contact(of: preference.person, portfolio, in: transaction) else {
            return tally.count("user_preferences.unknown_sender")
        }
        // What Meta delivers again must not undo what the person has said since.
        let digest = ChangeDigest.of(["preference", contact.description, "\(preference.stops)", "\(preference.at.milliseconds)"])
        guard try transaction.isNew(digest) else { return }
        try transaction.prefer(contact, stops: preference.stops, at: preference.at)
    }

    private func contact(of person: Update.Person, _ portfolio: PortfolioID, in transaction: Transaction) throws -> ContactID? {
        try transaction.contact(
            inboundPhone: person.phone,
            userID: person.userID,
            portfolio: portfolio,
            profileName: person.profileName
        )
    }
}
