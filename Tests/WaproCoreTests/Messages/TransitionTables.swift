import Testing
import WaproCore

/// The tables of DESIGN §3.6 whole: every state with every fact and with every move. The rules that follow from them are tested beside.
@Suite struct TransitionTables {
    /// One line a state: where *sent*, *delivered*, *read*, *played*, *failed* and the failure of an earlier attempt take it. A dash changes
    /// nothing.
    private static let facts = """
        pending     -  -  -  -  -  -
        waiting     s  d  r  p  -  -
        sending     s  d  r  p  f  -
        in_doubt    s  d  r  p  f  -
        accepted    s  d  r  p  f  -
        sent        -  d  r  p  f  -
        delivered   -  -  r  p  -  -
        read        -  -  -  p  -  -
        played      -  -  -  -  -  -
        failed      -  d  r  p  -  -
        skipped     s  d  r  p  -  -
        cancelled   s  d  r  p  -  -
        expired     s  d  r  p  -  -
        received    -  -  -  -  -  -
        """

    /// One line a state: where our decisions may take it.
    private static let moves = """
        pending     waiting skipped cancelled expired
        waiting     sending skipped cancelled expired
        sending     waiting in_doubt accepted failed skipped cancelled expired
        in_doubt    waiting accepted failed cancelled
        accepted
        sent
        delivered
        read
        played
        failed      waiting
        skipped
        cancelled
        expired
        received
        """

    private static let letters: [String: MessageState] = ["s": .sent, "d": .delivered, "r": .read, "p": .played, "f": .failed]

    private static func rows(_ table: String) throws -> [(state: MessageState, cells: [String])] {
        try table.split(separator: "\n").map { line in
            let words = line.split(separator: " ").map(String.init)
            return (try #require(MessageState(slug: words[0])), Array(words.dropFirst()))
        }
    }

    @Test func `every state and every fact`() throws {
        let rows = try Self.rows(Self.facts)
        #expect(rows.map(\.state) == MessageState.allCases)
        for (state, cells) in rows {
            let facts = StatusFact.allCases.map { state.advanced(by: $0, ofCurrentAttempt: true) }
            let earlier = state.advanced(by: .failed, ofCurrentAttempt: false)
            #expect(facts + [earlier] == cells.map { Self.letters[$0] }, "\(state)")
            for fact in StatusFact.allCases where fact != .failed {
                #expect(state.advanced(by: fact, ofCurrentAttempt: false) == state.advanced(by: fact, ofCurrentAttempt: true), "\(state)")
            }
        }
    }

    @Test func `where a person decided that it was not sent, whatever Meta says of it goes before that`() {
        for fact in StatusFact.allCases {
            #expect(MessageState.failed.advanced(by: fact, ofCurrentAttempt: true, isDecided: true) == fact.state)
        }
        #expect(MessageState.failed.advanced(by: .failed, ofCurrentAttempt: false, isDecided: true) == nil)
    }

    @Test func `every state and every move`() throws {
        let rows = try Self.rows(Self.moves)
        #expect(rows.map(\.state) == MessageState.allCases)
        for (state, cells) in rows {
            for next in MessageState.allCases { #expect(state.mayMove(to: next) == cells.contains(next.slug), "\(state) to \(next)") }
        }
    }
}
