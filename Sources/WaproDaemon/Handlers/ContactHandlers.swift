import WaproCore
import WaproRPC
import WaproStore

/// Answers `contact.list` and `contact.show`.
struct ContactHandlers: Sendable {
    let store: Store

    func register(_ handlers: inout Handlers) {
        handlers.on(WaproRPC.ContactList.self) { ask, _ throws(Fault) in try await list(ask) }
        handlers.on(ContactShow.self) { ask, _ throws(Fault) in
            try await store.ask { try $0.info(of: $0.requireContact(ask.contact, field: "contact")) }
        }
    }

    private func list(_ ask: WaproRPC.ContactList) async throws(Fault) -> Page<ContactInfo> {
        let limit = ask.limit ?? 100
        let after = try ask.place()
        return try await store.ask { snapshot in
            let list = try ask.list.map { name in
                guard let list = try snapshot.list(named: name) else { throw Fault.notFound("list", "\"\(name)\"", field: "list") }
                return list.id
            }
            guard let search = ask.search, !search.isEmpty else {
                let found = try snapshot.contacts(list: list, after: after, limit: limit)
                return Page(
                    items: try found.map { try snapshot.info(of: $0) },
                    next: found.count == limit ? found.last?.id.description : nil
                )
            }
            let (found, next) = try snapshot.contacts(matching: search, list: list, after: after, limit: limit)
            return Page(items: try found.map { try snapshot.info(of: $0) }, next: next?.description)
        }
    }
}

extension Snapshot {
    /// A contact by id, by phone number, or by business-scoped user id.
    func requireContact(_ text: String, field: String) throws -> Contact {
        if let id = ContactID(text) {
            if let contact = try contact(id) { return contact }
        } else if text.contains("."), let contact = try contact(userID: text) {
            return contact
        } else if let contact = try contact(phone: Person.phone(text, field: field)) {
            return contact
        }
        throw Fault(.notFound, "There is no such contact.", field: field, hint: "contact.list shows who there is.")
    }

    func info(of contact: Contact) throws -> ContactInfo {
        ContactInfo(
            id: contact.id,
            phone: contact.phone?.e164,
            waId: contact.waID.map(String.init),
            userId: contact.userID,
            name: contact.name,
            profileName: contact.profileName,
            attributes: contact.attributes,
            lists: try lists(of: contact.id),
            createdAt: contact.createdAt,
            updatedAt: contact.updatedAt,
            lastInboundAt: contact.lastInboundAt
        )
    }
}
