import WaproCore
import WaproRPC
import WaproSending
import WaproStore

extension CampaignHandlers {
    func why(_ ask: CampaignWhy) async throws(Fault) -> CampaignWhy.Reply {
        let (vitals, now) = (vitals(), clock.now())
        return try await store.ask { snapshot in
            let campaign = try snapshot.requireCampaign(ask.campaign)
            let contact = try snapshot.requireContact(ask.recipient, field: "recipient")
            guard let recipient = try snapshot.recipient(contact.id, of: campaign) else {
                return try snapshot.whyNot(contact, campaign)
            }
            let message = try recipient.message.flatMap { try snapshot.message($0) }
            let history = try recipient.message.map { try snapshot.history(of: $0) } ?? []
            let answer = try Answer(
                recipient,
                message,
                campaign,
                // A message that was put off since has another reason than its last change.
                detail: history.last.flatMap { $0.because == recipient.because ? $0.detail : nil },
                limit: vitals.limits[campaign.id],
                snapshot,
                now
            )
            return CampaignWhy.Reply(
                contact: contact.id,
                isRecipient: true,
                state: Open(recipient.state),
                answer: answer.words,
                since: message?.updatedAt ?? campaign.startedAt,
                until: answer.until,
                nextStep: answer.next,
                message: recipient.message,
                history: history.compactMap(MessageChange.init)
            )
        }
    }
}

extension Snapshot {
    /// Why somebody is not in a campaign's audience at all.
    fileprivate func whyNot(_ contact: Contact, _ campaign: CampaignRecord) throws -> CampaignWhy.Reply {
        let list = try campaign.list.flatMap { try listName($0) }
        let isMember = try list.map { try lists(of: contact.id).contains($0) } ?? true
        let (answer, next): (String, String) =
            switch (campaign.isFrozen || campaign.state == .cancelled, isMember) {
            case (_, true) where campaign.startedAt == nil: campaign.whyNotStarted
            case (false, true):
                ("The audience is not complete yet; this person is still to come.", "Nothing: it happens by itself once the campaign runs.")
            case (false, false):
                ("The person is not on the list \"\(list ?? "")\".", "Import the person into it before the campaign starts.")
            case (true, true):
                (
                    "The person came to the audience after it was frozen at \(campaign.startedAt?.description ?? "the start").",
                    "Send to the person alone with message.send, or start another campaign."
                )
            case (true, false):
                (
                    "The person is not on the list \"\(list ?? "")\", so the campaign does not go there.",
                    "Nothing, unless that is wrong: import the person and send with message.send."
                )
            }
        return CampaignWhy.Reply(
            contact: contact.id,
            isRecipient: false,
            answer: answer,
            until: campaign.state == .scheduled && isMember ? campaign.startAt : nil,
            nextStep: next,
            history: []
        )
    }
}

extension CampaignRecord {
    /// Of a campaign without an audience yet: what it waits for, and what to do.
    fileprivate var whyNotStarted: (answer: String, next: String) {
        switch state {
        case .scheduled: ("The campaign has not started: it starts at \(startAt?.description ?? "its time").", Answer.byItself)
        case .held: ("The campaign has not started: it is held because \(heldWords ?? "of a problem").", "campaign.resume starts it now.")
        case .cancelled: ("The campaign was cancelled before it started.", "Nothing, or send to the person with message.send.")
        default: ("The campaign has not started.", "campaign.start begins it.")
        }
    }
}

/// One answer about one recipient (promise P10).
private struct Answer {
    var words: String
    var next: String
    var until: Timestamp?

    static let byItself = "Nothing: it happens by itself."

    init(
        _ recipient: RecipientRecord,
        _ message: MessageRecord?,
        _ campaign: CampaignRecord,
        detail: String?,
        limit: SendingLimit?,
        _ snapshot: Snapshot,
        _ now: Timestamp
    ) throws {
        let because = recipient.because.map { $0.words(code: recipient.code) + (detail.map { " (\($0))" } ?? "") }
        switch recipient.state {
        case .pending, .waiting:
            self = try Self.waiting(recipient, message, campaign, because, limit: limit, snapshot, now)
        case .sending: (words, next) = ("It is on the way to Meta.", Self.byItself)
        case .inDoubt:
            words = "It may have been sent, and may not: \(because ?? "no answer could be read")."
            next =
                message?.listedAt == nil
                ? "Wait: a status from Meta settles it. If none comes, you are asked."
                : "Ask the person, then decide with message.resolve \(recipient.message?.description ?? "")."
        case .accepted: (words, next) = ("Meta has it, and has not said yet that it left.", Self.byItself)
        case .sent: (words, next) = ("It left Meta for the device, which has not confirmed it: the phone may be off.", Self.byItself)
        case .delivered: (words, next) = ("It reached the device.", "Nothing.")
        case .read: (words, next) = ("The person opened it.", "Nothing.")
        case .played: (words, next) = ("The person played it.", "Nothing.")
        case .failed:
            words = "It failed: \(because ?? "no reason is kept")."
            next =
                recipient.code.map { Reason.metaFailed.nextStep(code: $0) }
                ?? "Correct what is wrong, then send to the person with message.send."
        case .skipped: (words, next) = ("It was not sent: \(because ?? "a rule forbids it").", recipient.because.nextStepAfterSkip)
        case .cancelled:
            (words, next) = ("It was not sent: the campaign was cancelled.", "Nothing, or send to the person with message.send.")
        case .expired: (words, next) = ("It was not sent in time: its not-after passed.", "Start it anew if it still makes sense.")
        case .received: (words, next) = ("The person wrote it.", "Nothing.")
        }
    }

    private init(_ words: String, _ next: String, until: Timestamp? = nil) {
        (self.words, self.next, self.until) = (words, next, until)
    }

    private static func waiting(
        _ recipient: RecipientRecord,
        _ message: MessageRecord?,
        _ campaign: CampaignRecord,
        _ because: String?,
        limit: SendingLimit?,
        _ snapshot: Snapshot,
        _ now: Timestamp
    ) throws -> Answer {
        switch campaign.state {
        case .paused: return Answer("It waits: the campaign is paused.", "campaign.resume continues it.")
        case .held:
            return Answer(
                "It waits: the campaign is held because \(campaign.heldWords ?? "of a problem").",
                "Mend the cause, then campaign.resume."
            )
        // Nobody is a recipient before the start.
        case .draft, .scheduled, .freezing, .running, .finished, .cancelled: break
        }
        if let number = try snapshot.number(campaign.number), let stop = try snapshot.stop(of: number) {
            return Answer("It waits: \(stop.words).", stop.next)
        }
        if let message, message.dueAt > now {
            return Answer("It waits until \(message.dueAt): \(because ?? "it has its time").", byItself, until: message.dueAt)
        }
        if let limit {
            return Answer(
                "It waits for its turn: \(limit.words) decides how many leave.",
                "Nothing: campaign.forecast says when it will be through."
            )
        }
        return Answer(recipient.state == .pending ? "It is planned; its message is not written yet." : "It waits for its turn.", byItself)
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
}
