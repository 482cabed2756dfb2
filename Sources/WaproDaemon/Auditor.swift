import Logging
import ServiceLifecycle
import Synchronization
import WaproCore
import WaproRPC
import WaproStore

/// Writes refusals into the audit log, and shows every line of it to the journal. What is done is written by `Changes`, in the same commit.
///
/// Somebody who is refused again and again must not fill the disk: so many lines a minute, the others are counted in the next one, which
/// is written when the minute is over, or the daemon stops.
final class Auditor: Service {
    private static let minute = Duration.seconds(60)
    private static let linesAMinute = 30
    /// Of all together who may do nothing, under whatever user ids they come.
    private static let linesOfStrangers = 10
    /// Whose refusals are counted together: one person's do not hide another's behind the same tool, nor failed logins other refusals.
    private enum Source: Hashable {
        case strangers
        case caller(UInt32, user: UserID?, isLogin: Bool)
    }

    private struct Spell {
        var minute: Int64
        var lines = 0
        var uncounted = 0
        /// The last one that was counted and not written, without its parameters.
        var last: AuditNote?
    }

    private let store: Store
    private let clock: WallClock
    private let logger: Logger
    private let spells = Mutex<[Source: Spell]>([:])

    init(store: Store, clock: WallClock, logger: Logger) {
        (self.store, self.clock, self.logger) = (store, clock, logger)
    }

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: Self.minute)
                self.settle(before: self.clock.now().milliseconds / 60_000)
            }
        }
        settle(before: .max)
    }

    /// Writes down what was only counted in minutes before this one.
    func settle(before minute: Int64) {
        let over = spells.withLock { spells in
            let over = spells.filter { $0.value.minute < minute }
            for who in over.keys { spells[who] = nil }
            return over
        }
        for (who, spell) in over {
            guard var note = spell.last, spell.uncounted > 0 else { continue }
            note.uncounted = spell.uncounted - 1
            write(note, of: who)
        }
    }

    func refused(_ refusal: Router.Refusal) {
        // What cannot be written would only be refused once more.
        guard ![.overloaded, .shuttingDown, .storageFull, .storageFailed, .warmingUp].contains(refusal.fault.kind) else { return }
        let minute = clock.now().milliseconds / 60_000
        let isLogin = refusal.method == SessionLogin.name
        let (who, limit) =
            refusal.caller.role == nil
            ? (Source.strangers, Self.linesOfStrangers)
            : (.caller(refusal.caller.uid, user: refusal.caller.session?.user, isLogin: isLogin), Self.linesAMinute)
        let (uncounted, isLast) = spells.withLock { spells -> (Int?, Bool) in
            var spell = spells[who] ?? Spell(minute: minute)
            if spell.minute != minute { (spell.minute, spell.lines) = (minute, 0) }
            defer { spells[who] = spell }
            guard spell.lines < limit else {
                spell.uncounted += 1
                spell.last = AuditNote(refused: refusal, uncounted: 0)
                spell.last?.parameters = Array("{}".utf8)
                return (nil, false)
            }
            spell.lines += 1
            defer { spell.uncounted = 0 }
            return (spell.uncounted, spell.lines == limit)
        }
        guard let uncounted else { return }
        if isLast {
            logger.warning(
                "further refusals of this caller are counted, not listed, until the minute is over",
                metadata: ["uid": "\(refusal.caller.uid)"]
            )
        }
        write(AuditNote(refused: refusal, uncounted: uncounted), of: who)
    }

    private func write(_ note: AuditNote, of who: Source) {
        store.submit(.control) { transaction in
            var note = note
            // What is nobody's name may be a secret, typed into the wrong field.
            if note.mayHaveSecrets, let name = note.subject, try !transaction.isName(name) { note.subject = nil }
            return try transaction.audit(note)
        } done: { [self] result in
            switch result {
            case .success(let entry): show(entry)
            case .failure: spells.withLock { $0[who]?.uncounted += note.uncounted + 1 }
            }
        }
    }

    /// Shows a line to the journal, whose own fields say that it was this process.
    func show(_ entry: AuditEntry) {
        var metadata: Logger.Metadata = [
            "seq": "\(entry.seq)", "uid": "\(entry.uid)", "role": "\(entry.role ?? "none")", "outcome": "\(entry.outcome)",
            "hash": "\(Hexadecimal.text(of: entry.hash))",
        ]
        if let subject = entry.subject { metadata["subject"] = "\(subject)" }
        if let user = entry.user { metadata["user"] = "\(user)" }
        if entry.uncounted > 0 { metadata["uncounted"] = "\(entry.uncounted)" }
        logger.event(.audit, .info, "\(entry.method)", metadata: metadata)
    }
}

extension Transaction {
    /// Whether a user or an account has this name or id: then it is no secret.
    fileprivate func isName(_ text: String) throws -> Bool {
        try user(named: text) != nil || accounts().contains { $0.name == text || $0.id.description == text }
    }
}

extension AuditNote {
    /// Parameters that say what a call is about. A recipient is not among them.
    private static let subjects = ["campaign", "name", "import", "message", "list", "number", "account", "user", "session"]
    private static let length = 100

    init(_ caller: Caller, _ method: String, _ parameters: JSONValue, outcome: String, uncounted: Int = 0) {
        let known = Catalogue.wapro.method(method)
        self.init(
            uid: caller.uid,
            role: caller.role?.slug,
            user: caller.session?.name,
            method: known == nil ? "unknown" : method,
            subject: Self.subject(in: parameters),
            parameters: Array(parameters.compact.utf8),
            outcome: outcome,
            uncounted: uncounted
        )
    }

    /// Of a call that was refused: a secret may stand anywhere in one that has secrets, so nothing of it is told.
    init(refused refusal: Router.Refusal, uncounted: Int) {
        let mayHaveSecrets = Self.mayHaveSecrets(refusal.method)
        self.init(
            refusal.caller,
            refusal.method,
            mayHaveSecrets ? [:] : refusal.parameters,
            outcome: refusal.fault.kind.slug,
            uncounted: uncounted
        )
        if mayHaveSecrets, method == refusal.method { subject = Self.subject(in: refusal.parameters) }
    }

    /// Whether a secret may stand among the parameters of its call.
    var mayHaveSecrets: Bool { Self.mayHaveSecrets(method) }

    private static func mayHaveSecrets(_ method: String) -> Bool {
        Catalogue.wapro.method(method).map { $0 == RPCCheck.self || $0.wireType.hasSecrets } ?? true
    }

    func saying(_ outcome: String) -> AuditNote {
        var note = self
        note.outcome = outcome
        return note
    }

    private static func subject(in parameters: JSONValue) -> String? {
        subjects.lazy.compactMap { parameters[$0]?.text }.first.flatMap { subject($0) }
    }

    /// A name as it was given, of bounded length and without control characters; nil for what may be somebody's number, given by mistake.
    static func subject(_ text: String) -> String? {
        let scalars = text.unicodeScalars.prefix(length)
        var digits = 0
        for scalar in scalars {
            digits = ("0"..."9").contains(scalar) ? digits + 1 : 0
            if digits == 7 { return nil }
        }
        guard scalars.first != "+" else { return nil }
        return String(String.UnicodeScalarView(scalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
    }
}
