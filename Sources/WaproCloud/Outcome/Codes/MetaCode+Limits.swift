internal import WaproCore

/// Limits of rate, and Meta's own trouble: what passes.
extension MetaCode {
    static let limits: [MetaCode] = [
        .init(1, .later(.seconds(5)), "unknown_api_error", "Meta had an error that it does not explain", report, tries: 3),
        .init(2, .later(.seconds(30)), "service_down", "Meta's service is down for a moment", waits),
        .init(4, .later(.seconds(60)), "app_rate", "the app made too many calls", waits, .throughput),
        .init(17, .later(.seconds(60)), "user_rate", "the user behind the token made too many calls", waits, .throughput),
        .init(32, .later(.seconds(60)), "page_rate", "too many calls for the page", waits, .throughput),
        .init(341, .later(.seconds(3600)), "app_action_rate", "the app reached a limit of actions", waits, .throughput),
        .init(613, .later(.seconds(60)), "custom_rate", "too many calls of this kind", waits, .throughput),
        .init(80007, .later(.seconds(900)), "account_rate", "too many calls for this WhatsApp Business Account", waits, .throughput),
        .init(80008, .later(.seconds(900)), "business_rate", "too many management calls for this business", waits, .throughput),
        .init(
            130429,
            .later(.seconds(1)),
            "throughput",
            "the number sends more messages a second than Meta allows",
            waits,
            [.throughput, .asyncRetryable]
        ),
        .init(130470, .later(.seconds(5)), "throughput_legacy", "the number sends faster than Meta allows", waits, .throughput),
        .init(131000, .later(.seconds(30)), "something_went_wrong", "Meta failed for a reason it does not name", report, tries: 3),
        .init(131016, .later(.seconds(30)), "service_unavailable", "a service of Meta's is unavailable for a moment", waits),
        .init(131027, .later(.seconds(60)), "feature_unavailable", "a feature of Meta's is unavailable for a moment", waits, tries: 3),
        .init(
            131048,
            .halt(.number),
            "spam_rate",
            "Meta restricts the number because people blocked or reported its messages",
            "stop marketing for a day at least, look at the number's quality, then waproctl release, and send less"
        ),
        .init(
            131049,
            .later(.seconds(86_400)),
            "engagement_cap",
            "Meta held it back: this person gets enough marketing messages already",
            "leave this person alone for a day at least; sooner attempts make it worse",
            [.deferDay, .asyncRetryable],
            tries: 3
        ),
        .init(
            131056,
            .later(.seconds(4)),
            "pair_rate",
            "too many messages from this number to this one person",
            "wapro waits for this person alone",
            [.pairLimited, .asyncRetryable]
        ),
        .init(131057, .later(.seconds(60)), "maintenance", "the account is in maintenance, as while its throughput is raised", waits),
        .init(131208, .later(.seconds(60)), "group_rate", "too many group operations", waits, .throughput),
        .init(133004, .later(.seconds(30)), "server_unavailable", "Meta's server is unavailable for a moment", waits),
        .init(2_494_100, .later(.seconds(60)), "maintenance", "the account is in maintenance, as while its throughput is raised", waits),
    ]

    private static let waits = "wapro waits and tries again; nothing to do unless it lasts"
    private static let report = "wapro tries again a few times; if it lasts, look at Meta's status page"
}
