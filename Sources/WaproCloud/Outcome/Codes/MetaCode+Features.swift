/// Calls, blocking, usernames, insights: no answer to a send has these, but the table is whole.
extension MetaCode {
    static let features: [MetaCode] = [
        .init(138000...138007, .never, "call", "Meta refused a call", look),
        .init(138009, .never, "call", "Meta refused a call", look),
        .init(138012...138015, .never, "call", "Meta refused a call", look),
        .init(138017...138024, .never, "call", "Meta refused a call", look),
        .init(
            139100...139103,
            .never,
            "block_users",
            "Meta could not block or unblock a person",
            "only people who wrote in the last 24 hours can be blocked; try again later"
        ),
        .init(147001...147005, .never, "username", "Meta refused the username", look),
        .init(200_005...200_007, .never, "insights", "template insights are not available or not switched on", look),
    ]

    private static let look = "look at the number's settings in WhatsApp Manager"
}
