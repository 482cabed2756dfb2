/// What is about one person: the message fails, others go on.
extension MetaCode {
    static let recipients: [MetaCode] = [
        .init(130403, .never, "blocked_by_us", "this business blocked the person", "unblock the person first"),
        .init(
            130472,
            .never,
            "experiment",
            "the person is in an experiment of Meta's and gets no marketing messages",
            "use another channel"
        ),
        .init(
            130497,
            .never,
            "country_not_allowed",
            "the account may not message people in this country",
            "leave the country out of the audience"
        ),
        .init(131021, .never, "recipient_is_sender", "the recipient is the sending number itself", "leave the number out of the audience"),
        .init(
            131026,
            .never,
            "undeliverable",
            "the message cannot be delivered: perhaps no WhatsApp, an old version, or terms not accepted",
            "try the person by another channel; one failure is no proof that the number is wrong"
        ),
        .init(
            131030,
            .never,
            "not_on_test_list",
            "a test number may only message people on its list",
            "add the number to the list in the app dashboard, or use a real business number"
        ),
        .init(131047, .never, "window_closed", "more than 24 hours passed since the person's last message", "send a template instead"),
        .init(
            131050,
            .never,
            "marketing_opt_out",
            "the person stopped marketing messages from this business",
            "wapro records the opt-out; do not send marketing again",
            .optOut
        ),
        .init(131062, .never, "phone_needed", "this kind of message cannot go to a user id", "ask the person for the phone number"),
        .init(137000, .never, "identity_changed", "the person's identity key changed", "verify who it is, then send again"),
        .init(131020, .never, "group_unusable", "the group is not valid, or has nobody else in it", "look at the group"),
        .init(131041, .never, "group_unknown", "the group is unknown, or the number is not a member", "look at the group"),
        .init(131201, .unknown, "group_partial", "the message reached only a part of a group", "look at the group's statuses"),
        .init(
            131202...131206,
            .never,
            "group_participants",
            "Meta refused the participants or the picture of a group",
            "look at the group"
        ),
        .init(131207, .never, "group_suspended", "Meta suspended the group", "look at the group"),
        .init(131209...131213, .never, "group_membership", "Meta refused the change of a group", "look at the group"),
        .init(131214...131215, .never, "group_not_eligible", "the number may not have groups", "look at the number's eligibility"),
    ]
}
