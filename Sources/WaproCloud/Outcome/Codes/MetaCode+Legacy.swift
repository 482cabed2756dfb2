internal import WaproCore

/// Codes of the on-premises API, which old samples and partners still show; each means what its successor does.
extension MetaCode {
    static let legacy: [MetaCode] = [
        .init(470, .never, "window_closed", "more than 24 hours passed since the person's last message", "send a template instead"),
        .init(
            471,
            .halt(.number),
            "spam_rate",
            "Meta restricts the number because people blocked or reported its messages",
            "stop marketing for a day at least, look at the number's quality, then waproctl release, and send less"
        ),
        .init(472, .never, "experiment", "the person is in an experiment of Meta's", "use another channel"),
        .init(480, .never, "identity_changed", "the person's identity may have changed", "verify who it is, then send again"),
        .init(
            500,
            .later(.seconds(30)),
            "something_went_wrong",
            "Meta failed for a reason it does not name",
            "wapro tries again a few times",
            tries: 3
        ),
        .init(501, .never, "message_type", "Meta does not support this type of message", "correct the message, then send it anew"),
        .init(
            1000,
            .later(.seconds(30)),
            "something_went_wrong",
            "Meta failed for a reason it does not name",
            "wapro tries again a few times",
            tries: 3
        ),
        .init(1026, .never, "undeliverable", "the person's app cannot receive this message", "try the person by another channel"),
    ]
}
