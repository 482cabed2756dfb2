import WaproRPC

/// How a command ends that does not succeed: an exit status that scripts can rely on, and words.
struct Ending: Error, Sendable, Hashable {
    let status: Int32
    let words: String
    let hint: String?

    init(_ status: Int32, _ words: String, hint: String? = nil) {
        self.status = status
        self.words = words
        self.hint = hint
    }

    /// The daemon refused, or the operation failed; nothing was done.
    static let refused: Int32 = 1
    /// What was asked is not so.
    static let isFalse: Int32 = 2
    /// The daemon is not running (`status` only; elsewhere `unavailable`).
    static let notRunning: Int32 = 3
    static let notFound: Int32 = 4
    static let usage: Int32 = 64
    static let badData: Int32 = 65
    static let noInput: Int32 = 66
    /// The daemon cannot be reached.
    static let unavailable: Int32 = 69
    /// A defect: an answer that makes no sense.
    static let defect: Int32 = 70
    static let ioError: Int32 = 74
    /// Trying again later is right.
    static let tryLater: Int32 = 75
    /// The daemon does not know what this version asks for.
    static let otherVersion: Int32 = 76
    static let notAllowed: Int32 = 77
    static let notConfigured: Int32 = 78
    /// The connection was lost after a change was sent.
    static let outcomeUnknown: Int32 = 79

    /// `key` is the idempotency key of a call that changes something.
    init(_ failure: CallFailure, key: String? = nil) {
        switch failure {
        case .fault(let fault) where [.storageFailed, .outcomeUnknown].contains(fault.kind) && key != nil:
            self.init(Self.outcomeUnknown, fault.words, hint: Self.repeating(key ?? ""))
        case .fault(let fault):
            self.init(Self.status(fault), fault.words, hint: fault.hint.map(Advice.told))
        case .unreachable(let words, let reason):
            self.init(reason == .notAllowed ? Self.notAllowed : Self.unavailable, words)
        case .late(let words) where key == nil:
            self.init(Self.tryLater, words, hint: "--timeout gives it longer.")
        case .malformed(let words) where key == nil:
            self.init(Self.defect, words, hint: "Are waproctl and waprod of the same version?")
        case .lost(let words), .late(let words), .malformed(let words):
            guard let key else {
                self.init(Self.unavailable, words)
                return
            }
            self.init(
                Self.outcomeUnknown,
                "\(words) Whether it was done is not known.",
                hint: Self.repeating(key)
            )
        }
    }

    private static func repeating(_ key: String) -> String {
        "Repeat the same command with \(Advice.parameter("idempotency_key", key)): it is done once at most."
    }

    /// A parameter that is not what it should be, by the name that it has on the command line.
    init(_ mismatch: Mismatch, fields: [FieldInfo]) {
        var words = "\(mismatch)"
        if let field = fields.first(where: { $0.name == mismatch.path.first }) {
            let name = Words.isPositional(field) ? field.placeholder : field.option
            var inside = mismatch.path.dropFirst()
            // An element of a list is an option of its own.
            if case .list = field.type { inside = inside.dropFirst() }
            words = "\(([name] + inside).joined(separator: " ")) \(mismatch.words)"
        }
        self.init(Self.usage, "\(words).", hint: mismatch.hint ?? "--help shows what it takes.")
    }

    private static func status(_ fault: Fault) -> Int32 {
        switch fault.kind {
        case .notFound: notFound
        case .forbidden: notAllowed
        case .invalidParameters: usage
        case .unknownMethod: otherVersion
        case .notConfigured: notConfigured
        case .outcomeUnknown: outcomeUnknown
        case .internal, .malformed, .invalidRequest: defect
        default: fault.retryable ? tryLater : refused
        }
    }

    static let interrupted: Int32 = 130
    /// Of what is printed the rest is not wanted; what SIGPIPE gives elsewhere.
    static let nobodyReads: Int32 = 141

    /// What goes to stderr.
    var text: TerminalText {
        var text: TerminalText = "waproctl: \(words)\n"
        if let hint { text += "  \(hint)\n" }
        return text
    }
}
