@testable import WaproCloud

/// Meta's answers to sends that it refuses.
enum ErrorFixtures {
    static func answer(_ name: String) -> HTTPResult {
        let fixture = all.first { $0.name == name }!
        return .response(HTTPResponse(status: fixture.status, body: Array(fixture.body.utf8), businessUsage: fixture.usage))
    }

    static let all: [(name: String, status: Int, usage: String?, body: String)] = [
        (
            "error_100_33_unknown_object", 400, nil,
            ##"{"error":{"message":"Unsupported post request. Object with ID '451207733986000' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api","type":"GraphMethodException","code":100,"error_subcode":33,"fbtrace_id":"A8f2a1d69ec3f1de275a0cb"}}"##
        ),
        (
            "error_100_appsecret_proof", 400, nil,
            ##"{"error":{"message":"Invalid appsecret_proof provided in the API argument","type":"GraphMethodException","code":100,"fbtrace_id":"A402642fb1f55ba0700dbe7"}}"##
        ),
        (
            "error_100_invalid_parameter", 400, nil,
            ##"{"error":{"message":"(#100) Invalid parameter","type":"OAuthException","code":100,"error_data":{"messaging_product":"whatsapp","details":"Parameter 'text' is mandatory for component parameter type 'text'"},"fbtrace_id":"A112bc754d8530613838f47"}}"##
        ),
        (
            "error_100_missing_messaging_product", 400, nil,
            ##"{"error":{"message":"(#100) The parameter messaging_product is required.","type":"OAuthException","code":100,"fbtrace_id":"A30e3bd15b01ba94663c3ce"}}"##
        ),
        (
            "error_130429_throughput", 400, nil,
            ##"{"error":{"message":"(#130429) Rate limit hit","type":"OAuthException","code":130429,"error_subcode":2494055,"error_data":{"messaging_product":"whatsapp","details":"Cloud API message throughput has been reached."},"fbtrace_id":"Af4f7ca6062f23f216e2ec8"}}"##
        ),
        (
            "error_131008_missing", 400, nil,
            ##"{"error":{"message":"(#131008) Required parameter is missing","type":"OAuthException","code":131008,"error_data":{"messaging_product":"whatsapp","details":"Missing template name"},"fbtrace_id":"Ad426c20e42de6703bca003"}}"##
        ),
        (
            "error_131009_invalid_value", 400, nil,
            ##"{"error":{"message":"(#131009) Parameter value is not valid","type":"OAuthException","code":131009,"error_data":{"messaging_product":"whatsapp","details":"Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3"},"fbtrace_id":"Ab0b707fe84ef79ad3ba49c"}}"##
        ),
        (
            "error_131016_unavailable", 500, nil,
            ##"{"error":{"message":"(#131016) Service unavailable","type":"OAuthException","code":131016,"error_data":{"messaging_product":"whatsapp","details":"A service is temporarily unavailable."},"fbtrace_id":"Af41e15bb2a84e2c0d91c84"}}"##
        ),
        (
            "error_131030_not_in_allowed_list", 400, nil,
            ##"{"error":{"message":"(#131030) Recipient phone number not in allowed list","type":"OAuthException","code":131030,"error_data":{"messaging_product":"whatsapp","details":"Recipient phone number not in allowed list: Add recipient phone number to recipient list and try again."},"fbtrace_id":"Ad7364dcf553730f117f20c"}}"##
        ),
        (
            "error_131031_locked", 403, nil,
            ##"{"error":{"message":"(#131031) Account has been locked","type":"OAuthException","code":131031,"error_data":{"messaging_product":"whatsapp","details":"The WhatsApp Business Account associated with the app has been restricted or disabled for violating a platform policy."},"fbtrace_id":"A74d293a0de142b54410bc1"}}"##
        ),
        (
            "error_131048_spam_rate", 400, nil,
            ##"{"error":{"message":"(#131048) Spam rate limit hit","type":"OAuthException","code":131048,"error_data":{"messaging_product":"whatsapp","details":"Message failed to send because there are restrictions on how many messages can be sent from this phone number. This may be because too many previous messages were blocked or flagged as spam."},"fbtrace_id":"Aed856d25c5ac925ecbc0ee"}}"##
        ),
        (
            "error_131056_pair_rate", 400, nil,
            ##"{"error":{"message":"(#131056) (Business Account, Consumer Account) pair rate limit hit","type":"OAuthException","code":131056,"error_data":{"messaging_product":"whatsapp","details":"Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time."},"fbtrace_id":"A8aa87badef7f32f21c97b6"}}"##
        ),
        (
            "error_131057_maintenance", 500, nil,
            ##"{"error":{"message":"(#131057) Account in maintenance mode","type":"OAuthException","code":131057,"error_data":{"messaging_product":"whatsapp","details":"Business Account is in maintenance mode"},"fbtrace_id":"Ab34b402da790ce798399d0"}}"##
        ),
        (
            "error_131062_bsuid_auth_template", 400, nil,
            ##"{"error":{"message":"(#131062) Business-scoped User ID (BSUID) recipients are not supported for this message","type":"OAuthException","code":131062,"error_data":{"messaging_product":"whatsapp","details":"Authentication templates can only be sent to a phone number."},"fbtrace_id":"Ab54a48dd3dd9b257621efc"}}"##
        ),
        (
            "error_131063_marketing_disabled", 400, nil,
            ##"{"error":{"message":"(#131063) Marketing templates are disabled for Cloud API","type":"OAuthException","code":131063,"error_data":{"messaging_product":"whatsapp","details":"Your template is categorized as Marketing, but marketing templates are currently disabled for your Cloud API configuration."},"fbtrace_id":"A60225f59d13bf942cc7c67"}}"##
        ),
        (
            "error_132000_param_count", 400, nil,
            ##"{"error":{"message":"(#132000) Number of parameters does not match the expected number of params","type":"OAuthException","code":132000,"error_data":{"messaging_product":"whatsapp","details":"body: number of localizable_params (0) does not match the expected number of params (2)"},"fbtrace_id":"A30feec711fb386709bd465"}}"##
        ),
        (
            "error_132001_no_template", 404, nil,
            ##"{"error":{"message":"(#132001) Template name does not exist in the translation","type":"OAuthException","code":132001,"error_data":{"messaging_product":"whatsapp","details":"template name (order_update) does not exist in en_GB"},"fbtrace_id":"Aa7447a728bc8bfca9a3add"}}"##
        ),
        (
            "error_132012_format", 400, nil,
            ##"{"error":{"message":"(#132012) Parameter format does not match format in the created template","type":"OAuthException","code":132012,"error_data":{"messaging_product":"whatsapp","details":"header: Format mismatch, expected IMAGE, received UNKNOWN"},"fbtrace_id":"Ab9858d49f165afd952572d"}}"##
        ),
        (
            "error_132015_paused", 400, nil,
            ##"{"error":{"message":"(#132015) Template is paused","type":"OAuthException","code":132015,"error_data":{"messaging_product":"whatsapp","details":"Template is paused due to low quality so it cannot be sent in a template message."},"fbtrace_id":"A39b3c3ea4ff725094e17d8"}}"##
        ),
        (
            "error_132016_disabled", 400, nil,
            ##"{"error":{"message":"(#132016) Template is disabled","type":"OAuthException","code":132016,"error_data":{"messaging_product":"whatsapp","details":"Template has been paused too many times due to low quality and is now permanently disabled."},"fbtrace_id":"A779d8e86519b515cb71fb3"}}"##
        ),
        (
            "error_132018_param_text", 400, nil,
            ##"{"error":{"message":"(#132018) There's an issue with the parameters in your template","type":"OAuthException","code":132018,"error_data":{"messaging_product":"whatsapp","details":"Param text cannot have new-line/tab characters or more than 4 consecutive spaces"},"fbtrace_id":"A83ca0d8994f6fa514d1468"}}"##
        ),
        (
            "error_133010_not_registered", 400, nil,
            ##"{"error":{"message":"(#133010) The account is not registered","type":"OAuthException","code":133010,"error_data":{"messaging_product":"whatsapp","details":"Phone number not registered on the WhatsApp Business Platform."},"fbtrace_id":"A2e84b478b33d655acd1bf5"}}"##
        ),
        (
            "error_134101_mm_syncing", 400, nil,
            ##"{"error":{"message":"(#134101) Your template is still syncing","type":"OAuthException","code":134101,"error_data":{"messaging_product":"whatsapp","details":"Template syncing can take up to 10 minutes to complete. Wait a few minutes, then send again."},"fbtrace_id":"Afcd11f68fcb0bc44d16224"}}"##
        ),
        (
            "error_190_expired", 401, nil,
            ##"{"error":{"message":"Error validating access token: Session has expired on Saturday, 21-Nov-26 05:00:00 PST. The current time is Sunday, 22-Nov-26 02:00:00 PST.","type":"OAuthException","code":190,"error_subcode":463,"fbtrace_id":"A6750c72089819e0bc5fe37"}}"##
        ),
        (
            "error_190_invalid", 401, nil,
            ##"{"error":{"message":"Invalid OAuth access token - Cannot parse access token","type":"OAuthException","code":190,"fbtrace_id":"A1125c6e1fe2394fba2e60f"}}"##
        ),
        (
            "error_200_permission", 403, nil,
            ##"{"error":{"message":"(#200) You do not have the necessary permissions to send messages on behalf of this WhatsApp Business Account","type":"OAuthException","code":200,"fbtrace_id":"A0aa504484c9811931c6139"}}"##
        ),
        (
            "error_4_app_rate_limit", 400, nil,
            ##"{"error":{"message":"(#4) Application request limit reached","type":"OAuthException","code":4,"is_transient":true,"fbtrace_id":"A18696a7f235bd4e74ffc21"}}"##
        ),
        (
            "error_80007_waba_rate_limit", 400,
            #"{"330918274650112": [{"type": "whatsapp", "call_count": 100, "total_cputime": 20, "total_time": 20, "estimated_time_to_regain_access": 15}]}"#,
            ##"{"error":{"message":"(#80007) There have been too many calls to this WhatsApp Business account. Wait a bit and try again.","type":"OAuthException","code":80007,"fbtrace_id":"A3e07fa9f13309880f195fd"}}"##
        ),
    ]
}
