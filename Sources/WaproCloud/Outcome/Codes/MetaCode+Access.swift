internal import WaproCore

/// Tokens, permissions, and the standing of the account.
extension MetaCode {
    static let access: [MetaCode] = [
        .init(0, .halt(.account), "not_authenticated", "Meta cannot authenticate the app user", newToken),
        .init(3, .halt(.account), "capability_missing", "the app lacks a capability or permission for this call", permissions),
        .init(10, .halt(.account), "permission_denied", "a permission was not granted, or was removed", permissions),
        .init(102, .halt(.account), "session_invalid", "the token's session is not valid", newToken),
        .init(104, .halt(.account), "token_missing", "the call needs an access token or a proof that did not arrive", newToken),
        .init(
            2500,
            .halt(.account),
            "path_refused",
            "Meta does not know the path, or wants a token for it",
            "check the base address, the Graph version and the token, then restart waprod"
        ),
        .init(190, .halt(.account), "token_invalid", "the access token is not valid or has expired", newToken),
        .init(200...299, .halt(.account), "permission_missing", "the token has no permission for this account", permissions),
        .init(368, .halt(.account), "policy_block", "Meta restricted the account for a policy violation", standing),
        .init(131005, .halt(.account), "access_denied", "the token has no access to this account or number", permissions),
        .init(131031, .halt(.account), "account_locked", "Meta locked the account, for its policy or for wrong data", standing),
        .init(
            131042,
            .halt(.account),
            "payment_problem",
            "Meta cannot bill the account",
            "settle the payment method, currency and time zone in the billing hub; then waproctl release"
        ),
        .init(
            131044,
            .halt(.account),
            "payment_method_missing",
            "the account has no payment method for this",
            "add a payment method in the billing hub; then waproctl release"
        ),
        .init(
            131064,
            .halt(.account),
            "misclassification_block",
            "Meta capped template sending because templates were put into the wrong category",
            standing
        ),
        .init(141002, .halt(.account), "health_account", "Meta's health check blocks the account", standing),
        .init(
            141006,
            .halt(.account),
            "health_payment",
            "Meta's health check finds a payment problem",
            "settle the payment method in the billing hub; then waproctl release"
        ),
        .init(141010, .halt(.account), "health_restricted", "Meta's health check finds the account restricted", standing),
    ]

    static let appSecretProof = MetaCode(
        100,
        .halt(.account),
        "appsecret_proof",
        "the app wants a proof of its secret with every call, and did not get a good one",
        "configure the app secret, switch its proof on and restart waprod"
    )

    static let unknownObject = MetaCode(
        100,
        .halt(.number),
        "number_not_found",
        "Meta does not know this phone number id, or the token may not use it",
        "compare the phone number id with WhatsApp Manager, and the token's accounts; then waproctl release"
    )

    /// The subcodes of 190.
    static let tokenSubcodes: [Int: MetaCode] = [
        458: .init(190, .halt(.account), "app_removed", "the app was removed from the account that gave the token", newToken),
        460: .init(190, .halt(.account), "password_changed", "the password behind the token was changed", newToken),
        463: .init(190, .halt(.account), "token_expired", "the access token has expired", newToken),
        464: .init(190, .halt(.account), "user_unconfirmed", "the user behind the token is not confirmed", newToken),
        467: .init(190, .halt(.account), "token_invalid", "the access token is no longer valid", newToken),
    ]

    private static let newToken =
        "make a system-user token that does not expire, put it in place and restart waprod; nothing is lost meanwhile"
    private static let permissions =
        "give the system user the account and the permissions whatsapp_business_messaging and whatsapp_business_management; then waproctl release"
    private static let standing =
        "look at the account's quality and restrictions in WhatsApp Manager; waproctl release when they are lifted"
}
