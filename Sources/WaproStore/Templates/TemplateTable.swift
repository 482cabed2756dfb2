import FoundationEssentials
import GRDB
public import WaproCore

/// A template as Meta last described it.
public struct TemplateRecord: Sendable, Hashable {
    public let id: TemplateID
    public let account: AccountID
    public let accountName: String
    public let template: Template
    /// Meta no longer lists it.
    public let isGone: Bool
    public let updatedAt: Timestamp

    init(_ row: Row) throws {
        id = row.id("id")
        account = row.id("account")
        accountName = row["account_name"]
        template = try Stored.decode(row["definition"])
        isGone = row["is_gone"]
        updatedAt = row.time("updated_at")
    }
}

/// Values that are stored as JSON text, with keys in order.
enum Stored {
    static func decode<Value: Decodable>(_ text: String, as type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }

    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

/// What a sync of an account's templates changed.
public struct TemplateSync: Sendable, Hashable {
    public var total = 0
    public var added = 0
    public var changed = 0
    public var removed = 0
}

extension Snapshot {
    private static let templateColumns = "SELECT t.*, a.name AS account_name FROM template t JOIN account a ON a.id = t.account"

    public func template(_ id: TemplateID) throws -> TemplateRecord? {
        try db.row("\(Self.templateColumns) WHERE t.id = ?", [id.rawValue]).map(TemplateRecord.init)
    }

    /// Templates of a name: one a language and account.
    public func templates(named name: String, account: AccountID?) throws -> [TemplateRecord] {
        try db.rows(
            "\(Self.templateColumns) WHERE t.name = ?1 AND (?2 IS NULL OR t.account = ?2) AND t.is_gone = 0 ORDER BY t.id",
            [name, account?.rawValue]
        ).map(TemplateRecord.init)
    }

    /// Templates by key; every filter that is given narrows.
    public func templates(account: AccountID?, status: String?, name: String?, after: TemplateID?, limit: Int) throws -> [TemplateRecord] {
        try db.rows(
            """
            \(Self.templateColumns) WHERE t.id > ?1 AND t.is_gone = 0 AND (?2 IS NULL OR t.account = ?2)
                AND (?3 IS NULL OR t.status = upper(?3)) AND (?4 IS NULL OR t.name = ?4) ORDER BY t.id LIMIT ?5
            """,
            [after?.rawValue ?? 0, account?.rawValue, status, name, limit]
        ).map(TemplateRecord.init)
    }
}

extension Transaction {
    /// Takes over an account's whole list as Meta gave it; what is not on it any more is marked gone.
    public func sync(_ templates: [Template], of account: AccountID) throws -> TemplateSync {
        var sync = TemplateSync(total: templates.count)
        var listed: Set<Int64> = []
        for template in templates {
            let definition = try Stored.encode(template)
            let old = try db.row(
                "SELECT id, definition, is_gone FROM template WHERE account = ? AND name = ? AND language = ?",
                [account.rawValue, template.name, template.language]
            )
            let id = old.map { $0["id"] as Int64 } ?? mint(TemplateID.self).rawValue
            listed.insert(id)
            let isGone: Bool = old?["is_gone"] ?? false
            if let old, old["definition"] == definition, !isGone { continue }
            if old == nil { sync.added += 1 } else { sync.changed += 1 }
            try db.run(
                """
                INSERT INTO template (id, account, meta_id, name, language, category, status, quality, definition, updated_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                ON CONFLICT (id) DO UPDATE SET meta_id = ?3, category = ?6, status = ?7, quality = ?8, definition = ?9, updated_at = ?10, is_gone = 0
                """,
                [
                    id, account.rawValue, template.id, template.name, template.language, template.category.rawValue,
                    template.status.rawValue,
                    template.quality?.rawValue, definition, now.milliseconds,
                ]
            )
            try record(
                Event(topic: .template, because: old == nil ? .freshStart : .metaStatus, detail: "\(template.name) \(template.language)")
            )
        }
        for row in try db.rows("SELECT id, name, language FROM template WHERE account = ? AND is_gone = 0", [account.rawValue])
        where !listed.contains(row["id"]) {
            try db.run("UPDATE template SET is_gone = 1, updated_at = ? WHERE id = ?", [now.milliseconds, row["id"] as Int64])
            try record(
                Event(topic: .template, because: .metaStatus, detail: "\(row["name"] as String) \(row["language"] as String) removed")
            )
            sync.removed += 1
        }
        try db.run("UPDATE account SET templates_synced_at = ? WHERE id = ?", [now.milliseconds, account.rawValue])
        return sync
    }
}
