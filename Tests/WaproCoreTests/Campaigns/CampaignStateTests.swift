import Testing
import WaproCore

@Suite struct CampaignStateTests {
    @Test func `a cancelled campaign stays cancelled`() {
        #expect(CampaignState.cancelled.moves.isEmpty)
    }

    @Test func `sending is reached only through freezing, or by resuming`() {
        let before = CampaignState.allCases.filter { $0.mayMove(to: .running) }
        #expect(Set(before) == [.freezing, .paused, .held, .finished])
    }

    @Test func `whatever sends can be paused, held and cancelled`() {
        for state in CampaignState.allCases where state.sends {
            #expect(state.mayMove(to: .paused) && state.mayMove(to: .held) && state.mayMove(to: .cancelled))
        }
    }
}
