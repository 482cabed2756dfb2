import WaproCloud
import WaproCore
import WaproStore

extension Applier {
    /// A message of ours got further, or failed; or one of somebody else's, which is shown as such.
    func apply(_ status: Update.Status, to tally: inout Tally, in transaction: Transaction) throws {
        let origin = status.callbackData.map { CallbackData.parse($0, store: storeName) }
        var news = StatusNews(attempt: nil, wamid: status.wamid, fact: status.fact, code: status.code)
        if case .attempt(let attempt) = origin { news.attempt = attempt }
        // A failure passes through the same table as an answer (DESIGN §3.6).
        let outcome = status.fact == .failed ? status.code.map { Outcome.of(webhookError: WebhookError(code: $0)) } : nil
        if case .later(let after, let refusal) = outcome { news.retry = FailureRetry(refusal, after: after ?? .zero) }
        if case .never(let refusal) = outcome, refusal.optOut { try optOut(status, news, refusal, in: transaction) }
        switch try transaction.advance(news) {
        case .moved(_, to: .failed): try follow(outcome, of: news, in: transaction)
        case .moved, .nothing: break
        case .unknown where news.attempt != nil:
            if let attempt = news.attempt, try transaction.wasLost(attempt, sentAt: news.fact == .sent ? status.at : nil) {
                return tally.count("status.lost_attempt")
            }
            if let attempt = news.attempt, news.fact == .failed, try transaction.isNext(attempt) {
                return tally.count("status.refused_attempt")
            }
            // Our store's name, and an attempt that it never made: it went back in time. Nothing leaves until a person looked at it.
            tally.unknownAttempts += 1
            tally.count("status.unknown_attempt")
            try transaction.hold(.everything, because: .storeWentBack, detail: "a webhook tells of a message that this store does not know")
        case .unknown:
            tally.count("status.foreign")
            if let id = status.phoneNumberID, let route = try transaction.route(phoneNumberID: id) {
                try transaction.noteForeign(status.fact, of: route.number)
            }
        }
    }

    /// The person stopped marketing messages: true whatever is believed of the message that says so. What Meta delivers again must not undo
    /// what the person has said since.
    private func optOut(_ status: Update.Status, _ news: StatusNews, _ refusal: Refusal, in transaction: Transaction) throws {
        guard let contact = try transaction.recipient(of: news) else { return }
        let digest = ChangeDigest.of(["opt-out", contact.description, status.wamid, "\(status.at.milliseconds)"])
        guard try transaction.isNew(digest) else { return }
        try transaction.prefer(contact, stops: true, at: status.at, code: refusal.code)
    }

    /// What a failure means for others than its message.
    private func follow(_ outcome: Outcome?, of news: StatusNews, in transaction: Transaction) throws {
        guard case .halt(let scope, let refusal) = outcome, let message = try transaction.outbound(news) else { return }
        // A late refusal of the token before says nothing of the one that has taken its place.
        if refusal.isOfCredentials, let intentAt = message.intentAt,
            try transaction.hasNewerCredentials(message.number, than: intentAt)
        {
            return
        }
        try transaction.halt(
            scope,
            campaign: message.campaign,
            number: message.number,
            code: refusal.code ?? 0,
            isOfCredentials: refusal.isOfCredentials
        )
    }
}

extension FailureRetry {
    /// What Meta holds back for a day is spread over the hours after it.
    init(_ refusal: Refusal, after: Duration) {
        self.init(
            after: after,
            spread: refusal.deferDay ? .seconds(6 * 3600) : max(after, .seconds(1)),
            tries: refusal.tries,
            isPair: refusal.pairLimited,
            isComplaint: refusal.throughput || refusal.pairLimited
        )
    }
}
