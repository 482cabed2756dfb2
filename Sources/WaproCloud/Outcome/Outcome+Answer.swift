internal import WaproCore

extension Outcome {
    /// What the end of a send means. Decided on Meta's `code`, and its subcode beside 100 and 190; the HTTP status only decides where Meta's
    /// error envelope is missing or the code is not known (whatsapp-cloud-api.md §8).
    public init(of result: HTTPResult) {
        switch result {
        case .notSent(let failure): self = .later(after: nil, Refusal(failure))
        case .unknown(let failure): self = .unknown(Uncertainty(failure))
        case .response(let response): self.init(of: response)
        }
    }

    private init(of response: HTTPResponse) {
        let root = (try? JSONDocument(response.body))?.root
        let succeeded = (200..<300).contains(response.status)
        if succeeded, let wamid = root?["messages"]?.elements?.first?["id"]?.string, !wamid.isEmpty {
            let contact = root?["contacts"]?.elements?.first
            self = .accepted(
                Acceptance(
                    wamid: wamid,
                    waID: contact?["wa_id"]?.string,
                    userID: contact?["user_id"]?.string,
                    messageStatus: root?["messages"]?.elements?.first?["message_status"]?.string
                )
            )
        } else if let error = root?["error"].flatMap(MetaError.init) {
            self.init(of: error, in: response)
        } else {
            self.init(withoutEnvelope: response)
        }
    }

    private init(of error: MetaError, in response: HTTPResponse) {
        let row = MetaCode.row(for: error)
        let refusal = row?.refusal(error) ?? Refusal(unknown: error)
        switch row?.verdict {
        case .never?: self = .never(refusal)
        case .halt(let scope)?: self = .halt(scope, refusal)
        case .unknown?: self = .unknown(Uncertainty(slug: refusal.slug, words: refusal.words, status: response.status))
        case .later(let after)?: self = .later(after: max(after, response.wait(for: refusal) ?? .zero), refusal)
        case nil where response.status == 429: self = .later(after: response.retryAfter ?? .seconds(5), refusal.with(.throughput))
        case nil where response.status >= 500 || error.isTransient: self = .later(after: response.retryAfter ?? .seconds(30), refusal)
        case nil: self = .never(refusal)
        }
    }

    /// Something between Meta and us answered, or Meta's front door did, not the API.
    private init(withoutEnvelope response: HTTPResponse) {
        switch response.status {
        case 429:
            let refusal = Refusal(
                slug: "http_throttled",
                words: "too many requests, said without Meta's own error",
                next: "wapro slows down by itself; nothing to do unless it lasts",
                flags: .throughput
            )
            self = .later(after: response.retryAfter ?? .seconds(5), refusal)
        case 300..<400, 400..<408, 409..<500:
            let refusal = Refusal(
                slug: "not_meta",
                words: "the answer was HTTP \(response.status) without Meta's error: it did not come from the Graph API",
                next: "check the base address, the proxy and what stands between; then waproctl release"
            )
            self = .halt(.account, refusal)
        case 200..<300:
            self = .unknown(
                Uncertainty(slug: "unreadable_success", words: "Meta said success without a message id", status: response.status)
            )
        default:
            self = .unknown(
                Uncertainty(slug: "no_error_envelope", words: "HTTP \(response.status) without Meta's error", status: response.status)
            )
        }
    }

    /// What a `failed` status means. It passes through the same table, but the message had been accepted: a new attempt is made only for
    /// 131049, 130429 and 131056 (DESIGN §3.6); whatever else would be worth a wait in an answer is final here.
    public static func of(webhookError error: WebhookError) -> Outcome {
        let meta = MetaError(code: error.code)
        guard let row = MetaCode.row(for: meta) else { return .never(Refusal(unknown: meta)) }
        let refusal = row.refusal(meta)
        switch row.verdict {
        case .later(let after) where refusal.asyncRetryable: return .later(after: after, refusal)
        case .halt(let scope): return .halt(scope, refusal)
        case .later, .never, .unknown: return .never(refusal)
        }
    }
}

extension HTTPResponse {
    /// How long Meta asks to wait: `Retry-After`, or for limits of calls the longest time until access is regained (§1.4), in minutes.
    func wait(for refusal: Refusal) -> Duration? {
        let usage = refusal.throughput ? businessUsage.flatMap { try? JSONDocument(Array($0.utf8)) } : nil
        let minutes = usage?.root.members.flatMap { $0.value.elements ?? [] }
            .compactMap { $0["estimated_time_to_regain_access"]?.int }.max()
        let regained = minutes.map { Duration.seconds(60 * min(max($0, 0), 1440)) }
        return [retryAfter, regained].compactMap(\.self).max()
    }
}

extension Refusal {
    /// The request certainly did not leave.
    init(_ failure: HTTPFailure) {
        let (words, next) = failure.kind.explanation
        self.init(slug: failure.kind.slug, words: failure.detail.isEmpty ? words : "\(words) (\(failure.detail))", next: next)
    }

    init(unknown error: MetaError) {
        self.init(
            code: error.code,
            subcode: error.subcode,
            slug: "unknown_code",
            words: "Meta refused it with code \(error.code), which wapro does not know",
            next: "look the code up in Meta's list of error codes; then decide whether to send again"
        )
    }

    fileprivate func with(_ flags: Flags) -> Refusal {
        var refusal = self
        refusal.flags.formUnion(flags)
        return refusal
    }
}

extension Uncertainty {
    init(_ failure: HTTPFailure) {
        self.init(slug: failure.kind.slug, words: failure.kind.explanation.words + "; the request may have arrived")
    }
}

extension HTTPFailure.Kind {
    /// A stable word for programs.
    var slug: String {
        switch self {
        case .atCapacity: "at_capacity"
        case .tooLate: "no_connection_in_time"
        case .cancelled: "cancelled"
        case .closed: "shutting_down"
        case .nameNotResolved: "name_not_resolved"
        case .connectionRefused: "connection_refused"
        case .tls: "tls_failed"
        case .proxy: "proxy_failed"
        case .timedOut: "timed_out"
        case .connectionLost: "connection_lost"
        case .emptyAnswer: "empty_answer"
        case .repeatRefused: "connection_died"
        case .answerTooLarge: "answer_too_large"
        case .protocolError: "protocol_error"
        case .malformedAddress: "malformed_address"
        case .other: "transport_failed"
        }
    }

    /// What happened, and what a person can do.
    var explanation: (words: String, next: String) {
        let again = "wapro tries again by itself"
        return switch self {
        case .atCapacity: ("every connection to Meta is busy", again)
        case .tooLate: ("no connection to Meta was ready in time", "\(again); if it lasts, check the network and the proxy")
        case .cancelled: ("the request was cancelled", again)
        case .closed: ("waprod is shutting down", "it is sent after the next start")
        case .nameNotResolved: ("the name of Meta's server could not be resolved", "check DNS and the base address; \(again)")
        case .connectionRefused: ("Meta's server could not be reached", "check the network, the firewall and the base address; \(again)")
        case .tls:
            (
                "the server's certificate is not trusted, or TLS failed",
                "check the CA file, the clock and any proxy that opens TLS; \(again)"
            )
        case .proxy: ("the proxy could not be reached or refused", "check the proxy setting; \(again)")
        case .timedOut: ("there was no answer in time", again)
        case .connectionLost: ("the connection was lost", again)
        case .emptyAnswer: ("the server closed the connection without an answer", again)
        case .repeatRefused: ("the connection died before the answer", again)
        case .answerTooLarge: ("the answer was too large to be Meta's", "check the base address and the proxy")
        case .protocolError: ("the server broke the protocol", "if it lasts, set HTTP/1.1 and look at the proxy")
        case .malformedAddress: ("the address could not be used", "check the base address")
        case .other: ("the transport failed", "look for the detail in the log; \(again)")
        }
    }
}
