import GRDB
import WaproCore

/// When a message that Meta accepted and then could not deliver is tried again.
public struct FailureRetry: Sendable, Hashable {
    /// Not sooner than this; doubles with each try.
    public var after: Duration
    /// How far the next attempts are spread, so that what failed together does not come back together.
    public var spread: Duration
    /// Attempts in all; nil for as many as the not-after allows.
    public var tries: Int?
    /// Only this person waits, also for other messages of the number.
    public var isPair: Bool
    /// The number sends too much.
    public var isComplaint: Bool

    public init(after: Duration, spread: Duration, tries: Int?, isPair: Bool, isComplaint: Bool = false) {
        (self.after, self.spread, self.tries, self.isPair, self.isComplaint) = (after, spread, tries, isPair, isComplaint)
    }
}

extension Transaction {
    /// Lets a message that has just failed wait for its next attempt, unless it has had as many as it may, its campaign is over for good, or
    /// the next one would come too late.
    ///
    /// - Parameter message: as it was before it failed.
    func again(_ message: Outbound, after retry: FailureRetry, code: Int?) throws {
        let subject = message.subject
        let tries = message.triedCode == code ? 1 + message.tries : 1
        let wait = Backoff().delay(
            atLeast: retry.after,
            afterTries: tries,
            entropy: subject.message.spread,
            spread: retry.spread
        )
        let due = now.advanced(by: wait)
        if retry.isPair { penalise(message.number, subject.contact, until: due) }
        if retry.isComplaint { memory.noteComplaint(of: message.number) }
        try countTry(of: subject.message, code: code ?? 0)
        guard tries < retry.tries ?? .max, message.notAfter.map({ due < $0 }) ?? true else { return }
        guard try reopen(subject.campaign) else { return }
        // While it waits nothing but this says that the attempt failed.
        try retire(subject.message, fact: .failed)
        try move(
            subject,
            from: .failed,
            to: .waiting,
            because: code == 131_049 ? .metaHeldBack : .retriedAfterFailure,
            code: code,
            dueAt: due
        )
        if let campaign = subject.campaign { countFailure(campaign, code: code ?? 0, by: -1) }
    }

    /// A campaign that had nothing left to send goes on; false for one that ended for good.
    func reopen(_ campaign: CampaignID?) throws -> Bool {
        guard let campaign, let state = try campaignState(campaign) else { return campaign == nil }
        if state == .finished { try move(campaign, from: .finished, to: .running, because: .retriedAfterFailure) }
        return state != .cancelled
    }
}

extension MessageID {
    /// Evenly spread over 0..<1, always the same for a message: what a step function uses for chance.
    var spread: Double {
        let mixed = (UInt64(bitPattern: rawValue) &* 0x9E37_79B9_7F4A_7C15) ^ (UInt64(bitPattern: rawValue) >> 20)
        return Double((mixed &* 0xBF58_476D_1CE4_E5B9) >> 11) * 0x1p-53
    }
}
