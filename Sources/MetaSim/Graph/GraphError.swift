/// An error as Graph answers it (whatsapp-cloud-api, "Error envelope").
struct GraphError: Error, Sendable, Equatable {
    var status: Int
    var code: Int
    var message: String
    var type = "OAuthException"
    var subcode: Int?
    var details: String?
    var isTransient = false

    /// `{"error":{…}}`. `trace` makes `fbtrace_id` different each time.
    func body(trace: UInt64) -> [UInt8] {
        var text = JSONText(reserving: 384)
        text.raw("{\"error\":{\"message\":")
        text.string(message)
        text.raw(",\"type\":")
        text.string(type)
        text.raw(",\"code\":")
        text.integer(Int64(code))
        if let subcode {
            text.raw(",\"error_subcode\":")
            text.integer(Int64(subcode))
        }
        if isTransient { text.raw(",\"is_transient\":true") }
        if let details {
            text.raw(",\"error_data\":{\"messaging_product\":\"whatsapp\",\"details\":")
            text.string(details)
            text.raw("}")
        }
        text.raw(",\"fbtrace_id\":")
        text.string("A" + String(trace, radix: 36))
        text.raw("}}")
        return text.bytes
    }

    /// The same with other details.
    func because(_ details: String) -> GraphError {
        var error = self
        error.details = details
        return error
    }

    // MARK: Errors that are about the request

    static func required(_ parameter: String) -> GraphError {
        GraphError(status: 400, code: 100, message: "(#100) The parameter \(parameter) is required.")
    }

    /// An object that is not there, or that the token may not see.
    static func unknownObject(_ id: String, method: String) -> GraphError {
        GraphError(
            status: 400,
            code: 100,
            message: "Unsupported \(method.lowercased()) request. Object with ID '\(id)' does not exist, cannot be loaded due to missing "
                + "permissions, or does not support this operation. Please read the Graph API documentation at "
                + "https://developers.facebook.com/docs/graph-api",
            type: "GraphMethodException",
            subcode: 33
        )
    }

    static let invalidToken = GraphError(status: 401, code: 190, message: "Invalid OAuth access token - Cannot parse access token")

    static let noToken = GraphError(
        status: 401,
        code: 190,
        message: "An active access token must be used to query information about the current user."
    )

    static let expiredToken = GraphError(
        status: 401,
        code: 190,
        message: "Error validating access token: Session has expired on Saturday, 21-Nov-26 05:00:00 PST. "
            + "The current time is Sunday, 22-Nov-26 02:00:00 PST.",
        subcode: 463
    )

    static let revokedToken = GraphError(
        status: 401,
        code: 190,
        message: "Error validating access token: The session is invalid because the user logged out.",
        subcode: 467
    )

    /// Only the app itself may ask that.
    static let needsAppToken = GraphError(status: 400, code: 15, message: "(#15) This method must be called with an app access_token.")

    static let foreignToken = GraphError(
        status: 400,
        code: 100,
        message: "(#100) You must provide an app access token, or a user access token that is an owner or developer of the app"
    )

    static func unverified(_ why: String) -> GraphError {
        GraphError(status: 400, code: 2200, message: "(#2200) Callback verification failed with the following errors: \(why)")
    }

    static let wrongProof = GraphError(
        status: 400,
        code: 100,
        message: "Invalid appsecret_proof provided in the API argument",
        type: "GraphMethodException"
    )

    static let noProof = GraphError(
        status: 400,
        code: 100,
        message: "API calls from the server require an appsecret_proof argument",
        type: "GraphMethodException"
    )

    static let unknownPath = GraphError(status: 400, code: 2500, message: "Unknown path components")

    static func missing(_ details: String) -> GraphError { .code(131_008).because(details) }
    static func invalid(_ details: String) -> GraphError { .code(131_009).because(details) }
}
