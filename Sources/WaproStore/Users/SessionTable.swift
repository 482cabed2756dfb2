import FoundationEssentials
import GRDB
public import WaproCore

/// A session of a user through a tool.
public struct SessionRecord: Sendable, Hashable {
    public let id: SessionID
    public let user: UserID
    public let userName: String
    /// The word of the user's role now.
    public let userRole: String
    /// The user id of the tool.
    public let uid: UInt32
    /// The word of the role that the session was opened with.
    public let role: String
    /// `noun.verb` or `noun.*`; nil: all.
    public let methods: [String]?
    public let label: String?
    public let createdAt: Timestamp
    public let expiresAt: Timestamp
}

/// What a session is opened with.
public struct NewSession: Sendable, Hashable {
    public var uid: UInt32
    /// The hash of its token.
    public var token: [UInt8]
    public var role: String
    public var methods: [String]?
    public var label: String?
    public var lifetime: Duration

    public init(uid: UInt32, token: [UInt8], role: String, methods: [String]? = nil, label: String? = nil, lifetime: Duration) {
        (self.uid, self.token, self.role, self.methods) = (uid, token, role, methods)
        (self.label, self.lifetime) = (label, lifetime)
    }
}

extension SessionRecord {
    init(_ row: Row) {
        self.init(
            id: row.id("id"),
            user: row.id("user"),
            userName: row["user_name"],
            userRole: row["user_role"],
            uid: UInt32(truncatingIfNeeded: row["uid"] as Int64),
            role: row["role"],
            methods: (row["methods"] as String?).map { $0.split(separator: " ").map(String.init) },
            label: row["label"],
            createdAt: row.time("created_at"),
            expiresAt: row.time("expires_at")
        )
    }

    fileprivate static let columns = """
        SELECT s.*, u.name AS user_name, u.role AS user_role FROM session s JOIN user u ON u.id = s.user
        """
}

extension Snapshot {
    /// The session with a token of this hash, unless it has ended or its user is disabled.
    public func session(token: [UInt8], at now: Timestamp) throws -> SessionRecord? {
        try db.row(
            "\(SessionRecord.columns) WHERE s.token = ? AND s.expires_at > ? AND u.disabled = 0",
            [Data(token), now.milliseconds]
        ).map { SessionRecord($0) }
    }

    /// How many of a user have not ended.
    public func countSessions(of user: UserID, at now: Timestamp) throws -> Int {
        try db.row(
            "SELECT count(*) AS count FROM session s JOIN user u ON u.id = s.user WHERE s.user = ? AND s.expires_at > ? AND u.disabled = 0",
            [user.rawValue, now.milliseconds]
        )?["count"] ?? 0
    }

    /// Those that have not ended, in the order in which they were opened.
    public func sessions(of user: UserID?, at now: Timestamp, after: SessionID? = nil, limit: Int) throws -> [SessionRecord] {
        try db.rows(
            """
            \(SessionRecord.columns) WHERE (?1 IS NULL OR s.user = ?1) AND s.id > ?2 AND s.expires_at > ?3 AND u.disabled = 0
            ORDER BY s.id LIMIT ?4
            """,
            [user?.rawValue, after?.rawValue ?? 0, now.milliseconds, limit]
        ).map { SessionRecord($0) }
    }
}

extension Transaction {
    /// Sessions of one user through one tool at most: when one more is opened, the oldest ends.
    static let sessionsOfUser = 100
    /// Expired sessions that one that is opened clears away.
    private static let cleared = 100

    public func openSession(_ new: NewSession, for user: UserID) throws -> SessionRecord {
        try db.run(
            "DELETE FROM session WHERE id IN (SELECT id FROM session WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)",
            [now.milliseconds, Self.cleared]
        )
        try db.run(
            "DELETE FROM session WHERE id IN (SELECT id FROM session WHERE user = ? AND uid = ? ORDER BY id DESC LIMIT -1 OFFSET ?)",
            [user.rawValue, Int64(new.uid), Self.sessionsOfUser - 1]
        )
        let id = mint(SessionID.self)
        try db.run(
            "INSERT INTO session (id, user, uid, token, role, methods, label, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                id.rawValue, user.rawValue, Int64(new.uid), Data(new.token), new.role, new.methods?.joined(separator: " "), new.label,
                now.milliseconds, now.advanced(by: new.lifetime).milliseconds,
            ]
        )
        try db.run("UPDATE user SET last_login_at = ? WHERE id = ?", [now.milliseconds, user.rawValue])
        return try db.row("\(SessionRecord.columns) WHERE s.id = ?", [id.rawValue]).map { SessionRecord($0) }!
    }

    /// Gives a session of this tool that has not ended another token; nil when there is none any more.
    public func renew(_ session: SessionID, of uid: UInt32, token: [UInt8]) throws -> SessionRecord? {
        try db.run(
            "UPDATE session SET token = ? WHERE id = ? AND uid = ? AND expires_at > ?",
            [Data(token), session.rawValue, Int64(uid), now.milliseconds]
        )
        return try self.session(token: token, at: now)
    }

    /// Ends all of them: after a restore it is not known which had been ended since.
    func endAllSessions() throws { try db.run("DELETE FROM session") }

    /// Returns how many there were.
    public func endSession(_ id: SessionID) throws -> Int {
        try db.run("DELETE FROM session WHERE id = ?", [id.rawValue])
    }

    /// Returns how many there were.
    @discardableResult
    public func endSessions(of user: UserID, but kept: SessionID? = nil) throws -> Int {
        try db.run("DELETE FROM session WHERE user = ? AND id <> ?", [user.rawValue, kept?.rawValue ?? 0])
    }
}
