import MetaSim
import Testing
import WaproCore

/// Webhooks that the simulated Meta does not send by itself, in Meta's words.
extension Stage {
    private static let number = StandardWorld.highThroughputPhoneNumberID

    /// A person writes to the number "offers", or to another.
    func hear(_ text: String, from person: String, at number: String = StandardWorld.highThroughputPhoneNumberID) async throws {
        #expect(simulator.sendInbound(InboundMessage(from: person, text: text, to: number)) != nil)
        try await settle()
    }

    /// A status of a message of the number "offers".
    func tell(_ status: String, of wamid: String, to person: String, callbackData: String? = nil, code: Int? = nil) {
        let data = callbackData.map { #","biz_opaque_callback_data":"\#($0)""# } ?? ""
        let errors = code.map { #","errors":[{"code":\#($0),"title":"t","message":"m","error_data":{"details":"d"}}]"# } ?? ""
        let status =
            #"{"id":"\#(wamid)","status":"\#(status)","timestamp":"\#(now)","recipient_id":"\#(digits(person))"\#(data)\#(errors)}"#
        post("messages", #""statuses":[\#(status)]"#)
    }

    /// Somebody of the company wrote to a person from the phone app.
    func echo(_ text: String, wamid: String, to person: String) {
        let echo =
            #"{"from":"442079460999","to":"\#(digits(person))","id":"\#(wamid)","timestamp":"\#(now)","type":"text","text":{"body":"\#(text)"}}"#
        post(
            "smb_message_echoes",
            #""contacts":[{"profile":{"name":"Ada"},"wa_id":"\#(digits(person))"}],"message_echoes":[\#(echo)]"#
        )
    }

    /// A person stops marketing messages in WhatsApp.
    func stopsMarketing(_ person: String) {
        let value = #"{"wa_id":"\#(digits(person))","detail":"d","category":"marketing_messages","value":"stop","timestamp":\#(now)}"#
        post("user_preferences", #""contacts":[{"wa_id":"\#(digits(person))"}],"user_preferences":[\#(value)]"#)
    }

    private func post(_ field: String, _ parts: String) {
        let metadata = #""metadata":{"display_phone_number":"442079460999","phone_number_id":"\#(Self.number)"}"#
        #expect(simulator.sendChange(field: field, value: #"{"messaging_product":"whatsapp",\#(metadata),\#(parts)}"#))
    }

    private var now: Int64 { WallClock.live.now().milliseconds / 1000 }

    private func digits(_ person: String) -> String { person.filter(\.isNumber) }
}
