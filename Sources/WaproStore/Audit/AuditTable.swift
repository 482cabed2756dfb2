import Crypto
import FoundationEssentials
import GRDB
public import WaproCore

/// What is to be written into the audit log: who asked for what, and what came of it.
public struct AuditNote: Sendable, Hashable {
    public var uid: UInt32
    /// Nil for somebody who may do nothing.
    public var role: String?
    /// The name of the person, when a tool acts for several.
    public var user: String?
    public var method: String
    /// What it was about, as the caller named it; never a phone number.
    public var subject: String?
    /// All parameters as JSON; only their digest is kept.
    public var parameters: [UInt8]
    /// `done`, or the slug of the fault.
    public var outcome: String
    /// Earlier refusals of the same caller that were counted and not written.
    public var uncounted: Int

    public init(
        uid: UInt32,
        role: String?,
        user: String? = nil,
        method: String,
        subject: String?,
        parameters: [UInt8],
        outcome: String,
        uncounted: Int = 0
    ) {
        (self.uid, self.role, self.user, self.method, self.subject) = (uid, role, user, method, subject)
        (self.parameters, self.outcome, self.uncounted) = (parameters, outcome, uncounted)
    }
}

/// A line of the audit log.
public struct AuditEntry: Sendable, Hashable {
    /// From 1, without gaps.
    public let seq: Int64
    public let at: Timestamp
    public let uid: UInt32
    public let role: String?
    public let user: String?
    public let method: String
    public let subject: String?
    /// SHA-256 of the parameters.
    public let digest: [UInt8]
    public let outcome: String
    public let uncounted: Int
    /// SHA-256 of the hash before it and of all that is said here.
    public let hash: [UInt8]

    /// What an entry's hash must be.
    func expectedHash(after previous: [UInt8]) -> [UInt8] {
        var hasher = SHA256()
        hasher.update(data: previous)
        // With its length before it no field can pass for two.
        func add(_ text: String?) { hasher.update(data: Array("\(text.map { $0.utf8.count } ?? -1):\(text ?? "")".utf8)) }
        for number in [seq, at.milliseconds, Int64(uid), Int64(uncounted)] { add(String(number)) }
        for text in [role, user, method, subject, outcome] { add(text) }
        hasher.update(data: digest)
        return Array(hasher.finalize())
    }
}

extension AuditEntry {
    init(_ row: Row) {
        self.init(
            seq: row["seq"],
            at: row.time("at"),
            uid: UInt32(truncatingIfNeeded: row["uid"] as Int64),
            role: row["role"],
            user: row["user"],
            method: row["method"],
            subject: row["subject"],
            digest: [UInt8](row["digest"] as Data),
            outcome: row["outcome"],
            uncounted: row["uncounted"],
            hash: [UInt8](row["hash"] as Data)
        )
    }

    /// The first entry follows this.
    static let origin = [UInt8](repeating: 0, count: 32)
}

extension Transaction {
    /// Writes into the audit log, in the commit of what is noted.
    @discardableResult
    public func audit(_ note: AuditNote) throws -> AuditEntry {
        // Text is bound as far as the first NUL, and what was hashed must be what is found.
        guard [note.role, note.user, note.method, note.subject, note.outcome].allSatisfy({ $0?.utf8.contains(0) != true }) else {
            throw StoreFailure.refused("a text of the audit log has a NUL in it")
        }
        let last = try db.row("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
        let seq: Int64 = last.map { $0["seq"] + 1 } ?? 1
        func entry(_ hash: [UInt8]) -> AuditEntry {
            AuditEntry(
                seq: seq,
                at: now,
                uid: note.uid,
                role: note.role,
                user: note.user,
                method: note.method,
                subject: note.subject,
                digest: Array(SHA256.hash(data: note.parameters)),
                outcome: note.outcome,
                uncounted: note.uncounted,
                hash: hash
            )
        }
        let written = entry(entry([]).expectedHash(after: last.map { [UInt8]($0["hash"] as Data) } ?? AuditEntry.origin))
        try db.run(
            """
            INSERT INTO audit (seq, at, uid, role, user, method, subject, digest, outcome, uncounted, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                written.seq, written.at.milliseconds, Int64(written.uid), written.role, written.user, written.method, written.subject,
                Data(written.digest), written.outcome, written.uncounted, Data(written.hash),
            ]
        )
        return written
    }
}

/// How far the audit log was found to be whole.
public struct AuditProof: Sendable, Hashable {
    /// Entries that are as they were written, from the first one on.
    public var entries: Int64 = 0
    /// The hash of the last of them.
    public var hash = AuditEntry.origin
    /// The first place where an entry was changed, or is missing.
    public var brokenAt: Int64?

    public init() {}
}

extension Snapshot {
    /// The newest entries before `seq`.
    public func auditEntries(before seq: Int64?, limit: Int) throws -> [AuditEntry] {
        try db.rows("SELECT * FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?", [seq ?? .max, limit]).map { AuditEntry($0) }
    }

    /// Whether an entry has this hash.
    public func hasAuditEntry(hash: [UInt8]) throws -> Bool {
        try db.row("SELECT 1 AS one FROM audit WHERE hash = ?", [Data(hash)]) != nil
    }

    /// Looks at the entries that follow those which a proof covers already; at most so many. Nil when there are no more.
    public func prove(_ proof: AuditProof, limit: Int) throws -> AuditProof? {
        // None may stand before the first one.
        let after = proof.entries == 0 ? .min : proof.entries
        let rows = try db.rows("SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ?", [after, limit])
        guard !rows.isEmpty else { return nil }
        var proof = proof
        for row in rows {
            let entry = AuditEntry(row)
            // A uid that is too large would be read as another one.
            guard Int64(entry.uid) == row["uid"], entry.seq == proof.entries + 1, entry.hash == entry.expectedHash(after: proof.hash) else {
                proof.brokenAt = proof.entries + 1
                return proof
            }
            (proof.entries, proof.hash) = (entry.seq, entry.hash)
        }
        return proof
    }
}
