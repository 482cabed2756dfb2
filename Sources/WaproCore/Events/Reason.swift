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
