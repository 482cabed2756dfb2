extension GraphError {
    /// The error of a code, with Meta's HTTP status, title and details (whatsapp-cloud-api, "Error codes", and the captured bodies).
    static func code(_ code: Int) -> GraphError {
        guard let known = known[code] else {
            return GraphError(status: 400, code: code, message: "(#\(code)) Unknown error", details: "An unknown error has occurred.")
        }
        var error = GraphError(status: known.status, code: code, message: "(#\(code)) \(known.title)", details: known.details)
        switch code {
        case 190: return .invalidToken
        case 130_429: error.subcode = 2_494_055
        case 2, 4: error.isTransient = true
        default: break
        }
        return error
    }

    /// Title and details of a code, as a `failed` status carries them.
    static func words(_ code: Int) -> (title: String, details: String) {
        guard let known = known[code] else { return ("Unknown error", "An unknown error has occurred.") }
        return (known.title, known.details ?? known.title)
    }

    private struct Known: Sendable {
        let status: Int
        let title: String
        let details: String?

        init(_ status: Int, _ title: String, _ details: String? = nil) {
            self.status = status
            self.title = title
            self.details = details
        }
    }

    private static let known: [Int: Known] = [
        2: Known(503, "Service temporarily unavailable"),
        4: Known(400, "Application request limit reached"),
        100: Known(400, "Invalid parameter", "Parameter value is not valid"),
        190: Known(401, "Invalid OAuth access token"),
        200: Known(
            403,
            "You do not have the necessary permissions to send messages on behalf of this WhatsApp Business Account"
        ),
        368: Known(403, "Temporarily blocked for policies violations"),
        80_007: Known(400, "There have been too many calls to this WhatsApp Business account. Wait a bit and try again."),
        130_403: Known(
            400,
            "Unable to deliver the message",
            "Unable to deliver the message. This business has blocked the end user on WhatsApp"
        ),
        130_429: Known(400, "Rate limit hit", "Cloud API message throughput has been reached."),
        130_472: Known(
            400,
            "User's number is part of an experiment",
            "Failed to send message because this user's phone number is part of an experiment"
        ),
        131_000: Known(500, "Something went wrong", "Message failed to send due to an unknown error."),
        131_005: Known(403, "Access denied", "Permission is either not granted or has been removed."),
        131_008: Known(400, "Required parameter is missing", "Please check the parameters you have provided."),
        131_009: Known(400, "Parameter value is not valid", "Please check the parameters you have provided."),
        131_016: Known(500, "Service unavailable", "A service is temporarily unavailable."),
        131_021: Known(400, "Recipient cannot be sender", "Sender and recipient phone number is the same."),
        131_026: Known(400, "Message undeliverable", "Message Undeliverable."),
        131_030: Known(
            400,
            "Recipient phone number not in allowed list",
            "Recipient phone number not in allowed list: Add recipient phone number to recipient list and try again."
        ),
        131_031: Known(
            403,
            "Account has been locked",
            "The WhatsApp Business Account associated with the app has been restricted or disabled for violating a platform policy."
        ),
        131_042: Known(
            400,
            "Business eligibility payment issue",
            "Message failed to send because there were one or more errors related to your payment method."
        ),
        131_047: Known(
            400,
            "Re-engagement message",
            "Message failed to send because more than 24 hours have passed since the customer last replied to this number."
        ),
        131_048: Known(
            400,
            "Spam rate limit hit",
            "Message failed to send because there are restrictions on how many messages can be sent from this phone number. "
                + "This may be because too many previous messages were blocked or flagged as spam."
        ),
        131_049: Known(
            400,
            "This message was not delivered to maintain healthy ecosystem engagement.",
            "In order to maintain a healthy ecosystem engagement, the message failed to be delivered."
        ),
        131_050: Known(
            400,
            "User has stopped marketing messages from your business",
            "Unable to deliver the message. This recipient has chosen to stop receiving marketing messages on WhatsApp from your business"
        ),
        131_053: Known(
            400,
            "Media upload error",
            "Downloading media from weblink failed with http code 404, status message Not Found"
        ),
        131_056: Known(
            400,
            "(Business Account, Consumer Account) pair rate limit hit",
            "Message failed to send because there were too many messages sent from this phone number to the same phone number "
                + "in a short period of time."
        ),
        131_057: Known(500, "Account in maintenance mode", "Business Account is in maintenance mode"),
        131_059: Known(
            400,
            "Invalid cursor",
            "The cursor has expired or is corrupted. Restart pagination from the beginning."
        ),
        131_062: Known(
            400,
            "Business-scoped User ID (BSUID) recipients are not supported for this message",
            "Authentication templates can only be sent to a phone number."
        ),
        132_000: Known(400, "Number of parameters does not match the expected number of params"),
        132_001: Known(404, "Template name does not exist in the translation"),
        132_005: Known(400, "Translated text too long", "Translated text too long"),
        132_012: Known(400, "Parameter format does not match format in the created template"),
        132_015: Known(
            400,
            "Template is paused",
            "Template is paused due to low quality so it cannot be sent in a template message."
        ),
        132_016: Known(
            400,
            "Template is disabled",
            "Template has been paused too many times due to low quality and is now permanently disabled."
        ),
        132_018: Known(
            400,
            "There's an issue with the parameters in your template",
            "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"
        ),
        133_010: Known(
            400,
            "The account is not registered",
            "Phone number not registered on the WhatsApp Business Platform."
        ),
        135_000: Known(400, "Generic user error", "Message failed to send because of an unknown error with your request parameters."),
    ]
}
