import GRDB
public import WaproCore

/// What Meta says that a template has become.
public enum TemplateChange: Sendable, Hashable {
    case status(Template.Status)
    case category(Template.Category)
}

extension Transaction {
    /// Takes over what a webhook says of a template; false when the template is not known here, and the next sync will tell.
    ///
    /// - Parameter time: Meta's time of the change. One that is older than the last of its kind came late and is passed over, and so is one
    ///   that is more than a minute older than the last sync; the minute allows for Meta's clock and ours.
    public func note(
        _ change: TemplateChange,
        ofTemplate name: String,
        language: String,
        wabaID: String,
        at time: Timestamp?
    ) throws -> Bool {
        guard
            let row = try db.row(
                """
                SELECT t.id, t.definition, t.status_at, t.category_at, a.templates_synced_at
                FROM template t JOIN account a ON a.id = t.account
                WHERE a.waba_id = ? AND t.name = ? AND t.language = ?
                """,
                [wabaID, name, language]
            )
        else { return false }
        let last: Timestamp? = row.time(orNil: change.column)
        let synced = row.time(orNil: "templates_synced_at")
        if let time, last.map({ time < $0 }) ?? false || synced.map({ time.advanced(by: .seconds(60)) < $0 }) ?? false { return true }
        let id: Int64 = row["id"]
        try db.run("UPDATE template SET \(change.column) = ?2 WHERE id = ?1", [id, (time ?? now).milliseconds])
        var template: Template = try Stored.decode(row["definition"])
        let before = template
        switch change {
        case .status(let status): template.status = status
        case .category(let category): template.category = category
        }
        guard template != before else { return true }
        try db.run(
            "UPDATE template SET status = ?2, category = ?3, definition = ?4, updated_at = ?5 WHERE id = ?1",
            [id, template.status.rawValue, template.category.rawValue, try Stored.encode(template), now.milliseconds]
        )
        try record(Event(topic: .template, because: .metaStatus, detail: "\(name) \(language)"))
        return true
    }
}

extension TemplateChange {
    /// Where Meta's time of the last one is.
    fileprivate var column: String {
        switch self {
        case .status: "status_at"
        case .category: "category_at"
        }
    }
}
