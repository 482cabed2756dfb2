import WaproCore
import Synchronization

/// The last look before a claim leaves: has a commit since its claim stopped its campaign or number, or did its person opt out?
///
/// A claim read all that in its own transaction; between that commit and the hand-over another one may have come. Whatever stops
/// sending closes the gate *before* its own commit, and a hand-over happens inside the gate, so from the moment the stop is on disk
/// nothing that it forbids is handed over (promise P5). Stops are remembered by their place in the order of commits, not by time, and
/// only as long as a claim can be on its way.
public final class HandOverGate: Sendable {
    /// What a stop is about.
    enum Subject: Hashable, Sendable {
        case campaign(CampaignID)
        case message(MessageID)
        case marketing(ContactID)
        case number(NumberID)
        case everything
    }

    private struct State {
        var stops: [Subject: (mark: Int64, since: ContinuousClock.Instant)] = [:]
    }

    /// Longer than any claim waits for its hand-over.
    private static let memory = Duration.seconds(60)
    private let state = Mutex(State())

    /// Runs `handOver` unless something that was committed after the claim forbids it; false when it does.
    public func pass(_ claim: Claim, _ handOver: () -> Void) -> Bool {
        state.withLock { state in
            guard !state.stops.isEmpty else {
                handOver()
                return true
            }
            var subjects: [Subject] = [.everything, .number(claim.number), .message(claim.attempt.message)]
            if let campaign = claim.campaign { subjects.append(.campaign(campaign)) }
            if claim.isMarketing { subjects.append(.marketing(claim.contact)) }
            for subject in subjects {
                if let stop = state.stops[subject], stop.mark > claim.mark { return false }
            }
            handOver()
            return true
        }
    }

    /// Before the commit that they belong to. Should it fail, the stops stay: what they keep back goes back to waiting and is claimed anew.
    func close(_ stops: [Subject: Int64]) {
        guard !stops.isEmpty else { return }
        let now = ContinuousClock.now
        state.withLock { state in
            if state.stops.count > 1000 { state.stops = state.stops.filter { $0.value.since.duration(to: now) < Self.memory } }
            for (subject, mark) in stops { state.stops[subject] = (mark, now) }
        }
    }
}

extension Transaction {
    /// Lets nothing about `subject` that was claimed before this transaction be handed over any more.
    func stop(_ subject: HandOverGate.Subject) {
        stops[subject] = mint(MessageID.self).rawValue
    }
}
