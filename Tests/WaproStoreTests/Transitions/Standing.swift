import WaproCore

@testable import WaproStore

/// Where a message stands when Meta's facts come, and how it got there by the store's own doors. Each has at least one attempt behind it.
enum Standing: String, CaseIterable, Sendable {
    case waiting, sending, inDoubt, accepted, sent, delivered, read, played, failed, decided, skipped, cancelled, expired
    /// The same with a second attempt, after Meta asked to come again.
    case sendingAgain, inDoubtAgain, acceptedAgain

    /// The number of its current attempt.
    var ordinal: Int {
        switch self {
        case .sendingAgain, .inDoubtAgain, .acceptedAgain: 2
        default: 1
        }
    }

    var state: MessageState {
        switch self {
        case .waiting: .waiting
        case .sending, .sendingAgain: .sending
        case .inDoubt, .inDoubtAgain: .inDoubt
        case .accepted, .acceptedAgain: .accepted
        case .sent: .sent
        case .delivered: .delivered
        case .read: .read
        case .played: .played
        case .failed, .decided: .failed
        case .skipped: .skipped
        case .cancelled: .cancelled
        case .expired: .expired
        }
    }

    /// Takes a message that has just been claimed there; `claim` makes the second attempt.
    func reach(_ first: Claim, _ transaction: Transaction, claim: () throws -> Claim) throws {
        switch self {
        case .sending: break
        case .waiting: try takeBack(first, transaction)
        case .inDoubt: try transaction.end(first, as: .inDoubt, because: .answerUnknown)
        case .accepted: try accept(first, transaction)
        case .sent: try advance(first, .sent, transaction)
        case .delivered: try advance(first, .delivered, transaction)
        case .read: try advance(first, .read, transaction)
        case .played: try advance(first, .played, transaction)
        case .failed: try transaction.end(first, as: .failed, because: .metaRefused, code: 131_026)
        case .decided:
            try transaction.end(first, as: .inDoubt, because: .answerUnknown)
            if let message = try transaction.message(first.attempt.message) { try transaction.resolve(message, as: .notSent) }
        case .skipped, .cancelled, .expired:
            try takeBack(first, transaction)
            try transaction.move(first.subject, from: .waiting, to: state, because: .asked)
        case .sendingAgain, .inDoubtAgain, .acceptedAgain:
            try transaction.end(first, as: .waiting, because: .metaAskedToWait, code: 130_429, dueAt: transaction.now)
            let second = try claim()
            if self == .inDoubtAgain { try transaction.end(second, as: .inDoubt, because: .answerUnknown) }
            if self == .acceptedAgain { try accept(second, transaction) }
        }
    }

    private func takeBack(_ claim: Claim, _ transaction: Transaction) throws {
        try transaction.end(claim, as: .waiting, because: .campaignStopped, dueAt: transaction.now)
    }

    private func accept(_ claim: Claim, _ transaction: Transaction) throws {
        try transaction.accept(claim, wamid: claim.attempt.wamid, waID: nil)
    }

    private func advance(_ claim: Claim, _ fact: StatusFact, _ transaction: Transaction) throws {
        try accept(claim, transaction)
        _ = try transaction.advance(StatusNews(attempt: claim.attempt, wamid: claim.attempt.wamid, fact: fact))
    }
}

extension AttemptID {
    /// One that belongs to no other attempt.
    var wamid: String { "wamid.\(self)" }
}
