import GRDB
public import WaproCore

extension Snapshot {
    /// The message that a status is about; nil when it is not one of ours.
    public func outbound(_ news: StatusNews) throws -> MessageRecord? {
        if let attempt = news.attempt { return try message(attempt.message) }
        return try message(wamid: news.wamid).flatMap { try message($0) }
    }

    /// The person that a status is about; nil when its message is not one of ours.
    public func recipient(of news: StatusNews) throws -> ContactID? {
        if let attempt = news.attempt {
            return try db.row("SELECT contact FROM message WHERE id = ?", [attempt.message.rawValue])?.id("contact")
        }
        return try db.row("SELECT contact FROM message WHERE wamid = ? AND is_inbound = 0", [news.wamid])?.id("contact")
    }
}
