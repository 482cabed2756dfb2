import GRDB
public import WaproCore

extension Transaction {
    /// Takes over what a webhook says of a template's status; false when the template is not known here, and the next sync will tell.
    ///
    /// - Parameter time: Meta's time of the change. One that is more than a minute older than what is stored came late and is passed
    ///   over; the minute allows for two changes that overtake each other by Meta's clock and ours.
    public func note(
        _ status: Template.Status,
        ofTemplate name: String,
        language: String,
        wabaID: String,
        at time: Timestamp?
    ) throws -> Bool {
        guard
            let row = try db.row(
                """
                SELECT t.id, t.definition, t.updated_at FROM template t JOIN account a ON a.id = t.account
                WHERE a.waba_id = ? AND t.name = ? AND t.language = ?
                """,
                [wabaID, name, language]
            )
        else { return false }
        var template: Template = try Stored.decode(row["definition"])
        let isLate = time.map { $0.advanced(by: .seconds(60)) < row.time("updated_at") } ?? false
        guard template.status != status, !isLate else { return true }
        template.status = status
        try db.run(
            "UPDATE template SET status = ?2, definition = ?3, updated_at = ?4 WHERE id = ?1",
            [row["id"] as Int64, status.rawValue, try Stored.encode(template), now.milliseconds]
        )
        try record(Event(topic: .template, because: .metaStatus, detail: "\(name) \(language)"))
        return true
    }
}
