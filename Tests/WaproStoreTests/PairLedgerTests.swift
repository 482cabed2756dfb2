import Testing
import WaproCore

@testable import WaproStore

/// What the writer remembers of pairs: two generations of marks, and those that borrowed.
@Suite struct PairLedgerTests {
    private static let start = Timestamp(milliseconds: 1_795_341_600_000)
    private let pair = PairLedger.Pair(number: NumberID(rawValue: 1), contact: ContactID(rawValue: 2))

    private func other(_ index: Int64) -> PairLedger.Pair {
        PairLedger.Pair(number: NumberID(rawValue: 1), contact: ContactID(rawValue: 1000 + index))
    }

    private func at(_ seconds: Double) -> Timestamp { Self.start.advanced(by: .milliseconds(Int(seconds * 1000))) }

    @Test func `a mark is there as long as it matters, and gone soon after`() {
        let ledger = PairLedger()
        ledger.pay(pair, until: at(6), at: at(0))
        // Others come and go: the generations turn.
        for second in 1...5 { ledger.pay(other(Int64(second)), until: at(Double(second) + 6), at: at(Double(second))) }
        #expect(ledger.paidUntil(pair) == at(6))
        ledger.pay(other(9), until: at(12), at: at(6))
        #expect(ledger.paidUntil(pair) == at(6), "the generation before is kept")
        ledger.pay(other(10), until: at(18), at: at(12))
        #expect(ledger.paidUntil(pair) == nil && ledger.paidUntil(other(5)) == nil)
        #expect(ledger.paidUntil(other(9)) == at(12))
    }

    @Test func `no mark goes before its time, whenever it came`() {
        for offset in stride(from: 0.0, through: 5.9, by: 0.7) {
            let ledger = PairLedger()
            ledger.pay(other(0), until: at(6), at: at(0))
            ledger.pay(pair, until: at(offset + 6), at: at(offset))
            for step in 1...12 {
                let now = offset + 0.5 * Double(step)
                ledger.pay(other(Int64(step)), until: at(now + 6), at: at(now))
                if now < offset + 6 { #expect(ledger.paidUntil(pair) == at(offset + 6), "\(offset), \(now)") }
            }
        }
    }

    @Test func `a burst that was borrowed is remembered until it is paid back`() {
        let ledger = PairLedger()
        var until: Timestamp?
        for _ in 0..<PairLimit.burst {
            until = PairLimit.paid(until: until, andOneMoreAt: at(0))
            ledger.pay(pair, until: until ?? at(0), at: at(0))
        }
        #expect(ledger.paidUntil(pair) == at(270))
        for second in stride(from: 6.0, to: 264, by: 6) {
            ledger.pay(other(1), until: at(second + 6), at: at(second))
            #expect(ledger.paidUntil(pair) == at(270))
        }
        for second in [270.0, 276, 282] { ledger.pay(other(1), until: at(second + 6), at: at(second)) }
        #expect(ledger.paidUntil(pair) == nil && ledger.count == 2, "one person in each generation")
    }

    @Test func `what did not go is given back, unless something was paid for since`() {
        let ledger = PairLedger()
        ledger.pay(pair, until: at(6), at: at(0))
        ledger.pay(pair, until: at(12), at: at(0.1))
        ledger.refund(.init(pair: pair, paidAt: at(0)), at: at(0.2))
        #expect(ledger.paidUntil(pair) == at(12))
        ledger.refund(.init(pair: pair, paidAt: at(0.1)), at: at(0.3))
        #expect(ledger.paidUntil(pair) == at(6))
        // What Meta asked for is not undone by a message that did not go.
        ledger.block(pair, until: at(20))
        ledger.block(pair, until: at(10))
        ledger.refund(.init(pair: pair, paidAt: at(0.1)), at: at(0.5))
        #expect(ledger.blockedUntil(pair) == at(20) && ledger.blockedUntil(other(1)) == nil)
        ledger.refund(.init(pair: other(1), paidAt: at(0)), at: at(1))
        #expect(ledger.paidUntil(other(1)) == nil)
    }

    @Test func `a clock that goes back makes marks last longer, never shorter`() {
        let ledger = PairLedger()
        ledger.pay(pair, until: at(6), at: at(0))
        ledger.pay(other(1), until: at(-3600 + 6), at: at(-3600))
        #expect(ledger.paidUntil(pair) == at(6))
        ledger.pay(other(2), until: at(-3598 + 6), at: at(-3598))
        #expect(ledger.paidUntil(pair) == at(6))
    }

    @Test func `memory is bounded by who was written to in twelve seconds`() {
        let ledger = PairLedger()
        for step in 0..<20_000 {
            let now = Double(step) * 0.01
            ledger.pay(other(Int64(step)), until: at(now + 6), at: at(now))
        }
        #expect(ledger.count <= 1_201)
    }
}
