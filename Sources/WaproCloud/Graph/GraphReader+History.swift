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

/// The newest part of a number's history.
public struct HistoryPages: Sendable, Hashable {
    public var entries: [HistoryEntry]
    /// Calls that were made.
    public var calls: Int
    /// Everything that came up at this time or later is in `entries`; nil when nothing is known to be whole.
    public var completeSince: Timestamp?

    public init(entries: [HistoryEntry], calls: Int, completeSince: Timestamp?) {
        (self.entries, self.calls, self.completeSince) = (entries, calls, completeSince)
    }
}

extension GraphReader {
    /// How much later an entry may have come up than one that is listed before it: its first event takes a while.
    private static let disorder = Duration.seconds(120)

    /// The last messages of a number, newest first, back to `since`; at most so many pages, each of which is a call.
    ///
    /// Meta documents no order. Where the entries do not go back in time nothing is taken for whole.
    public func messageHistory(
        of phoneNumberID: String,
        since: Timestamp,
        pages: Int,
        credentials: GraphCredentials
    ) async throws(GraphFailure) -> HistoryPages {
        var read = HistoryPages(entries: [], calls: 0, completeSince: nil)
        var after: String?
        while read.calls < pages {
            var query = [("fields", "id,message_id,events{delivery_status,timestamp}"), ("limit", String(Self.pageSize))]
            if let after { query.append(("after", after)) }
            let page = try await get(endpoint.url(phoneNumberID, "message_history", query: query + credentials.query), credentials)
            read.calls += 1
            guard let data = page["data"]?.elements else { throw .unreadable }
            let entries = data.map(HistoryEntry.init)
            read.entries += entries.compactMap(\.self)
            // What cannot be read may be the very entry that another one is mistaken for.
            guard !entries.contains(nil), Self.goesBack(read.entries) else {
                read.completeSince = nil
                return read
            }
            guard page["paging"]?["next"] != nil else {
                read.completeSince = Timestamp(milliseconds: 0)
                return read
            }
            read.completeSince = read.entries.compactMap(\.at).min()
            if let oldest = read.completeSince, oldest < since { return read }
            guard let cursor = page["paging"]?["cursors"]?["after"]?.string, cursor != after else { return read }
            after = cursor
        }
        return read
    }

    private static func goesBack(_ entries: [HistoryEntry]) -> Bool {
        var oldest: Timestamp?
        for at in entries.compactMap(\.at) {
            if let oldest, at > oldest.advanced(by: disorder) { return false }
            oldest = min(oldest ?? at, at)
        }
        return true
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
