internal import WaproCore

/// What is wrong with a request or its content: sending it again cannot help.
extension MetaCode {
    static let messages: [MetaCode] = [
        .init(
            33,
            .halt(.number),
            "number_deleted",
            "the business number was deleted",
            "take the number out of the configuration, or set it up again; then restart waprod"
        ),
        .init(100, .never, "invalid_parameter", "Meta refused a parameter of the request", details),
        .init(506, .never, "duplicate_post", "Meta took it for a repetition", details),
        .init(
            803,
            .halt(.number),
            "id_not_found",
            "Meta does not know an id in the request",
            "compare the phone number id with WhatsApp Manager; then waproctl release"
        ),
        .init(131002, .never, "recipient_type", "the kind of recipient is not valid", details),
        .init(131008, .never, "parameter_missing", "a required parameter is missing", details),
        .init(131009, .never, "parameter_invalid", "a parameter has a value that is not valid, perhaps the phone number", details),
        .init(131014, .never, "media_link", "Meta could not download the media from its link", media),
        .init(131051, .never, "message_type", "Meta does not support this type of message", details),
        .init(131052, .never, "inbound_media", "Meta could not fetch the media that a person sent", "ask the person to send it again"),
        .init(131053, .never, "media", "Meta could not use the media: its type, size, or link", media),
        .init(131055, .never, "method_not_allowed", "this kind of message is not allowed here", details),
        .init(131059, .never, "bad_cursor", "a page cursor has expired", "list again from the start"),
        .init(135000, .never, "user_error", "Meta refused the parameters without saying which", details),
        .init(136025, .never, "undocumented", "Meta refused it with a code that it does not document", details),
    ]

    private static let details = "read Meta's details of the message's failure; correct the message, then send it anew"
    private static let media = "check that the link is https, answers quickly and has an allowed type and size, or upload the media first"
}
