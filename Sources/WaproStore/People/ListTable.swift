import GRDB
public import WaproCore

/// A named list of contacts.
public struct ContactList: Sendable, Hashable {
    public let id: ListID
    public let name: String
    public let members: Int
}

extension Snapshot {
    public func list(named name: String) throws -> ContactList? {
        try db.row("SELECT id, name, members FROM list WHERE name = ?", [name]).map {
            ContactList(id: $0.id("id"), name: $0["name"], members: $0["members"])
        }
    }

    public func listName(_ id: ListID) throws -> String? {
        try db.row("SELECT name FROM list WHERE id = ?", [id.rawValue]).map { $0["name"] }
    }
}

extension Transaction {
    public func makeList(named name: String) throws -> ListID {
        if let list = try list(named: name) { return list.id }
        let id = mint(ListID.self)
        try db.run("INSERT INTO list (id, name, created_at) VALUES (?, ?, ?)", [id.rawValue, name, now.milliseconds])
        return id
    }

    /// Puts a contact on a list; false when it is on it already.
    @discardableResult
    public func add(_ contact: ContactID, to list: ListID) throws -> Bool {
        let added = mint(ListID.self).rawValue
        let changed = try db.run(
            "INSERT INTO list_member (list, contact, added) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [list.rawValue, contact.rawValue, added]
        )
        guard changed > 0 else { return false }
        try db.run("UPDATE list SET members = members + 1 WHERE id = ?", [list.rawValue])
        return true
    }
}
