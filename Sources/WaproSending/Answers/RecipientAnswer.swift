public import WaproCore
public import WaproStore

/// Why a person got a campaign's message or did not, in a sentence, and what to do next (promise P10).
public struct RecipientAnswer: Sendable, Hashable {
    public let words: String
    public let next: String
    /// Until when the message waits, where that is known.
    public let until: Timestamp?

    static let byItself = "Nothing: it happens by itself."

    init(_ words: String, _ next: String, until: Timestamp? = nil) {
        (self.words, self.next, self.until) = (words, next, until)
    }
}

extension Snapshot {
    /// Why a recipient's message stands where it stands.
    ///
    /// - Parameters:
    ///   - message: the recipient's message, once it is written.
    ///   - detail: what belongs to the reason of its state, beside the code.
    ///   - limit: what keeps the campaign back now, though nothing is wrong.
    public func answer(
        about recipient: RecipientRecord,
        _ message: MessageRecord?,
        of campaign: CampaignRecord,
        detail: String?,
        limit: SendingLimit?,
        at now: Timestamp
    ) throws -> RecipientAnswer {
        let because = recipient.because.map { $0.words(code: recipient.code) + (detail.map { " (\($0))" } ?? "") }
        switch recipient.state {
        case .pending, .waiting:
            return try waiting(message, of: campaign, because, limit: limit, isPending: recipient.state == .pending, at: now)
        case .sending: return RecipientAnswer("It is on the way to Meta.", RecipientAnswer.byItself)
        case .inDoubt:
            return RecipientAnswer(
                "It may have been sent, and may not: \(because ?? "no answer could be read").",
                message?.listedAt == nil
                    ? "Wait: a status from Meta settles it. If none comes, you are asked."
                    : "Ask the person, then decide with message.resolve \(recipient.message?.description ?? "")."
            )
        case .accepted where recipient.because == .resolvedSent || recipient.because == .inferred:
            return RecipientAnswer("It counts as sent: \(because ?? "").", RecipientAnswer.byItself)
        case .accepted: return RecipientAnswer("Meta has it, and has not said yet that it left.", RecipientAnswer.byItself)
        case .sent:
            return RecipientAnswer(
                "It left Meta for the device, which has not confirmed it: the phone may be off.",
                RecipientAnswer.byItself
            )
        case .delivered: return RecipientAnswer("It reached the device.", "Nothing.")
        case .read: return RecipientAnswer("The person opened it.", "Nothing.")
        case .played: return RecipientAnswer("The person played it.", "Nothing.")
        case .failed:
            return RecipientAnswer(
                "It failed: \(because ?? "no reason is kept").",
                recipient.code.map { Reason.nextStep(code: $0) } ?? recipient.because.nextStepAfterFailure
            )
        case .skipped:
            return RecipientAnswer("It was not sent: \(because ?? "a rule forbids it").", recipient.because.nextStepAfterSkip)
        case .cancelled:
            return RecipientAnswer("It was not sent: the campaign was cancelled.", "Nothing, or send to the person with message.send.")
        case .expired: return RecipientAnswer("It was not sent in time: its not-after passed.", "Start it anew if it still makes sense.")
        case .received: return RecipientAnswer("The person wrote it.", "Nothing.")
        }
    }

    private func waiting(
        _ message: MessageRecord?,
        of campaign: CampaignRecord,
        _ because: String?,
        limit: SendingLimit?,
        isPending: Bool,
        at now: Timestamp
    ) throws -> RecipientAnswer {
        let byItself = RecipientAnswer.byItself
        if campaign.state == .cancelled {
            return RecipientAnswer("It was not sent: the campaign was cancelled.", "Nothing, or send to the person with message.send.")
        }
        if let standstill = try standstill(of: campaign, withReason: true) {
            return RecipientAnswer("It waits: \(standstill.words).", standstill.next)
        }
        if let message, message.dueAt > now {
            return RecipientAnswer("It waits until \(message.dueAt): \(because ?? "it has its time").", byItself, until: message.dueAt)
        }
        if let limit {
            return RecipientAnswer(
                "It waits for its turn: \(limit.words) decides how many leave.",
                "Nothing: campaign.forecast says when it will be through."
            )
        }
        return RecipientAnswer(isPending ? "It is planned; its message is not written yet." : "It waits for its turn.", byItself)
    }
}

extension Reason? {
    fileprivate var nextStepAfterSkip: String {
        switch self {
        case .optedOut: "Nothing: the person does not want marketing messages."
        case .frequencyCapped: "Nothing: send later, or raise sending.frequency_cap."
        case .windowClosed: "Send a template."
        default: "Correct the person's data, then send with message.send."
        }
    }

    /// Where Meta gave no code.
    fileprivate var nextStepAfterFailure: String {
        switch self {
        case .resolvedNotSent, .retryTooLate: "Send to the person with message.send if it still makes sense."
        default: "Correct what is wrong, then send to the person with message.send."
        }
    }
}
