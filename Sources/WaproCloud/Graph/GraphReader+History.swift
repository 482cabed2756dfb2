internal import FoundationEssentials
public import WaproCore

/// A message as Meta's `message_history` shows it (whatsapp-cloud-api.md §5.1): its id and when it first came up. Nothing in it says which
/// attempt of ours it was. Personal data.
public struct HistoryEntry: Sendable, Hashable {
    public var wamid: String
    /// The earliest of its events; nil when it has none.
    public var at: Timestamp?

    public init(wamid: String, at: Timestamp?) {
        (self.wamid, self.at) = (wamid, at)
    }

    /// The digits of the person's number, which a wamid carries (`1C 18 <length> <digits>`, base64); nil for a person known by user id only.
    public var digits: String? {
        guard wamid.hasPrefix("wamid."), let bytes = Data(base64Encoded: String(wamid.dropFirst(6))), bytes.count > 3, bytes[0] == 0x1C,
            bytes[1] == 0x18
        else { return nil }
        let digits = bytes.dropFirst(3).prefix(Int(bytes[2]))
        guard digits.count >= 7, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return String(decoding: digits, as: UTF8.self)
    }
}

extension GraphReader {
    /// The last messages of a number, newest first, back to `since`; at most so many pages, each of which is a call.
    ///
    /// - Returns: the entries, and how many calls were made.
    public func messageHistory(
        of phoneNumberID: String,
        since: Timestamp,
        pages: Int,
        credentials: GraphCredentials
    ) async throws(GraphFailure) -> (entries: [HistoryEntry], calls: Int) {
        var entries: [HistoryEntry] = []
        var after: String?
        var calls = 0
        while calls < pages {
            var query = [("fields", "id,message_id,events{delivery_status,timestamp}"), ("limit", String(Self.pageSize))]
            if let after { query.append(("after", after)) }
            let page = try await get(endpoint.url(phoneNumberID, "message_history", query: query + credentials.query), credentials)
            calls += 1
            guard let data = page["data"]?.elements else { throw .unreadable }
            let read = data.compactMap(HistoryEntry.init)
            entries += read
            let isPast = read.compactMap(\.at).min().map { $0 < since } ?? false
            guard !isPast, page["paging"]?["next"] != nil, let cursor = page["paging"]?["cursors"]?["after"]?.string, cursor != after else {
                break
            }
            after = cursor
        }
        return (entries, calls)
    }
}

extension HistoryEntry {
    init?(_ value: JSONValue) {
        guard let wamid = value["message_id"]?.text else { return nil }
        let events = value["events"]?["data"]?.elements ?? value["events"]?.elements ?? []
        let times = events.compactMap { $0["timestamp"]?.int.flatMap(WebhookTime.seconds) }
        self.init(wamid: wamid, at: times.min())
    }
}
