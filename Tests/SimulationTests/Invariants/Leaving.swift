import WaproCore

@testable import WaproSending
@testable import WaproStore

extension World {
    /// What must be true of a message in the moment in which it leaves.
    func leaves(_ post: Post) throws {
        let claim = post.claim
        let (attempt, message) = (claim.attempt, claim.attempt.message)
        guard post.callbackData == CallbackData.render(attempt, store: store.name), claim.phone?.digits == post.phone else {
            throw Broken("body", "\(attempt) left as \(post.callbackData) to \(post.phone)")
        }
        guard ledger.handed.insert(attempt).inserted else { throw Broken("I2", "\(attempt) left twice") }
        guard (ledger.states[message] ?? .waiting) == .waiting || ledger.excused[message] != nil else {
            throw Broken("I2", "\(attempt) left while it is \(ledger.states[message]?.slug ?? "")")
        }
        if post.isMarketing, ledger.optedOut.contains(claim.contact) { throw Broken("I4", "\(attempt) left to who opted out") }
        if post.isMarketing != claim.isMarketing { throw Broken("I4", "\(attempt) is marketing, and its claim says otherwise") }
        if ledger.halted.contains(claim.number) { throw Broken("halt", "\(attempt) left from a number that Meta stopped") }
        let account = zip(blueprint.numbers, blueprint.accounts).first { $0.0 == claim.number }?.1
        for scope in ledger.holds {
            switch scope {
            case .everything: throw Broken("hold", "\(attempt) left while everything is held")
            case .account(let id): if id == account { throw Broken("hold", "\(attempt) left while its account is held") }
            case .number(let id): if id == claim.number { throw Broken("hold", "\(attempt) left while its number is held") }
            }
        }
        if let campaign = claim.campaign, !(ledger.campaigns[campaign]?.sends ?? false) {
            throw Broken("campaign", "\(attempt) left while its campaign is \(ledger.campaigns[campaign]?.slug ?? "")")
        }
        let isWindowOpen = meta.isWindowOpen(post.phone, post.phoneNumberID, at: claim.intentAt)
        guard post.isTemplate || isWindowOpen else { throw Broken("window", "\(attempt) is a text, and the window is closed") }
        if let notAfter = claim.notAfter, notAfter < claim.intentAt { throw Broken("not-after", "\(attempt) left too late") }
        guard claim.intentAt.duration(to: now) <= scenario.settings.intentLife else { throw Broken("intent", "\(attempt) left late") }
        ledger.hands.append(
            Ledger.Hand(
                claim: claim,
                elapsed: elapsed - max(.zero, claim.intentAt.duration(to: now)),
                peak: ledger.peak,
                segment: ledger.segment,
                isFirst: post.isTemplate && !isWindowOpen
            )
        )
        ledger.peak = now
    }

    /// I2: nobody gets a message twice, unless a person or the policy wanted that, or Meta said that the first one failed.
    func isTakenOnce(_ post: Post) throws {
        let attempt = post.claim.attempt
        for (ordinal, _) in meta.taken(of: attempt.message) where ordinal < attempt.ordinal {
            guard ordinal <= ledger.excused[attempt.message] ?? 0 else { throw Broken("I2", "Meta took \(attempt) and attempt \(ordinal)") }
        }
        guard post.claim.campaign != nil else { return }
        let twice = meta.taken.values.contains {
            $0.post.what == post.what && $0.post.phone == post.phone && $0.post.claim.attempt.message != attempt.message
        }
        if twice { throw Broken("I2", "the campaign wrote two messages to one person, \(attempt) is one") }
    }
}
