import FoundationEssentials
import GRDB
public import WaproCore

/// Where an import stands. Raw values are stored.
public enum ImportState: Int, Sendable, Hashable {
    case reading = 0
    case done = 1
    case failed = 2

    public var slug: String {
        switch self {
        case .reading: "reading"
        case .done: "done"
        case .failed: "failed"
        }
    }
}

/// An import of contacts: what it read and what came of it.
public struct ImportRecord: Sendable, Hashable {
    public let id: ImportID
    public let list: ListID?
    public let defaultRegion: String?
    public let fileName: String?
    public let state: ImportState
    /// Pieces of the file that were taken in; the next one has this index.
    public let pieces: Int
    /// Of the last of them; nil when there is none, or an earlier waprod took it.
    public let lastPiece: PieceDigest?
    /// Rows of the file that were read, bad ones included, the header not.
    public let lines: Int
    public let created: Int
    public let updated: Int
    public let unchanged: Int
    public let refused: Int
    /// Why it failed, when it did.
    public let reason: String?
    public let createdAt: Timestamp
    public let updatedAt: Timestamp

    init(_ row: Row) throws {
        id = row.id("id")
        list = row.id(orNil: "list")
        defaultRegion = row["default_region"]
        fileName = row["file_name"]
        state = try row.state("state")
        pieces = row["pieces"]
        lastPiece = (row["last_piece"] as Data?).map { PieceDigest(stored: Array($0)) }
        lines = row["lines"]
        created = row["created"]
        updated = row["updated"]
        unchanged = row["unchanged"]
        refused = row["refused"]
        reason = row["reason"]
        createdAt = row.time("created_at")
        updatedAt = row.time("updated_at")
    }
}

/// A row of a file that was refused.
public struct ImportFault: Sendable, Hashable {
    /// Physical line in the file, from 1.
    public var line: Int
    /// The column's header, where one column is at fault.
    public var field: String?
    public var reason: String

    public init(line: Int, field: String?, reason: String) {
        (self.line, self.field, self.reason) = (line, field, reason)
    }
}

/// What a piece of a file added to its import.
public struct ImportProgress: Sendable, Hashable {
    public var lines = 0
    public var created = 0
    public var updated = 0
    public var unchanged = 0
    public var refused = 0

    public init() {}
}

extension Snapshot {
    public func contactImport(_ id: ImportID) throws -> ImportRecord? {
        try db.row("SELECT * FROM import WHERE id = ?", [id.rawValue]).map(ImportRecord.init)
    }

    /// Imports, newest first.
    public func contactImports(before: ImportID?, limit: Int) throws -> [ImportRecord] {
        try db.rows("SELECT * FROM import WHERE id < ? ORDER BY id DESC LIMIT ?", [before?.rawValue ?? Int64.max, limit]).map(
            ImportRecord.init
        )
    }

    public func importFaults(_ id: ImportID, after line: Int, limit: Int) throws -> [ImportFault] {
        try db.rows("SELECT * FROM import_fault WHERE import = ? AND line > ? ORDER BY line LIMIT ?", [id.rawValue, line, limit]).map {
            ImportFault(line: $0["line"], field: $0["field"], reason: $0["reason"])
        }
    }
}

extension Transaction {
    public func beginImport(list: ListID?, defaultRegion: String?, fileName: String?) throws -> ImportID {
        let id = mint(ImportID.self)
        try db.run(
            "INSERT INTO import (id, list, default_region, file_name, state, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, 0, ?5, ?5)",
            [id.rawValue, list?.rawValue, defaultRegion, fileName, now.milliseconds]
        )
        try record(Event(topic: .contactImport, because: .asked, detail: "\(id)"))
        return id
    }

    /// Adds what a few rows came to.
    public func note(_ progress: ImportProgress, faults: [ImportFault], of id: ImportID) throws {
        try db.run(
            """
            UPDATE import SET lines = lines + ?2, created = created + ?3, updated = updated + ?4, unchanged = unchanged + ?5,
                refused = refused + ?6, updated_at = ?7 WHERE id = ?1
            """,
            [
                id.rawValue, progress.lines, progress.created, progress.updated, progress.unchanged, progress.refused, now.milliseconds,
            ]
        )
        for fault in faults {
            try db.run(
                "INSERT INTO import_fault (import, line, field, reason) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [id.rawValue, fault.line, fault.field, fault.reason]
            )
        }
    }

    /// A piece of the file has been taken in whole.
    public func finishPiece(_ index: Int, _ digest: PieceDigest, of id: ImportID) throws {
        try db.run(
            "UPDATE import SET pieces = ?2, last_piece = ?3, updated_at = ?4 WHERE id = ?1 AND pieces < ?2",
            [id.rawValue, index + 1, Data(digest.bytes), now.milliseconds]
        )
    }

    public func finishImport(_ id: ImportID, as state: ImportState, reason: String? = nil) throws {
        try db.run(
            "UPDATE import SET state = ?2, reason = ?3, updated_at = ?4 WHERE id = ?1 AND state = 0",
            [id.rawValue, state.rawValue, reason, now.milliseconds]
        )
        try record(Event(topic: .contactImport, to: state.rawValue, because: .nothingLeft, detail: "\(id)"))
    }

    /// Imports that a crash or a lost client left half-read cannot go on: the reader's place in the file is gone.
    public func abandonImports(reason: String) throws {
        try db.run("UPDATE import SET state = 2, reason = ?, updated_at = ? WHERE state = 0", [reason, now.milliseconds])
    }
}
