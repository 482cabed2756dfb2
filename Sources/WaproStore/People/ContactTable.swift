import FoundationEssentials
import GRDB
public import WaproCore

/// A person as we know them: by phone number, by business-scoped user id, or both.
public struct Contact: Sendable, Hashable {
    public let id: ContactID
    public let phone: PhoneNumber?
    /// What Meta calls the person, where that differs from the number that was given (Brazil, Mexico, Argentina).
    public let waID: Int64?
    /// Business-scoped user id; its scope is the portfolio.
    public let userID: String?
    public let name: String?
    /// The name that the person chose in WhatsApp.
    public let profileName: String?
    public let attributes: [String: String]
    public let optedOutAt: Timestamp?
    public let lastInboundAt: Timestamp?
    public let createdAt: Timestamp
    public let updatedAt: Timestamp

    init(_ row: Row) throws {
        id = row.id("id")
        let phone: Int64? = row["phone"]
        self.phone = phone.flatMap { PhoneNumber(value: $0) }
        waID = row["wa_id"]
        userID = row["user_id"]
        name = row["name"]
        profileName = row["profile_name"]
        attributes = try Attributes.decode(row["attributes"])
        optedOutAt = row.time(orNil: "opted_out_at")
        lastInboundAt = row.time(orNil: "last_inbound_at")
        createdAt = row.time("created_at")
        updatedAt = row.time("updated_at")
    }
}

/// A contact's attributes as stored: one JSON object of strings, keys in order so that equal ones are equal text.
public enum Attributes {
    public static func decode(_ text: String) throws -> [String: String] {
        text == "{}" ? [:] : try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
    }

    public static func encode(_ attributes: [String: String]) throws -> String {
        guard !attributes.isEmpty else { return "{}" }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(attributes), as: UTF8.self)
    }
}

extension Snapshot {
    public func contact(_ id: ContactID) throws -> Contact? {
        try db.row("SELECT * FROM contact WHERE id = ?", [id.rawValue]).map(Contact.init)
    }

    /// By the number that was given, by what Meta calls the person, or by the other form of the number.
    public func contact(phone: PhoneNumber) throws -> Contact? {
        for form in [phone, phone.otherForm].compactMap(\.self) {
            if let row = try db.row("SELECT * FROM contact WHERE phone = ?", [form.value]) { return try Contact(row) }
            if let row = try db.row("SELECT * FROM contact WHERE wa_id = ? ORDER BY id LIMIT 1", [form.value]) { return try Contact(row) }
        }
        return nil
    }

    public func contact(userID: String, portfolio: PortfolioID) throws -> Contact? {
        try db.row("SELECT * FROM contact WHERE portfolio = ? AND user_id = ?", [portfolio.rawValue, userID]).map(Contact.init)
    }

    /// How many there are.
    public func contactCount() throws -> Int {
        try db.row("SELECT count(*) AS count FROM contact")?["count"] ?? 0
    }

    /// By business-scoped user id, whatever its portfolio.
    public func contact(userID: String) throws -> Contact? {
        try db.row(
            "SELECT c.* FROM portfolio p JOIN contact c ON c.portfolio = p.id AND c.user_id = ? ORDER BY c.id LIMIT 1",
            [userID]
        ).map(Contact.init)
    }

    /// Contacts whose name or profile name has `text` in it, or whose number begins with its digits, by key. A page looks at no more than
    /// 5,000 contacts; it may then hold few, and `next` says where to go on.
    public func contacts(matching text: String, list: ListID?, after: ContactID?, limit: Int) throws -> (rows: [Contact], next: ContactID?)
    {
        let looked = try contacts(list: list, after: after, limit: 5000)
        let digits = String(text.filter(\.isNumber))
        let wanted = text.lowercased()
        var found: [Contact] = []
        for contact in looked {
            let names = [contact.name, contact.profileName].compactMap { $0?.lowercased() }
            let isNumber = digits.count > 2 && contact.phone?.digits.hasPrefix(digits) ?? false
            if isNumber || names.contains(where: { $0.contains(wanted) }) { found.append(contact) }
            if found.count == limit { return (found, contact.id) }
        }
        return (found, looked.count == 5000 ? looked.last?.id : nil)
    }

    /// Contacts by key, optionally of one list.
    public func contacts(list: ListID?, after: ContactID?, limit: Int) throws -> [Contact] {
        let bound = after?.rawValue ?? 0
        guard let list else {
            return try db.rows("SELECT * FROM contact WHERE id > ? ORDER BY id LIMIT ?", [bound, limit]).map(Contact.init)
        }
        return try db.rows(
            """
            SELECT c.* FROM list_member m JOIN contact c ON c.id = m.contact
            WHERE m.list = ? AND m.contact > ? ORDER BY m.contact LIMIT ?
            """,
            [list.rawValue, bound, limit]
        ).map(Contact.init)
    }

    public func lists(of contact: ContactID) throws -> [String] {
        try db.rows("SELECT l.name FROM list_member m JOIN list l ON l.id = m.list WHERE m.contact = ? ORDER BY l.name", [contact.rawValue])
            .map { $0["name"] }
    }
}

/// What came of writing a contact.
public enum Upsert: Sendable, Hashable {
    case created(ContactID)
    case updated(ContactID)
    case unchanged(ContactID)

    public var contact: ContactID {
        switch self {
        case .created(let id), .updated(let id), .unchanged(let id): id
        }
    }
}

extension Transaction {
    /// Creates a contact by phone number, or adds to the one that has it, in whatever form: what is given overwrites, what is not given stays.
    public func upsertContact(phone: PhoneNumber, name: String?, attributes: [String: String]) throws -> Upsert {
        guard let known = try contact(phone: phone) else {
            let id = mint(ContactID.self)
            try db.run(
                "INSERT INTO contact (id, phone, name, attributes, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
                [id.rawValue, phone.value, name, try Attributes.encode(attributes), now.milliseconds]
            )
            return .created(id)
        }
        let merged = known.attributes.merging(attributes) { $1 }
        guard merged != known.attributes || (name != nil && name != known.name) else { return .unchanged(known.id) }
        try db.run(
            "UPDATE contact SET name = coalesce(?2, name), attributes = ?3, updated_at = ?4 WHERE id = ?1",
            [known.id.rawValue, name, try Attributes.encode(merged), now.milliseconds]
        )
        return .updated(known.id)
    }

    /// The contact that wrote to us, created when new. Known by BSUID first, then by phone; whichever is new to it is added.
    public func contact(
        inboundPhone phone: PhoneNumber?,
        userID: String?,
        portfolio: PortfolioID,
        profileName: String?
    ) throws -> ContactID? {
        guard phone != nil || userID != nil else { return nil }
        var known = try userID.flatMap { try contact(userID: $0, portfolio: portfolio) }
        if known == nil, let phone { known = try contact(phone: phone) }
        guard let known else {
            let id = mint(ContactID.self)
            try db.run(
                """
                INSERT INTO contact (id, phone, user_id, portfolio, profile_name, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)
                """,
                [id.rawValue, phone?.value, userID, userID == nil ? nil : portfolio.rawValue, profileName, now.milliseconds]
            )
            try record(Event(topic: .contact, contact: id, because: .freshStart))
            return id
        }
        let addsUser = known.userID == nil && userID != nil
        let addsPhone = known.phone == nil && phone != nil
        let addsForm = known.waID == nil && known.phone != nil && known.phone == phone?.otherForm
        guard addsUser || addsPhone || addsForm || (profileName != nil && profileName != known.profileName) else { return known.id }
        // Two contacts that turn out to be one person stay two until they can be merged: the phone stays
        // where it is, and the other has it as what WhatsApp calls the person.
        let phoneIsFree = try addsPhone && phone.map { try contact(phone: $0) == nil } ?? false
        try db.run(
            """
            UPDATE contact SET user_id = coalesce(user_id, ?2), portfolio = coalesce(portfolio, ?3), phone = coalesce(phone, ?4),
                wa_id = coalesce(wa_id, ?7), profile_name = coalesce(?5, profile_name), updated_at = ?6 WHERE id = ?1
            """,
            [
                known.id.rawValue, addsUser ? userID : nil, addsUser ? portfolio.rawValue : nil, phoneIsFree ? phone?.value : nil,
                profileName, now.milliseconds, addsPhone && !phoneIsFree || addsForm ? phone?.value : nil,
            ]
        )
        if addsPhone, !phoneIsFree { try shareStop(of: known.id) }
        return known.id
    }
}
