import Testing
import WaproCore

@Suite struct MoveTests {
    @Test func `what Meta has confirmed no decision of ours undoes`() {
        for state in MessageState.allCases where state.rank != nil { #expect(state.moves.isEmpty) }
    }

    @Test func `nothing is sent but from waiting, and nothing in doubt is sent again without going back there`() {
        for state in MessageState.allCases where state != .waiting { #expect(!state.mayMove(to: .sending), "\(state)") }
        #expect(MessageState.inDoubt.mayMove(to: .waiting))
    }

    @Test func `nobody goes back to pending, and no state moves to itself`() {
        for state in MessageState.allCases {
            #expect(!state.mayMove(to: .pending) && !state.mayMove(to: state) && !state.mayMove(to: .received))
        }
    }

    @Test func `states have one word each, and the word finds them`() {
        for state in MessageState.allCases { #expect(MessageState(slug: state.slug) == state) }
        for state in CampaignState.allCases { #expect(CampaignState(slug: state.slug) == state) }
        for topic in EventTopic.allCases { #expect(EventTopic(slug: topic.slug) == topic) }
        #expect(Set(Reason.allCases.map(\.slug)).count == Reason.allCases.count)
        #expect(Reason.answerUnknown.slug == "answer_unknown")
    }
}
