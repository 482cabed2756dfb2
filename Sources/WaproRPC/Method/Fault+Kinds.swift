extension Fault.Kind {
    // MARK: JSON-RPC's own

    public static let malformed = Self("malformed", -32700, "The line is not a JSON text.", isGeneral: true)
    public static let invalidRequest = Self("invalid_request", -32600, "The JSON is not a JSON-RPC 2.0 request.", isGeneral: true)
    public static let messageTooLarge = Self("message_too_large", -32600, "The line is longer than allowed.", isGeneral: true)
    public static let unknownMethod = Self("unknown_method", -32601, "No method has this name.", isGeneral: true)
    public static let invalidParameters = Self(
        "invalid_parameters",
        -32602,
        "A parameter is missing, unknown or of the wrong type.",
        isGeneral: true
    )
    public static let `internal` = Self("internal", -32603, "A defect of the daemon.", isGeneral: true)

    // MARK: The daemon as a whole (-32000 is left free: -32603 says it)

    public static let overloaded = Self("overloaded", -32001, "Too much to do at the moment.", isRetryable: true, isGeneral: true)
    public static let warmingUp = Self("warming_up", -32002, "The daemon is starting.", isRetryable: true, isGeneral: true)
    public static let shuttingDown = Self("shutting_down", -32003, "The daemon is stopping.", isRetryable: true, isGeneral: true)
    public static let forbidden = Self("forbidden", -32004, "The caller's role does not allow it.", isGeneral: true)
    public static let notConfigured = Self("not_configured", -32005, "Something has to be configured first.", isGeneral: true)
    public static let storageFull = Self("storage_full", -32006, "The disk is full.", isRetryable: true, isGeneral: true)
    public static let storageFailed = Self("storage_failed", -32007, "The disk or the database failed.", isGeneral: true)
    public static let conflict = Self("conflict", -32008, "Something with this name or in this state is in the way.")
    public static let notFound = Self("not_found", -32009, "Nothing has this name or identifier.")
    public static let timeout = Self("timeout", -32010, "It took too long, and nothing was done.", isRetryable: true, isGeneral: true)
    public static let cancelled = Self("cancelled", -32011, "It was cancelled, and nothing was done.", isGeneral: true)
    public static let outcomeUnknown = Self("outcome_unknown", -32012, "Whether it was done is not known.", isGeneral: true)
    public static let idempotencyConflict = Self(
        "idempotency_conflict",
        -32013,
        "The idempotency key was used with other parameters.",
        isGeneral: true
    )
    public static let sessionInvalid = Self(
        "session_invalid",
        -32014,
        "The token is no session's, or the session has ended: log in again.",
        isGeneral: true
    )

    // MARK: By noun, in hundreds

    public static let ambiguous = Self("ambiguous", 100, "More than one has this name: use the identifier.")
    public static let metaRefused = Self("meta_refused", 110, "Meta refused the request.")
    public static let metaUnreachable = Self("meta_unreachable", 111, "Meta cannot be reached, or did not answer.", isRetryable: true)

    public static let importFinished = Self("import_finished", 200, "The import has ended and takes no more pieces.")
    public static let pieceOutOfOrder = Self("piece_out_of_order", 201, "A piece came twice or one before it is missing.")
    public static let pieceTooLarge = Self("piece_too_large", 202, "The piece is larger than the import said.")
    public static let tooManyImports = Self("too_many_imports", 203, "Too many imports are open.", isRetryable: true)

    public static let templateNotSendable = Self(
        "template_not_sendable",
        300,
        "Meta does not let this template be sent, or wapro cannot send its kind."
    )
    public static let parametersMismatch = Self("parameters_mismatch", 301, "The parameters do not fit the template.")

    public static let campaignState = Self("campaign_state", 400, "The campaign's state does not allow it.")
    public static let repeatedCampaign = Self(
        "repeated_campaign",
        401,
        "The same template went to the same audience in the last seven days, or is scheduled to."
    )
    public static let emptyAudience = Self("empty_audience", 402, "Nobody is in the audience.")

    public static let windowClosed = Self("window_closed", 500, "The person did not write within 24 hours: only a template may be sent.")
    public static let optedOut = Self("opted_out", 501, "The person does not want such messages.")
    public static let badAddress = Self("bad_address", 502, "It is neither a phone number nor a contact.")

    public static let notInDoubt = Self("not_in_doubt", 503, "The message is not in doubt, so there is nothing to decide.")

    public static let cursorExpired = Self("cursor_expired", 600, "Events so old are no longer kept.")
    public static let tooManySubscriptions = Self("too_many_subscriptions", 601, "The connection has as many subscriptions as it may.")

    public static let loginRefused = Self("login_refused", 700, "The name or the password is wrong, or the user is disabled.")

    /// Every kind there is.
    public static let all: [Self] = [
        .malformed, .invalidRequest, .messageTooLarge, .unknownMethod, .invalidParameters, .internal, .overloaded, .warmingUp,
        .shuttingDown,
        .forbidden, .notConfigured, .storageFull, .storageFailed, .conflict, .notFound, .timeout, .cancelled, .outcomeUnknown,
        .idempotencyConflict, .sessionInvalid, .ambiguous, .metaRefused, .metaUnreachable, .importFinished, .pieceOutOfOrder,
        .pieceTooLarge,
        .tooManyImports,
        .templateNotSendable, .parametersMismatch, .campaignState, .repeatedCampaign, .emptyAudience, .windowClosed, .optedOut, .badAddress,
        .notInDoubt,
        .cursorExpired, .tooManySubscriptions, .loginRefused,
    ]
}
