import WaproCore

@testable import WaproStore

extension World {
    /// Takes in what a commit did, and checks that it may have: no gap in the events (I6), no step back (rank), nothing that Meta did not say.
    func see(_ events: [Event]) throws {
        for event in events {
            guard event.sequence == ledger.lastEvent + 1 else { throw Broken("I6", "event \(event.sequence) after \(ledger.lastEvent)") }
            ledger.lastEvent = event.sequence
            trace.note(
                "\(now)   event \(event.topic) \(event.message?.description ?? event.detail ?? "") to \(event.to ?? -1) \(event.because.map { "\($0)" } ?? "")"
            )
            switch event.topic {
            case .message: try see(message: event)
            case .campaign:
                if let id = event.campaign, let state = event.to.flatMap(CampaignState.init(rawValue:)) { ledger.campaigns[id] = state }
                if event.to == CampaignState.held.rawValue { tally.count("campaign held") }
            case .contact:
                guard let id = event.contact else { continue }
                if event.detail == "opted_out" { ledger.optedOut.insert(id) } else { ledger.optedOut.remove(id) }
            case .number:
                guard let id = event.detail.flatMap({ NumberID($0) }) else { continue }
                if event.because == .metaHalted { ledger.halted.insert(id) } else { ledger.halted.remove(id) }
            default:
                if event.because == .storeWentBack || event.because == .storeFenceMissing {
                    throw Broken("fence", "the store holds itself: \(event.because.map { "\($0)" } ?? "")")
                }
            }
        }
    }

    private func see(message event: Event) throws {
        guard let id = event.message else { return }
        guard let to = event.to.flatMap(MessageState.init(rawValue:)) else {
            if event.because == .doubtWindowEnded {
                ledger.listed.insert(id)
                tally.count("doubt listed")
            }
            return
        }
        let known = ledger.states[id] ?? .waiting
        if let from = event.from.flatMap(MessageState.init(rawValue:)) {
            // A claim has no event.
            guard from == known || (from == .sending && known == .waiting) else {
                throw Broken("history", "\(id) goes from \(from.slug), and was \(known.slug)")
            }
            // What a person decided without evidence, evidence corrects.
            let isCorrected = ledger.decided.contains(id) && from == .failed && (to == .failed || to == .sent)
            guard from.mayBecome(to) || isCorrected else { throw Broken("rank", "\(id) goes from \(from.slug) to \(to.slug)") }
            try justify(id, from: from, to: to, event)
        }
        ledger.states[id] = to
        if event.because == .resolvedNotSent { ledger.decided.insert(id) } else { ledger.decided.remove(id) }
        ledger.listed.remove(id)
        if to == .inDoubt { ledger.doubted.append(id) }
        tally.count("state \(to.slug)")
    }

    /// What Meta is said to have done it did; what may reach a person twice somebody wanted.
    private func justify(_ id: MessageID, from: MessageState, to: MessageState, _ event: Event) throws {
        let ordinal = ledger.current[id] ?? 0
        let attempt = meta.taken[AttemptID(message: id, ordinal: ordinal)]
        if let rank = to.rank, rank > 0, !meta.taken(of: id).contains(where: { $0.taken.facts.contains { $0.state == to } }) {
            throw Broken("facts", "\(id) is \(to.slug), and Meta never said so")
        }
        // Also of an earlier attempt, when the later one never left.
        let hasFailed = event.code != nil && meta.taken(of: id).contains { $0.taken.failure == event.code }
        if event.because == .metaFailed, !hasFailed {
            throw Broken("facts", "\(id) failed with \(event.code ?? 0), and no attempt of it did")
        }
        guard to == .waiting, from == .inDoubt || from == .failed else { return }
        let isWanted =
            switch event.because {
            case .resendOrdered: ledger.ordered.contains(id)
            case .resendByPolicy: scenario.policies.marketing == .resend
            case .retriedAfterFailure, .metaHeldBack: attempt?.failure.map { Meta.repeatable.contains($0) } ?? false
            default: false
            }
        guard isWanted else { throw Broken("I2", "\(id) waits again, because \(event.because.map { "\($0)" } ?? "of nothing")") }
        tally.count("again \(event.because?.slug ?? "")")
        ledger.excused[id] = ordinal
    }
}

extension MessageState {
    /// The rule of the house in the simulation's own words: what Meta has confirmed is never taken back, except that a failure may follow
    /// while nobody has it.
    fileprivate func mayBecome(_ next: MessageState) -> Bool {
        if let rank { return next.rank.map { $0 > rank } ?? (next == .failed && rank <= 1) }
        switch self {
        case .skipped, .cancelled, .expired: return (next.rank ?? 0) >= 1
        case .failed: return next == .waiting || (next.rank ?? 0) >= 2
        default: return next != .pending && next != self
        }
    }
}
