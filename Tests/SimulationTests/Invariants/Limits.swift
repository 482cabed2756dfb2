import WaproCore

@testable import WaproStore

/// I5: no limit is exceeded over any window, by the clock as the daemon had it. What a clock that was put forward has let pass is past.
extension World {
    func checkLimits() throws {
        try checkPairs()
        try checkReach()
        for (campaign, rate) in ledger.rates { try checkRate(of: "campaign", rate, lanes: 1) { $0.claim.campaign == campaign } }
        for (number, throughput) in zip(blueprint.numbers, scenario.throughputs) {
            // Both campaigns and the conversations may have a grant that is not claimed yet.
            try checkRate(of: "number", throughput, lanes: 3) { $0.claim.number == number }
        }
        for (campaign, cap) in ledger.caps { try checkCap(campaign, cap) }
    }

    /// A message each six seconds to one person; conversations may borrow a burst and pay it back.
    private func checkPairs() throws {
        var paid: [PairLedger.Pair: (clock: Timestamp, elapsed: Duration)] = [:]
        for hand in ledger.hands {
            paid = paid.filter { $0.value.clock > hand.peak }
            guard hand.isTaken else { continue }
            let pair = PairLedger.Pair(number: hand.claim.number, contact: hand.claim.contact)
            let at = hand.claim.intentAt
            let until = paid[pair] ?? (at, hand.elapsed)
            let borrowed: Duration = hand.claim.campaign == nil ? .seconds(6 * 44) : .zero
            // Where the clock was put back it has to be too soon by the time that really passed as well.
            if at.advanced(by: borrowed) < until.clock, hand.elapsed + borrowed < until.elapsed {
                throw Broken("I5", "\(hand.claim.attempt) too soon for its pair, at \(at)")
            }
            paid[pair] = (max(until.clock, at).advanced(by: .seconds(6)), max(until.elapsed, hand.elapsed) + .seconds(6))
        }
    }

    /// People written to first by the portfolio in 24 hours.
    private func checkReach() throws {
        guard let word = scenario.messagingLimit, let most = Int(word.drop { !$0.isNumber }) else { return }
        let day = Duration.seconds(86_400)
        var reached: [ContactID: (clock: Timestamp, elapsed: Duration)] = [:]
        for hand in ledger.hands {
            reached = reached.filter { $0.value.clock.advanced(by: day) > hand.peak && $0.value.elapsed + day > hand.elapsed }
            guard hand.isTaken, hand.isFirst else { continue }
            let at = hand.claim.intentAt
            reached[hand.claim.contact] = (max(reached[hand.claim.contact]?.clock ?? at, at), hand.elapsed)
            guard reached.count <= most else { throw Broken("I5", "\(reached.count) people in 24 hours, at \(hand.claim.intentAt)") }
        }
    }

    /// Messages of any second: the rate, the burst, and a grant that came late to its claim.
    private func checkRate(of what: String, _ rate: Int, lanes: Int, _ counts: (Ledger.Hand) -> Bool) throws {
        let burst = max(1 + Double(rate) / 1000, Double(rate) / 100)
        let most = rate + Int(burst * Double(1 + lanes)) + 1
        let hands = ledger.hands.filter(counts)
        for (index, first) in hands.enumerated() {
            let end = first.claim.intentAt.advanced(by: .seconds(1))
            let count = hands[index...].prefix { $0.segment == first.segment }
                .count { $0.claim.intentAt >= first.claim.intentAt && $0.claim.intentAt < end }
            guard count <= most else { throw Broken("I5", "\(count) messages of a \(what) in a second, of \(rate)") }
        }
    }

    /// Messages of a campaign in 24 hours; what Meta did not take leaves its room to another.
    private func checkCap(_ campaign: CampaignID, _ cap: Int) throws {
        let day = Duration.seconds(86_400)
        var sent: [Timestamp] = []
        for hand in ledger.hands {
            sent = sent.filter { $0.advanced(by: day) > hand.peak }
            guard hand.isTaken, hand.claim.campaign == campaign else { continue }
            sent.append(hand.claim.intentAt)
            guard sent.count <= cap else { throw Broken("I5", "\(sent.count) messages of a campaign in 24 hours, of \(cap)") }
        }
    }
}
