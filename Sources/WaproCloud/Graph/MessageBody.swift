public import WaproCore

/// Bodies of `POST /{phone_number_id}/messages` (whatsapp-cloud-api.md §2.1–2.5), written straight into bytes.
///
/// Every one carries `biz_opaque_callback_data`, which is how a status finds its attempt (DESIGN §3.3).
public enum MessageBody {
    /// A text message, at most 4,096 characters. Only inside the conversation window.
    /// - Parameters:
    ///   - callbackData: `CallbackData.render`; Meta allows 512 characters.
    ///   - previewsLink: show a preview of the first link.
    ///   - replyingTo: wamid of the message that is quoted.
    public static func text(
        _ text: String,
        to recipient: MessageRecipient,
        callbackData: String,
        previewsLink: Bool = false,
        replyingTo: String? = nil
    ) -> [UInt8] {
        var body = opening(recipient, callbackData, type: "text", reserving: text.utf8.count)
        if let replyingTo {
            body.append(#","context":{"message_id":"#)
            body.appendQuoted(replyingTo)
            body.append("}")
        }
        body.append(previewsLink ? #","text":{"preview_url":true,"body":"# : #","text":{"body":"#)
        body.appendQuoted(text)
        body.append("}}")
        return body
    }

    /// A template message to one recipient. For many, `CampaignBody` does the constant part once.
    public static func template(_ message: FilledTemplate, to recipient: MessageRecipient, callbackData: String) -> [UInt8] {
        var body = opening(recipient, callbackData, type: "template", reserving: 512)
        TemplateJSON.append(name: message.name, language: message.language, message.components, to: &body) { $1.appendQuoted($0) }
        body.append("}")
        return body
    }

    /// Everything before the node that `type` names.
    static func opening(
        _ recipient: MessageRecipient,
        _ callbackData: String,
        type: StaticString,
        reserving count: Int
    ) -> [UInt8] {
        var body: [UInt8] = []
        body.reserveCapacity(256 + count)
        body.append(#"{"messaging_product":"whatsapp","recipient_type":"individual""#)
        recipient.append(to: &body)
        body.append(#","biz_opaque_callback_data":"#)
        body.appendQuoted(callbackData)
        body.append(#","type":""#)
        body.append(type)
        body.append("\"")
        return body
    }
}
