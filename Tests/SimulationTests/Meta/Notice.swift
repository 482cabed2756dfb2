import WaproCore

/// One piece of news that Meta has for us, and keeps until it was answered 200.
struct Notice {
    enum Content {
        case status(StatusFact, wamid: String, phone: String, code: Int?, callback: String?)
        case text(wamid: String, phone: String)
        case preference(stops: Bool, phone: String)
    }

    var content: Content
    var phoneNumberID: String
    /// Meta's time of it.
    var at: Timestamp
    /// From when on it can be delivered.
    var due: Duration

    /// A body as Meta posts it, with several changes; the serial makes each delivery a body of its own.
    static func body(_ notices: [Notice], serial: Int) -> String {
        let changes = notices.map(\.change).joined(separator: ",")
        return #"{"object":"whatsapp_business_account","entry":[{"id":"500","time":\#(1_795_000_000 + serial),"changes":[\#(changes)]}]}"#
    }

    private var seconds: Int64 { at.milliseconds / 1000 }

    private var change: String {
        switch content {
        case .status(let fact, let wamid, let phone, let code, let callback):
            let errors = code.map { #","errors":[{"code":\#($0),"title":"t","message":"m","error_data":{"details":"d"}}]"# } ?? ""
            let data = callback.map { #","biz_opaque_callback_data":"\#($0)""# } ?? ""
            let word = "\(fact)"
            return change(
                "messages",
                #""statuses":[{"id":"\#(wamid)","status":"\#(word)","timestamp":"\#(seconds)","recipient_id":"\#(phone)"\#(data)\#(errors)}]"#
            )
        case .text(let wamid, let phone):
            let message = #"{"from":"\#(phone)","id":"\#(wamid)","timestamp":"\#(seconds)","type":"text","text":{"body":"hi"}}"#
            return change("messages", #""contacts":[{"profile":{"name":"Ada"},"wa_id":"\#(phone)"}],"messages":[\#(message)]"#)
        case .preference(let stops, let phone):
            let value = stops ? "stop" : "resume"
            let preference =
                #"{"wa_id":"\#(phone)","detail":"d","category":"marketing_messages","value":"\#(value)","timestamp":\#(seconds)}"#
            return change("user_preferences", #""contacts":[{"wa_id":"\#(phone)"}],"user_preferences":[\#(preference)]"#)
        }
    }

    private func change(_ field: String, _ value: String) -> String {
        let metadata = #"{"display_phone_number":"4930123456","phone_number_id":"\#(phoneNumberID)"}"#
        return #"{"field":"\#(field)","value":{"messaging_product":"whatsapp","metadata":\#(metadata),\#(value)}}"#
    }
}
