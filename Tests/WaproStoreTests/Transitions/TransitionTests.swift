import Testing
import WaproCore

@testable import WaproStore

/// Every standing of a message and Meta's facts in every order, each fact twice, with failures that are tried again and without: what the
/// store makes of it is what the tables of `WaproCore` say, the counters are right after every fact, and the end does not depend on the
/// order.
@Suite struct TransitionTests {
    /// A fact of one attempt.
    private struct News: Hashable {
        var ordinal: Int
        var fact: StatusFact
    }

    private static let retry = FailureRetry(after: .seconds(3600), spread: .zero, tries: nil, isPair: false)

    /// Of a message with two attempts, facts of both.
    private func facts(for standing: Standing) -> [News] {
        guard standing.ordinal == 2 else { return StatusFact.allCases.map { News(ordinal: 1, fact: $0) } }
        return [
            News(ordinal: 1, fact: .failed), News(ordinal: 1, fact: .delivered), News(ordinal: 2, fact: .sent),
            News(ordinal: 2, fact: .failed), News(ordinal: 2, fact: .read),
        ]
    }

    /// What the tables say, for a message whose current attempt is known.
    private struct Model {
        var state: MessageState
        var isDecided: Bool
        let ordinal: Int
        let retries: Bool
        /// Attempts of which Meta has said that they failed.
        var failed: Set<Int> = []

        /// Whether anything changed.
        mutating func hear(_ news: News) -> Bool {
            if news.fact == .failed { failed.insert(news.ordinal) }
            // It was sent before it failed, whichever is heard first.
            if news.fact == .sent, failed.contains(news.ordinal) { return false }
            guard let next = state.advanced(by: news.fact, ofCurrentAttempt: news.ordinal == ordinal, isDecided: isDecided) else {
                return false
            }
            state = next == .failed && retries && !isDecided ? .waiting : next
            isDecided = false
            return true
        }
    }

    @Test(arguments: Standing.allCases, [false, true])
    func `facts in every order, each twice`(standing: Standing, retries: Bool) async throws {
        let orders = permutations(of: facts(for: standing))
        let fixture = try await Fixture(contacts: orders.count)
        let campaign = try await fixture.runCampaign()
        let messages = try await reach(standing, fixture, campaign)
        #expect(messages.count == orders.count)
        #expect(try await fixture.counts(campaign) == [standing.state: orders.count])
        var models = messages.map { _ in
            Model(state: standing.state, isDecided: standing == .decided, ordinal: standing.ordinal, retries: retries)
        }
        for step in 0..<orders[0].count {
            for isRepeated in [false, true] {
                let outcomes = try await fixture.store.write(.applying) { transaction in
                    try zip(messages, orders).map { message, order in try hear(order[step], message, retries, transaction) }
                }
                for index in messages.indices {
                    let expected = models[index].hear(orders[index][step])
                    #expect((outcomes[index] != .nothing) == expected && outcomes[index] != .unknown, "\(orders[index]), step \(step)")
                    if isRepeated { #expect(outcomes[index] == .nothing, "a repeat changes nothing") }
                }
                let counted = Dictionary(grouping: models, by: \.state).mapValues(\.count)
                #expect(try await fixture.counts(campaign) == counted, "after step \(step)")
            }
        }
        // Read goes over everything that came for two attempts, played over everything else.
        #expect(Set(models.map(\.state)) == [standing.ordinal == 2 ? .read : .played])
        #expect(try await fixture.store.read { try $0.failures(of: campaign) }.isEmpty)
        fixture.clock.step(by: .seconds(7 * 86_400))
        #expect(try await fixture.claim(campaign).isEmpty, "nobody of them is sent anything again")
        try await checkHistories(of: messages, fixture)
    }

    private func hear(_ news: News, _ message: MessageID, _ retries: Bool, _ transaction: Transaction) throws -> Advance {
        let attempt = AttemptID(message: message, ordinal: news.ordinal)
        let isFailure = news.fact == .failed
        return try transaction.advance(
            StatusNews(
                attempt: attempt,
                wamid: attempt.wamid,
                fact: news.fact,
                code: isFailure ? (retries ? 131_049 : 131_026) : nil,
                retry: isFailure && retries ? Self.retry : nil
            )
        )
    }

    private func reach(_ standing: Standing, _ fixture: Fixture, _ campaign: CampaignID) async throws -> [MessageID] {
        try await fixture.store.write(.sending) { [boot = fixture.store.boot] transaction in
            try transaction.claim(of: campaign, limit: 1000, boot: boot).claims.map { claim in
                try standing.reach(claim, transaction) {
                    // What did not go is given back with the commit; here all of it is one transaction.
                    for refund in transaction.refunds { transaction.memory.pairs.refund(refund, at: transaction.now) }
                    transaction.refunds = []
                    return try #require(try transaction.claim(of: campaign, limit: 1, boot: boot).claims.first)
                }
                return claim.attempt.message
            }
        }
    }

    /// Each change begins where the one before ended; only a claim leaves no event.
    private func checkHistories(of messages: [MessageID], _ fixture: Fixture) async throws {
        let histories = try await fixture.store.read { snapshot in try messages.map { try snapshot.history(of: $0) } }
        for history in histories {
            for (event, next) in zip(history, history.dropFirst()) where next.from != event.to {
                #expect(event.to == MessageState.waiting.rawValue && next.from == MessageState.sending.rawValue)
            }
        }
    }

    private func permutations(of elements: [News]) -> [[News]] {
        guard elements.count > 1 else { return [elements] }
        return elements.indices.flatMap { index in
            var rest = elements
            let first = rest.remove(at: index)
            return permutations(of: rest).map { [first] + $0 }
        }
    }
}
