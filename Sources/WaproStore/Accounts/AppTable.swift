import GRDB
public import WaproCore

/// A Meta app, as it is known here. Its secrets are not in the store.
public struct AppRecord: Sendable, Hashable {
    public let id: AppID
    public let name: String
    public let origin: EntryOrigin
    /// Meta's id of it, where a command said it.
    public let metaID: String?
    /// Whether every request carries a proof of its secret.
    public let provesSecret: Bool
    /// Which of its secrets are in use: grows with each change of them by a command.
    public let secrets: Int64
}

extension Snapshot {
    public func apps() throws -> [AppRecord] {
        try db.rows("SELECT id, name, origin, meta_id, proves_secret, secrets FROM app ORDER BY id").map {
            AppRecord(
                id: $0.id("id"),
                name: $0["name"],
                origin: EntryOrigin(rawValue: $0["origin"]) ?? .configuration,
                metaID: $0["meta_id"],
                provesSecret: $0["proves_secret"],
                secrets: $0["secrets"]
            )
        }
    }
}
