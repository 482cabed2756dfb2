internal import WaproCore

/// Templates and flows: what hits one recipient hits all, so the campaign stops.
extension MetaCode {
    static let templates: [MetaCode] = [
        .init(
            131063,
            .halt(.campaign),
            "marketing_disabled",
            "marketing templates are switched off for this account on the Cloud API",
            "use Meta's Marketing Messages API for it, or have it switched on"
        ),
        .init(132000, .halt(.campaign), "parameter_count", "the number of parameters is not the template's", resync),
        .init(
            132001,
            .halt(.campaign),
            "template_missing",
            "the template does not exist in this language, or is not approved",
            "sync the templates; right after an approval wait two minutes; then resume"
        ),
        .init(132005, .never, "text_too_long", "with this person's values the text is too long", "shorten the values"),
        .init(132007, .halt(.campaign), "template_policy", "the template's content violates Meta's policy", "change the template"),
        .init(132008, .halt(.campaign), "parameter_format", "a parameter does not have the template's format", resync),
        .init(132012, .halt(.campaign), "parameter_format", "a parameter does not have the template's format", resync),
        .init(
            132015,
            .halt(.campaign),
            "template_paused",
            "Meta paused the template for its quality",
            "wait until Meta unpauses it, or use another template; then resume"
        ),
        .init(132016, .halt(.campaign), "template_disabled", "Meta disabled the template for good", "make another template"),
        .init(
            132018,
            .never,
            "parameter_text",
            "a value has a line break, a tab or more than four spaces in a row, or is otherwise not allowed",
            "correct the person's values"
        ),
        .init(132021, .never, "template_name_clash", "the name of a direct message clashes with a template's", "choose another name"),
        .init(132068, .halt(.campaign), "flow_blocked", "the flow is blocked", "look at the flow in WhatsApp Manager"),
        .init(132069, .halt(.campaign), "flow_throttled", "the flow is throttled", "look at the flow in WhatsApp Manager; resume later"),
        .init(
            134100,
            .halt(.campaign),
            "marketing_only",
            "this way of sending takes marketing templates only",
            "send the template the ordinary way"
        ),
        .init(
            134101,
            .later(.seconds(600)),
            "template_syncing",
            "the template is not ready yet for marketing messages",
            "wapro waits ten minutes and tries again"
        ),
        .init(
            134102...134103,
            .halt(.campaign),
            "template_not_eligible",
            "the template cannot be sent as a marketing message",
            "send the template the ordinary way"
        ),
        .init(
            139000...139004,
            .halt(.campaign),
            "flow_refused",
            "the flow is blocked or throttled",
            "look at the flow in WhatsApp Manager"
        ),
        .init(
            139200,
            .halt(.campaign),
            "direct_send_blocked",
            "Meta blocked direct sending for this account",
            "send an approved template instead"
        ),
        .init(
            2_388_000...2_388_399,
            .never,
            "template_creation",
            "Meta refused the template, or the migration of a number",
            "read Meta's message to the user"
        ),
    ]

    private static let resync = "sync the templates and compare the campaign's parameters with the template; then resume"
}
