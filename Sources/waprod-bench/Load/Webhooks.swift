import Crypto
import Glibc
import MetaSim

/// Webhooks as Meta sends them.
enum Webhooks {
    private static var now: Int { time(nil) }

    /// A body that tells of one or more statuses.
    static func statuses(_ status: String, of messages: some Collection<MetaLog.Message>) -> [UInt8] {
        let nodes = messages.map { message in
            let phone = message.phone.drop { $0 == "+" }
            return """
                {"id":"\(message.wamid)","status":"\(status)","timestamp":"\(now)","recipient_id":"\(phone)",\
                "biz_opaque_callback_data":"\(message.callbackData)",\
                "pricing":{"billable":true,"pricing_model":"PMP","category":"utility","type":"regular"}}
                """
        }
        return change("\"statuses\":[\(nodes.joined(separator: ","))]", of: 0)
    }

    /// A body that tells of a text from a person, the n-th from them, to the n-th number.
    static func text(from phone: String, _ ordinal: Int, to number: Int) -> [UInt8] {
        change(
            """
            "contacts":[{"profile":{"name":"Ada"},"wa_id":"\(phone)"}],"messages":[{"from":"\(phone)","id":"wamid.IN\(phone).\(ordinal)",\
            "timestamp":"\(now)","type":"text","text":{"body":"Is it still there? \(ordinal)"}}]
            """,
            of: number
        )
    }

    private static func change(_ members: String, of number: Int) -> [UInt8] {
        Array(
            """
            {"object":"whatsapp_business_account","entry":[{"id":"\(StandardWorld.accountID)","changes":[{"value":\
            {"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460999","phone_number_id":"\(Meta.number(number))"},\
            \(members)},"field":"messages"}]}]}
            """.utf8
        )
    }

    /// The request that carries a body.
    static func post(_ body: [UInt8]) -> [UInt8] {
        let code = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Array(StandardWorld.appSecret.utf8)))
        let signature = code.map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }.joined()
        let head = """
            POST /webhook/main HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: \(body.count)\r\n\
            x-hub-signature-256: sha256=\(signature)\r\n\r\n
            """
        return Array(head.utf8) + body
    }
}
