import GRDB
public import WaproCore

/// A person for whom tools may call.
public struct UserRecord: Sendable, Hashable {
    public let id: UserID
    public let name: String
    public let fullName: String?
    public let email: String?
    /// The word of the role.
    public let role: String
    public let isDisabled: Bool
    /// A hash with what it was made with; what it looks like is its maker's affair.
    public let password: String
    public let createdAt: Timestamp
    public let lastLoginAt: Timestamp?
}

/// What changes of a user; nil stays as it is.
public struct UserDetails: Sendable, Hashable {
    public var fullName: String?
    public var email: String?
    public var role: String?
    public var isDisabled: Bool?
    public var password: String?

    public init(
        fullName: String? = nil,
        email: String? = nil,
        role: String? = nil,
        isDisabled: Bool? = nil,
        password: String? = nil
    ) {
        (self.fullName, self.email, self.role) = (fullName, email, role)
        (self.isDisabled, self.password) = (isDisabled, password)
    }
}

extension UserRecord {
    init(_ row: Row) {
        self.init(
            id: row.id("id"),
            name: row["name"],
            fullName: row["full_name"],
            email: row["email"],
            role: row["role"],
            isDisabled: row["disabled"],
            password: row["password"],
            createdAt: row.time("created_at"),
            lastLoginAt: row.time(orNil: "last_login_at")
        )
    }
}

extension Snapshot {
    public func user(named name: String) throws -> UserRecord? {
        try db.row("SELECT * FROM user WHERE name = ?", [name]).map { UserRecord($0) }
    }

    public func user(_ id: UserID) throws -> UserRecord? {
        try db.row("SELECT * FROM user WHERE id = ?", [id.rawValue]).map { UserRecord($0) }
    }

    /// In the order in which they were added.
    public func users(after: UserID?, limit: Int) throws -> [UserRecord] {
        try db.rows("SELECT * FROM user WHERE id > ? ORDER BY id LIMIT ?", [after?.rawValue ?? 0, limit]).map { UserRecord($0) }
    }
}

extension Transaction {
    /// Nil when there is one of this name.
    public func addUser(_ name: String, role: String, password: String, fullName: String?, email: String?) throws -> UserRecord? {
        guard try user(named: name) == nil else { return nil }
        let id = mint(UserID.self)
        try db.run(
            "INSERT INTO user (id, name, full_name, email, role, disabled, password, created_at) VALUES (?, ?, ?, ?, ?, 0, ?, ?)",
            [id.rawValue, name, fullName, email, role, password, now.milliseconds]
        )
        return try user(id)
    }

    public func setUser(_ id: UserID, _ details: UserDetails) throws {
        try db.run(
            """
            UPDATE user SET full_name = coalesce(?, full_name), email = coalesce(?, email), role = coalesce(?, role),
                disabled = coalesce(?, disabled), password = coalesce(?, password) WHERE id = ?
            """,
            [details.fullName, details.email, details.role, details.isDisabled, details.password, id.rawValue]
        )
    }

    /// With its sessions.
    public func removeUser(_ id: UserID) throws {
        try endSessions(of: id)
        try db.run("DELETE FROM user WHERE id = ?", [id.rawValue])
    }
}
