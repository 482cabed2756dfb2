import GRDB
public import WaproCore

/// A row of a file of contacts, checked and ready to be written.
public struct ContactRow: Sendable, Hashable {
    public var phone: PhoneNumber
    /// Nil leaves a stored name as it is.
    public var name: String?
    /// JSON as `Attributes.encode` writes it: encoded before it reaches the writer, which everybody waits for.
    public var attributes: String

    public init(phone: PhoneNumber, name: String?, attributes: String) {
        (self.phone, self.name, self.attributes) = (phone, name, attributes)
    }
}

extension Transaction {
    /// Writes rows in their order, as `upsertContact` does one, and puts everybody in them on a list.
    public func upsert(_ rows: [ContactRow], addingTo list: ListID?) throws -> ImportProgress {
        var progress = ImportProgress()
        var joined = 0
        let hasForms = try db.row("SELECT 1 FROM contact WHERE wa_id IS NOT NULL LIMIT 1") != nil
        for row in rows {
            let contact: ContactID
            switch try upsert(row, amongForms: hasForms) {
            case .created(let id): (contact, progress.created) = (id, progress.created + 1)
            case .updated(let id): (contact, progress.updated) = (id, progress.updated + 1)
            case .unchanged(let id): (contact, progress.unchanged) = (id, progress.unchanged + 1)
            }
            guard let list else { continue }
            joined += try run(Self.insertMember) {
                $0.add(list.rawValue)
                $0.add(contact.rawValue)
                $0.add(mint(ListID.self).rawValue)
            }
        }
        if let list, joined > 0 { try db.run("UPDATE list SET members = members + ? WHERE id = ?", [joined, list.rawValue]) }
        progress.lines = rows.count
        return progress
    }

    private static let insertMember = HotStatement("INSERT INTO list_member (list, contact, added) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
    private static let insertContact = HotStatement(
        """
        INSERT INTO contact (id, phone, name, attributes, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5)
        ON CONFLICT (phone) DO NOTHING
        """
    )

    /// Whether somebody stands here already whom WhatsApp calls by this number.
    private static let sameWhatsApp = HotStatement("SELECT 1 FROM contact WHERE wa_id = ? LIMIT 1")

    /// A file is mostly people who are new, so the insert is tried first, unless the person may be here by another number.
    ///
    /// - Parameter hasForms: whether WhatsApp has another number for anybody.
    private func upsert(_ row: ContactRow, amongForms hasForms: Bool) throws -> Upsert {
        var mayBeOther = row.phone.otherForm != nil
        if hasForms {
            try run(Self.sameWhatsApp) {
                $0.add(row.phone.value)
            } each: { _ in
                mayBeOther = true
            }
        }
        if !mayBeOther {
            let id = mint(ContactID.self)
            let isNew = try run(Self.insertContact) {
                $0.add(id.rawValue)
                $0.add(row.phone.value)
                $0.add(row.name)
                $0.add(row.attributes)
                $0.add(now.milliseconds)
            }
            if isNew > 0 { return .created(id) }
        }
        // A file that is imported again is mostly people who have not changed: equal text needs no decoding.
        if let known = try db.row("SELECT id, name, attributes FROM contact WHERE phone = ?", [row.phone.value]) {
            let (name, attributes): (String?, String) = (known["name"], known["attributes"])
            if attributes == row.attributes, row.name == nil || row.name == name { return .unchanged(known.id("id")) }
        }
        return try upsertContact(phone: row.phone, name: row.name, attributes: Attributes.decode(row.attributes))
    }
}
