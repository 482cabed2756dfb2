import GRDB
public import WaproCore

extension Snapshot {
    /// The person that a status is about; nil when its message is not one of ours.
    public func recipient(of news: StatusNews) throws -> ContactID? {
        if let attempt = news.attempt {
            return try db.row("SELECT contact FROM message WHERE id = ?", [attempt.message.rawValue])?.id("contact")
        }
        return try db.row("SELECT contact FROM message WHERE wamid = ? AND is_inbound = 0", [news.wamid])?.id("contact")
    }
}
