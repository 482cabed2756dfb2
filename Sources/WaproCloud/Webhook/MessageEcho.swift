public import WaproCore

/// A message that the business sent from the phone, or with another application (`smb_message_echoes`, `message_echoes`; §6.6). Personal data.
public struct MessageEcho: Sendable, Hashable {
    /// wamid.
    public var id: String
    /// Digits of the person; nil for people with a username only.
    public var to: String?
    public var userID: String?
    public var at: Timestamp
    /// `text`, `image` and so on; `edit` and `revoke` change an earlier one.
    public var type: String
    /// The node named after the type, as it came.
    public var node: String?
}

extension MessageEcho {
    init(_ value: JSONValue) throws(Missing) {
        id = try value.need("id")
        type = try value.need("type")
        at = try value.needTime()
        to = value["to"]?.text
        userID = value["to_user_id"]?.string
        guard to != nil || userID != nil else { throw Missing("to or to_user_id") }
        node = value[named: type]?.rawText
    }
}
