import WaproCore

@testable import WaproSending
@testable import WaproStore

extension SendingEffect {
    /// What the dispatcher does for it in one transaction, and what the machine is told of it; nil for what needs none.
    func errand(
        boot: BootID,
        _ settings: SendingSettings
    ) -> (@Sendable (Transaction) throws -> SendingInput)? {
        switch self {
        case .look: { .looked(try Queue.look($0)) }
        case .freeze(let id):
            {
                // Smaller batches than the expander's, so that an audience takes several.
                let count = try $0.freeze(id, limit: 5)
                return .froze(id, count: count, isComplete: try $0.campaign(id)?.isFrozen ?? true)
            }
        case .expand(let id, let limit):
            { .expanded(id, count: try Expander.expand(id, limit: limit, validity: settings.validity, $0)) }
        case .claim(let lane, let granted):
            { .claimed(lane, try Queue.claim(lane, granted: granted, boot: boot, rules: settings.rules, $0), granted: granted) }
        case .record(let results):
            {
                try Recorder.record(results, in: $0)
                return .recorded(results)
            }
        case .finish(let id):
            {
                _ = try $0.finishIfDone(id)
                return .finishChecked(id)
            }
        case .sweep(let id):
            {
                try $0.sweep(id)
                return .swept(id)
            }
        case .handOver, .wake: nil
        }
    }
}

/// The disk was full.
private struct Undone: Error {}

extension World {
    /// Does what the machine asked for. The machine is told later, when it reads its mail.
    ///
    /// - Parameter forgets: the daemon dies before the machine is told.
    func carryOut(_ effect: SendingEffect, forgets: Bool = false) async throws {
        guard let errand = effect.errand(boot: store.boot, scenario.settings) else { return }
        trace.note("\(now) \(effect.word)")
        if !isSettling, random.chance(0.02) {
            tally.count("fault disk")
            // It did everything, and all of it is undone.
            do {
                try await store.write(.control) { transaction in
                    _ = try errand(transaction)
                    throw Undone()
                }
            } catch is Undone {
                inbox.append(.troubled(effect))
                return
            }
        }
        let input = try await write(.control, errand)
        if case .looked(let workload) = input { sender.prepare(workload.records) }
        if case .claimed(_, let came, _) = input { ledger.claimed(came.claims) }
        if !forgets { inbox.append(input) }
    }

    /// Hands a claim to the sender, at once as the dispatcher does.
    func handOver(_ claim: Claim) throws {
        sender.send(claim) { [answers] in answers.put(.ended(claim, $0)) }
        for request in wire.take() {
            let post = try Post(request.request, claim)
            try leaves(post)
            let isTaken = meta.receive(post, request.completion, faults: !isSettling, at: (now, elapsed), &random, &tally)
            trace.note("\(now) hand over \(post.claim.attempt) \(post.what) to \(post.phone): \(isTaken ? "taken" : "not taken")")
            ledger.hands[ledger.hands.count - 1].isTaken = isTaken
            if isTaken { try isTakenOnce(post) }
        }
        inbox += answers.take()
    }

    /// One of Meta's answers comes.
    func answer() {
        let flight = meta.flights.remove(at: random.int(0...meta.flights.count - 1))
        trace.note("\(now) answer to \(flight.post.claim.attempt)")
        flight.completion(flight.answer)
        inbox += answers.take()
    }
}

extension SendingEffect {
    fileprivate var word: String {
        switch self {
        case .look: "look"
        case .freeze(let id): "freeze \(id)"
        case .expand(let id, let limit): "expand \(id) by \(limit)"
        case .claim(let lane, let granted): "claim \(granted) of \(lane)"
        case .handOver(let claims): "hand over \(claims.count)"
        case .record(let results): "record \(results.map { "\($0.0.attempt) \($0.1)" })"
        case .finish(let id): "finish \(id)"
        case .sweep(let id): "sweep \(id)"
        case .wake(let time): "wake at \(time)"
        }
    }
}
