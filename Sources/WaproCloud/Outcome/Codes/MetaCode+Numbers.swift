internal import WaproCore

/// The number's own state, and its setup.
extension MetaCode {
    static let numbers: [MetaCode] = [
        .init(
            131037,
            .halt(.number),
            "display_name_needed",
            "the number has no approved display name",
            "have a display name approved; then waproctl release"
        ),
        .init(131045, .halt(.number), "registration_problem", "the number's registration or certificate is not in order", register),
        .init(
            133000,
            .halt(.number),
            "deregistration_incomplete",
            "an earlier deregistration did not end",
            "deregister again, then register; then waproctl release"
        ),
        .init(133005, .never, "pin_wrong", "the two-step PIN is wrong", "use the right PIN, or reset it in WhatsApp Manager"),
        .init(
            133006,
            .halt(.number),
            "number_unverified",
            "the number has to be verified first",
            "verify it by the code, then register; then waproctl release"
        ),
        .init(133008...133009, .never, "pin_attempts", "too many PINs, or too quickly", "wait as long as Meta's details say"),
        .init(133010, .halt(.number), "not_registered", "the number is not registered on the platform", register),
        .init(
            133015,
            .halt(.number),
            "number_just_deleted",
            "the number was deleted a moment ago",
            "wait five minutes, then register; then waproctl release"
        ),
        .init(133016, .never, "registration_limit", "the number was registered too often", "wait 72 hours"),
        .init(134011, .never, "payments_terms", "the terms of WhatsApp Payments are not accepted", "accept them in WhatsApp Manager"),
        .init(
            1_752_041,
            .never,
            "onboarding_repeated",
            "onboarding for marketing messages was asked for twice",
            "nothing: it is under way"
        ),
        .init(2_494_164...2_494_179, .never, "sign_ups", "Meta refused a sign-up setting", "look at it in WhatsApp Manager"),
        .init(2_593_079, .never, "account_migration", "the account's migration failed", "look at it in WhatsApp Manager"),
        .init(2_593_085, .never, "account_migration", "the account's migration failed", "look at it in WhatsApp Manager"),
        .init(
            2_593_107...2_593_108,
            .never,
            "history_sync",
            "history was asked for twice, or later than a day after onboarding",
            "off-board the number and onboard it again"
        ),
        .init(2_593_109, .never, "history_declined", "the business does not share its history", "nothing: it is the owner's choice"),
    ]

    private static let register = "register the number again with its PIN; then waproctl release"
}
