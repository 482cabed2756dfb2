import Testing
import WaproCore

@Suite struct AdvanceTests {
    static let outbound = MessageState.allCases.filter { $0 != .received && $0 != .pending }

    @Test func `a message never moves backwards, whatever comes in whatever order, each twice`() {
        for start in Self.outbound {
            for facts in permutations(of: StatusFact.allCases) {
                var state = start
                for fact in facts.flatMap({ [$0, $0] }) {
                    guard let next = state.advanced(by: fact, ofCurrentAttempt: true) else { continue }
                    if let before = state.rank, let after = next.rank { #expect(after > before) }
                    #expect(next != state)
                    state = next
                }
                #expect(state == .played, "\(start) after \(facts) must end where the highest fact says")
            }
        }
    }

    @Test func `without a played or read the end does not depend on the order`() {
        for start in Self.outbound where start.rank == nil || start == .accepted {
            let ends = Set(permutations(of: [.sent, .delivered, .failed]).map { facts in run(start, facts) })
            #expect(ends == [.delivered], "\(start)")
        }
    }

    @Test(arguments: [
        (MessageState.sending, StatusFact.failed, MessageState?.some(.failed)), (.inDoubt, .failed, .failed), (.accepted, .failed, .failed),
        (.sent, .failed, .failed), (.delivered, .failed, nil), (.read, .failed, nil), (.waiting, .failed, nil), (.failed, .failed, nil),
        (.failed, .sent, nil), (.failed, .delivered, .delivered), (.cancelled, .sent, .sent), (.waiting, .sent, .sent),
        (.read, .delivered, nil),
        (.sent, .sent, nil), (.received, .read, nil), (.pending, .sent, nil),
    ])
    func `each fact does what the design says`(state: MessageState, fact: StatusFact, next: MessageState?) {
        #expect(state.advanced(by: fact, ofCurrentAttempt: true) == next)
    }

    @Test func `the failure of an earlier attempt changes nothing, its delivery does`() {
        for state in Self.outbound {
            #expect(state.advanced(by: .failed, ofCurrentAttempt: false) == nil)
            #expect(state.advanced(by: .delivered, ofCurrentAttempt: false) == state.advanced(by: .delivered, ofCurrentAttempt: true))
        }
    }

    private func run(_ start: MessageState, _ facts: [StatusFact]) -> MessageState {
        facts.reduce(start) { $0.advanced(by: $1, ofCurrentAttempt: true) ?? $0 }
    }

    private func permutations<Element>(of elements: [Element]) -> [[Element]] {
        guard elements.count > 1 else { return [elements] }
        return elements.indices.flatMap { index in
            var rest = elements
            let first = rest.remove(at: index)
            return permutations(of: rest).map { [first] + $0 }
        }
    }
}
