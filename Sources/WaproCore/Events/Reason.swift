/// Why something changed or was refused, in a form that fits a history row. Raw values are stored: never renumber.
///
/// Meta's own refusals carry their error code beside `.metaRefused` or `.metaFailed`; the words for it are in `WaproCloud`.
public enum Reason: Int, Sendable, Hashable, CaseIterable {
    case asked = 1
    case due = 2
    case expanded = 3
    case handedOver = 4
    case metaAccepted = 5
    case metaRefused = 6
    case metaAskedToWait = 7
    case metaStatus = 8
    case metaFailed = 9
    case certainlyNotSent = 10
    case answerUnknown = 11
    case bootDied = 12
    case intentTooOld = 13
    case campaignStopped = 14
    case optedOut = 15
    case parameterMissing = 16
    case notAfterPassed = 17
    case nothingLeft = 18
    case audienceComplete = 19
    case metaHalted = 20
    case cancelledByPerson = 21
    case windowClosed = 22
    case shuttingDown = 23
    case unreachable = 24
    case templateNotApproved = 25
    case emptyAudience = 26
    case freshStart = 27
    case scheduleMissed = 28
    case frequencyCapped = 29
    case retryTooLate = 30
    case resolvedSent = 31
    case resolvedNotSent = 32
    case resendOrdered = 33
    case inferred = 34
    case doubtWindowEnded = 35
    case resendByPolicy = 36
    case storeFenceMissing = 37
    case storeFromElsewhere = 38
    case storeWentBack = 39
    case metaHeldBack = 40
    case released = 41
    case quietHours = 42
    case pairLimited = 43
    case sentElsewhere = 44
    case retriedAfterFailure = 45
    case reachLimited = 46
    case notMeta = 47
    case tokenReplaced = 48
    case tokenMissing = 49
    case numberNotInUse = 50

    /// Plain words for a person.
    public var words: String {
        switch self {
        case .asked: "asked for by a caller"
        case .due: "its start time came"
        case .expanded: "its message was written"
        case .handedOver: "handed over to Meta"
        case .metaAccepted: "Meta accepted it"
        case .metaRefused: "Meta refused it"
        case .metaAskedToWait: "Meta asked to try again later"
        case .metaStatus: "a status from Meta"
        case .metaFailed: "Meta could not deliver it"
        case .certainlyNotSent: "the request certainly did not reach Meta; it will be tried again"
        case .answerUnknown: "the request may have reached Meta, but no answer could be read"
        case .bootDied: "waprod stopped while the request was on its way"
        case .intentTooOld: "it waited too long between claim and hand-over; it was not sent"
        case .campaignStopped: "the campaign was paused or stopped before hand-over; it was not sent"
        case .optedOut: "the recipient opted out of marketing messages"
        case .parameterMissing: "a template parameter has no value for this recipient"
        case .notAfterPassed: "its not-after time passed"
        case .nothingLeft: "every recipient is dealt with"
        case .audienceComplete: "the audience is frozen"
        case .metaHalted: "Meta stopped it"
        case .cancelledByPerson: "cancelled by a caller"
        case .windowClosed: "the 24-hour conversation window is closed; only a template may be sent"
        case .shuttingDown: "waprod is shutting down; it was not sent"
        case .unreachable: "Meta could not be reached"
        case .templateNotApproved: "the template is not approved by Meta"
        case .emptyAudience: "the audience has nobody in it"
        case .freshStart: "created"
        case .scheduleMissed: "its start time passed while waprod could not start it"
        case .frequencyCapped: "the person has had as many marketing messages as the frequency cap allows"
        case .retryTooLate: "it could not be tried again before its not-after time"
        case .resolvedSent: "a person decided that it was sent"
        case .resolvedNotSent: "a person decided that it was not sent"
        case .resendOrdered: "a person ordered to send it again"
        case .inferred: "Meta's message history shows it, by inference"
        case .doubtWindowEnded: "no evidence came in time; a person has to decide"
        case .resendByPolicy: "no evidence came in time, and the configuration says to send it again"
        case .storeFenceMissing: "the store has no fence file: it was restored or copied"
        case .storeFromElsewhere: "the store was brought from another machine"
        case .storeWentBack: "the store is older than what it has sent: it was restored from a backup"
        case .metaHeldBack: "Meta held it back for now; it is tried again after a day at least"
        case .released: "released by a caller"
        case .quietHours: "it waits for the end of quiet hours where the person lives"
        case .pairLimited: "it waits because the person got a message from this number just now"
        case .reachLimited: "it waits because the portfolio has written to as many different people in 24 hours as Meta allows"
        case .sentElsewhere: "sent by another application or from the phone"
        case .retriedAfterFailure: "Meta could not deliver it now; it is tried again"
        case .notMeta: "the answer did not come from Meta's API: check the base address, the proxy and what stands between"
        case .tokenReplaced: "Meta refused the access token that has been replaced since; it is sent with the new one"
        case .tokenMissing: "there is no access token for the account, or no app secret to prove it with"
        case .numberNotInUse: "neither waprod.yaml nor account.add has the number any more"
        }
    }

    /// The word of the protocol.
    public var slug: String { String(describing: self).snakeCased }
}

extension String {
    /// `answerUnknown` → `answer_unknown`.
    var snakeCased: String {
        var text = ""
        for character in self {
            if character.isUppercase { text += "_" }
            text += character.lowercased()
        }
        return text
    }
}
