import Testing
import WaproCloud
import WaproCore

@testable import WaproSending
@testable import WaproStore

/// What happens between a claim and its result.
@Suite struct ClaimTests {
    private let first = MachineBench.first
    private let lane = Lane.campaign(MachineBench.first)

    /// A machine that granted ten messages and waits for their claims.
    private func granted(_ settings: SendingSettings = SendingSettings()) -> MachineBench {
        var bench = MachineBench.ready(settings, limits: 10)
        bench.step(.looked(bench.work([MachineBench.campaign()])))
        return bench
    }

    private func again(_ bench: MachineBench, _ because: Reason) -> Ending {
        .takenBack(because: because)
    }

    @Test func `a claim that is 250 ms old is handed over; an older one goes back unsent`() {
        var bench = granted()
        let claims = bench.claims(2)
        bench.now = bench.now.advanced(by: .milliseconds(250))
        #expect(bench.claimed(lane, claims, granted: 10, next: nil).handedOver == claims)

        var late = granted()
        let old = late.claims(2)
        late.now = late.now.advanced(by: .milliseconds(251))
        let effects = late.claimed(lane, old, granted: 10, next: nil)
        #expect(effects.handedOver.isEmpty)
        #expect(effects.endings == [again(late, .intentTooOld), again(late, .intentTooOld)])
        #expect(late.machine.campaignsInFlight == 0)
    }

    @Test func `claims of a campaign that stopped meanwhile go back`() {
        var bench = granted()
        let claims = bench.claims(3)
        bench.step(.looked(bench.work([])))
        let effects = bench.claimed(lane, claims, granted: 10, next: bench.now)
        #expect(effects.handedOver.isEmpty)
        #expect(effects.endings == Array(repeating: again(bench, .campaignStopped), count: 3))
    }

    @Test func `a shutdown sends back what is claimed, grants nothing, and waits for what is on the wire`() {
        var bench = granted()
        let onWire = bench.claims(4)
        bench.claimed(lane, onWire, granted: 10, next: bench.now)
        let stopping = bench.step(.stop)
        #expect(stopping.granted.isEmpty && stopping.looks == 0)
        let claims = bench.claims(6)
        let back = bench.claimed(lane, claims, granted: 6, next: bench.now)
        #expect(back.handedOver.isEmpty)
        #expect(back.endings == Array(repeating: again(bench, .shuttingDown), count: 6))
        bench.recorded()
        #expect(bench.step(.rang).looks == 0)
        for claim in onWire {
            #expect(!bench.machine.isDrained)
            #expect(bench.step(.ended(claim, .accepted)).records.count == 1)
            #expect(!bench.machine.isDrained, "its result is not on disk yet")
            bench.recorded()
        }
        #expect(bench.machine.isDrained)
        #expect(bench.machine.accepted == 4)
    }

    @Test func `a machine that waits for a claim is not drained`() {
        var bench = granted()
        bench.step(.stop)
        #expect(!bench.machine.isDrained)
        bench.claimed(lane, [], granted: 10, next: nil)
        #expect(bench.machine.isDrained)
    }

    @Test func `results are written in batches, a few transactions at once`() {
        var settings = SendingSettings()
        (settings.batch, settings.recordings, settings.gather) = (3, 2, .zero)
        var bench = MachineBench.ready(settings)
        bench.step(.looked(bench.work([MachineBench.campaign()])))
        var claims: [Claim] = []
        for _ in 0..<3 {
            let next = bench.claims(3)
            bench.claimed(lane, next, granted: 3, next: bench.now)
            claims += next
        }
        var sizes: [[Int]] = []
        for claim in claims { sizes.append(bench.step(.ended(claim, .accepted)).records.map(\.count)) }
        #expect(sizes == [[1], [1], [], [], [], [], [], [], []])
        #expect(bench.recorded().records.map { $0.map(\.claim) } == [Array(claims[2..<5])])
        #expect(bench.recorded().records.map { $0.map(\.claim) } == [Array(claims[5..<8])])
        #expect(bench.recorded().records.map { $0.map(\.claim) } == [[claims[8]]])
    }

    @Test func `an answer of a campaign waits for others to be written with it, but not long, and a refusal not at all`() {
        var bench = MachineBench.ready(limits: 5)
        bench.step(.looked(bench.work([MachineBench.campaign()])))
        let claims = bench.claims(5)
        bench.claimed(lane, claims, granted: 5, next: nil)
        let due = bench.now.advanced(by: .milliseconds(10))
        #expect(bench.step(.ended(claims[0], .accepted)).records.isEmpty)
        #expect(bench.pass(.milliseconds(9)).records.isEmpty && bench.step(.ended(claims[1], .accepted)).wakes.allSatisfy { $0 == due })
        #expect(bench.pass(.milliseconds(1)).records.map(\.count) == [2])
        bench.step(.ended(claims[2], .accepted))
        #expect(bench.step(.ended(claims[3], .unfilled("a name"))).records.map(\.count) == [2])
        #expect(bench.step(.ended(claims[4], .accepted)).records.map(\.count) == [1], "nothing else is under way")
    }

    @Test func `while more results wait to be written than may, nothing is claimed`() {
        var settings = SendingSettings()
        (settings.batch, settings.recordings, settings.unwritten) = (10, 1, 25)
        var bench = MachineBench.ready(settings)
        func claims(in effects: [SendingEffect]) -> Int {
            effects.count { if case .claim = $0 { true } else { false } }
        }
        bench.step(.looked(bench.work([MachineBench.campaign()])))
        var most = 0
        var asked = 0
        // The store is slow: it takes one transaction of results and does not come back.
        for _ in 0..<20 {
            let next = bench.claims(10)
            asked += claims(in: bench.claimed(lane, next, granted: 10, next: bench.now))
            for claim in next { asked += claims(in: bench.step(.ended(claim, .accepted))) }
            most = max(most, bench.machine.results.count)
            guard bench.machine.pendingClaims > 0 else { break }
        }
        #expect(bench.machine.pendingClaims == 0, "it claims on, with \(most) results waiting")
        #expect(most < 25 + 2 * 10)
        // Each result that is written makes room.
        while claims(in: bench.recorded()) == 0 { if bench.machine.results.isEmpty { break } }
        #expect(bench.machine.pendingClaims == 1 && bench.machine.results.count < 25)
    }

    @Test func `a campaign is asked to finish when nothing of it is left anywhere`() {
        var bench = MachineBench.ready(limits: 10)
        bench.step(.looked(bench.work([MachineBench.campaign(waiting: 1)])))
        let claim = bench.claim()
        #expect(bench.claimed(lane, [claim], granted: 1, next: nil).finished.isEmpty)
        #expect(bench.step(.ended(claim, .accepted)).finished.isEmpty, "its result is not on disk yet")
        #expect(bench.recorded().finished == [first])
        #expect(bench.step(.tick).finished.isEmpty, "it is asked already")
    }

    @Test func `a campaign halted by Meta claims no more and sends back what comes of earlier grants`() {
        var bench = granted()
        let claims = bench.claims(2)
        bench.claimed(lane, claims, granted: 2, next: bench.now)
        let effects = bench.step(.ended(claims[0], .answered(.halt(.campaign, .sample(code: 132001)))))
        #expect(effects.granted.isEmpty)
        #expect(effects.endings == [.halted(.campaign, code: 132001)])
        let late = bench.claimed(lane, bench.claims(1), granted: 8, next: bench.now)
        #expect(late.handedOver.isEmpty && late.endings == [again(bench, .campaignStopped)])
    }

    @Test(arguments: [HaltScope.number, .account]) func `a number halted by Meta is granted nothing at once`(scope: HaltScope) {
        var bench = MachineBench.ready(limits: 10)
        bench.step(.looked(bench.work([MachineBench.campaign(waiting: 2)])))
        let claims = bench.claims(2)
        bench.claimed(lane, claims, granted: 2, next: bench.now)
        bench.machine.numbers[MachineBench.number]?.conversationDue = bench.now
        bench.machine.campaigns[first]?.waiting = 50
        #expect(bench.step(.ended(claims[0], .answered(.halt(scope, .sample(code: 131031))))).granted.isEmpty)
        #expect(bench.pass(.seconds(5)).granted.isEmpty)
        let resumed = bench.step(.looked(bench.work([MachineBench.campaign()], conversationDue: bench.now)))
        #expect(resumed.granted[.conversation(MachineBench.number)] ?? 0 > 0)
    }

    @Test func `the claim of a number that was halted meanwhile goes back`() {
        var bench = granted()
        let claims = bench.claims(2)
        bench.claimed(lane, [claims[0]], granted: 10, next: bench.now)
        bench.step(.ended(claims[0], .answered(.halt(.number, .sample(code: 131031)))))
        #expect(bench.claimed(lane, [claims[1]], granted: 9, next: bench.now).handedOver.isEmpty)
    }

    @Test func `a campaign that was paused and resumed with messages on the wire finishes`() {
        var bench = MachineBench.ready(limits: 10)
        bench.step(.looked(bench.work([MachineBench.campaign(waiting: 1)])))
        let claim = bench.claim()
        bench.claimed(lane, [claim], granted: 1, next: nil)
        bench.step(.looked(bench.work([])))
        bench.step(.looked(bench.work([MachineBench.campaign(waiting: 0)])))
        bench.step(.finishChecked(first))
        bench.step(.ended(claim, .accepted))
        bench.step(.finishChecked(first))
        let effects = bench.recorded()
        #expect(bench.machine.unsettled.isEmpty)
        #expect(effects.finished == [first])
    }
}
