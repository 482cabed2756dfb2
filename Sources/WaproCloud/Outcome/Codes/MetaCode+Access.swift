internal import WaproCore

/// Tokens, permissions, and the standing of the account.
extension MetaCode {
    static let access: [MetaCode] = [
        .init(0, .halt(.account), "not_authenticated", "Meta cannot authenticate the app user", newToken, .credentials),
        .init(
            3,
            .halt(.account),
            "capability_missing",
            "the app lacks a capability or permission for this call",
            permissions,
            .credentials
        ),
        .init(10, .halt(.account), "permission_denied", "a permission was not granted, or was removed", permissions, .credentials),
        .init(102, .halt(.account), "session_invalid", "the token's session is not valid", newToken, .credentials),
        .init(
            104,
            .halt(.account),
            "token_missing",
            "the call needs an access token or a proof that did not arrive",
            newToken,
            .credentials
        ),
        .init(
            2500,
            .halt(.account),
            "path_refused",
            "Meta does not know the path, or wants a token for it",
            "check the base address and the Graph version, then restart waprod; or the token, with waproctl account check",
            .credentials
        ),
        .init(190, .halt(.account), "token_invalid", "the access token is not valid or has expired", newToken, .credentials),
        .init(200...299, .halt(.account), "permission_missing", "the token has no permission for this account", permissions, .credentials),
        .init(368, .halt(.account), "policy_block", "Meta restricted the account for a policy violation", standing),
        .init(131005, .halt(.account), "access_denied", "the token has no access to this account or number", permissions, .credentials),
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
        .init(
            2200,
            .never,
            "callback_not_verified",
            "Meta called the callback URL and did not get its challenge back",
            "check that the URL leads to /webhook/ and the app's name of this waprod, by https with a certificate that Meta trusts"
        ),
        .init(141010, .halt(.account), "health_restricted", "Meta's health check finds the account restricted", standing),
    ]

    static let appSecretProof = MetaCode(
        100,
        .halt(.account),
        "appsecret_proof",
        "the app wants a proof of its secret with every call, and did not get a good one",
        "configure the app secret, switch its proof on and restart waprod",
        .credentials
    )

    static let unknownObject = MetaCode(
        100,
        .halt(.number),
        "number_not_found",
        "Meta does not know this phone number id, or the token may not use it",
        "compare the phone number id with WhatsApp Manager, and the token's accounts; then waproctl release",
        .credentials
    )

    /// The subcodes of 190.
    static let tokenSubcodes: [Int: MetaCode] = [
        458: .init(190, .halt(.account), "app_removed", "the app was removed from the account that gave the token", newToken, .credentials),
        460: .init(190, .halt(.account), "password_changed", "the password behind the token was changed", newToken, .credentials),
        463: .init(190, .halt(.account), "token_expired", "the access token has expired", newToken, .credentials),
        464: .init(190, .halt(.account), "user_unconfirmed", "the user behind the token is not confirmed", newToken, .credentials),
        467: .init(190, .halt(.account), "token_invalid", "the access token is no longer valid", newToken, .credentials),
    ]

    private static let newToken =
        "make a system-user token that does not expire and give it with waproctl account token; nothing is lost meanwhile"
    private static let permissions =
        "give the system user the account and the permissions whatsapp_business_messaging and whatsapp_business_management; then waproctl release"
    private static let standing =
        "look at the account's quality and restrictions in WhatsApp Manager; waproctl release when they are lifted"
}
