import Testing
import WaproCloud
import WaproCore

@testable import WaproSending
@testable import WaproStore

/// What the machine does about time, and about a store that says no.
@Suite struct TroubleTests {
    private let first = MachineBench.first
    private let lane = Lane.campaign(MachineBench.first)
    private let retry = SendingSettings().retryAfterTrouble

    @Test func `results that the store would not take are written later, none lost, in order`() throws {
        var bench = MachineBench.ready(.prompt, limits: 3)
        bench.step(.looked(bench.work([MachineBench.campaign(waiting: 3)])))
        let claims = bench.claims(3)
        bench.claimed(lane, claims, granted: 3, next: nil)
        let refused = try #require(bench.step(.ended(claims[0], .accepted)).first)
        #expect(bench.step(.troubled(refused)).records.isEmpty)
        #expect(bench.step(.ended(claims[1], .accepted)).records.isEmpty, "the store is left alone for a while")
        bench.step(.ended(claims[2], .accepted))
        let effects = bench.pass(retry)
        #expect(effects.records.map { $0.map(\.claim) } == [claims])
        #expect(!bench.machine.isDrained)
        bench.recorded()
        #expect(bench.machine.isDrained)
    }

    @Test func `results that are refused before earlier ones are written leave nothing of their campaign behind`() throws {
        let other = MachineBench.second
        var bench = MachineBench.ready(.prompt, limits: 2)
        bench.step(.looked(bench.work([MachineBench.campaign(waiting: 1), MachineBench.campaign(other, waiting: 1)])))
        let (claim, otherClaim) = (bench.claim(), bench.claim(other))
        bench.claimed(lane, [claim], granted: 1, next: nil)
        bench.claimed(.campaign(other), [otherClaim], granted: 1, next: nil)
        bench.step(.ended(claim, .accepted))
        let refused = try #require(bench.step(.ended(otherClaim, .accepted)).first { if case .record = $0 { true } else { false } })
        bench.step(.troubled(refused))
        bench.recorded()
        #expect(bench.machine.unsettled == [other: 1])
        _ = bench.pass(retry)
        bench.recorded()
        #expect(bench.machine.unsettled.isEmpty && bench.machine.isDrained)
    }

    @Test func `a claim that the store refused holds no room and is asked for again`() throws {
        var bench = MachineBench.ready(limits: 10)
        let effects = bench.step(.looked(bench.work([MachineBench.campaign()], conversationDue: bench.now)))
        #expect(effects.granted.count == 2)
        for effect in effects { if case .claim = effect { bench.step(.troubled(effect)) } }
        #expect(bench.machine.isDrained)
        #expect(bench.pass(retry - .milliseconds(1)).granted.isEmpty)
        #expect(bench.pass(.milliseconds(1)).granted.keys.contains(.conversation(MachineBench.number)))
        #expect(bench.pass(.milliseconds(50)).granted.values.allSatisfy { $0 <= 10 })
        #expect(bench.machine.campaignsInFlight <= 10 && bench.machine.conversationsInFlight <= 10)
    }

    @Test func `whatever else the store refused is asked for again, after a while`() {
        var bench = MachineBench.ready(limits: 0)
        let work = bench.work([MachineBench.campaign(waiting: 0, pending: 10, isFrozen: false)])
        for effect in bench.step(.looked(work)) { bench.step(.troubled(effect)) }
        #expect(bench.pass(retry - .milliseconds(1)).isEmpty)
        let again = bench.pass(.milliseconds(1))
        #expect(again.frozen == [first] && again.expanded == [250] && again.looks == 1)
        bench.step(.troubled(.look))
        #expect(bench.pass(retry).looks == 1)
    }

    @Test func `a refused finish is asked for again`() {
        var bench = MachineBench.ready()
        let asked = bench.step(.looked(bench.work([MachineBench.campaign(waiting: 0)])))
        #expect(asked.finished == [first])
        #expect(bench.step(.troubled(.finish(first))).wakes == [bench.now.advanced(by: retry)])
        #expect(bench.pass(retry).finished == [first])
    }

    @Test func `trouble during a shutdown does not lose results`() throws {
        var bench = MachineBench.ready(limits: 1)
        bench.step(.looked(bench.work([MachineBench.campaign(waiting: 1)])))
        let claim = bench.claim()
        bench.claimed(lane, [claim], granted: 1, next: nil)
        bench.step(.stop)
        let refused = try #require(bench.step(.ended(claim, .accepted)).first)
        bench.step(.troubled(refused))
        #expect(!bench.machine.isDrained)
        #expect(bench.pass(retry).records.map { $0.map(\.claim) } == [[claim]])
    }

    @Test func `the machine looks once at the start and once for rings that come while it looks`() {
        var bench = MachineBench()
        #expect(bench.step(.tick).looks == 1)
        #expect(bench.step(.rang).looks == 0)
        #expect(bench.step(.rang).looks == 0)
        #expect(bench.step(.looked(bench.work([]))).looks == 1)
        #expect(bench.step(.looked(bench.work([]))).looks == 0)
    }

    @Test func `it wakes when a conversation message is due`() {
        var bench = MachineBench.ready()
        let due = bench.now.advanced(by: .seconds(3))
        let effects = bench.step(.looked(bench.work([], conversationDue: due)))
        #expect(effects.wakes == [due] && effects.granted.isEmpty)
        #expect(bench.pass(.seconds(1)).wakes.isEmpty, "a tick is on its way already")
        #expect(bench.pass(.seconds(2)).granted == [.conversation(MachineBench.number): 10])
    }

    @Test func `it wakes when the next message of a campaign is due`() {
        var bench = MachineBench.ready(limits: 10)
        bench.step(.looked(bench.work([MachineBench.campaign(waiting: 1)])))
        let due = bench.now.advanced(by: .seconds(4))
        #expect(bench.claimed(lane, [], granted: 1, next: due).wakes == [due])
        #expect(bench.pass(.seconds(4)).granted == [lane: 1])
    }

    @Test func `it wakes when a scheduled campaign starts, and looks`() {
        var bench = MachineBench.ready()
        let start = bench.now.advanced(by: .seconds(60))
        #expect(bench.step(.looked(bench.work([], nextStart: start))).wakes == [start])
        #expect(bench.pass(.seconds(59)).looks == 0)
        #expect(bench.pass(.seconds(1)).looks == 1)
    }

    @Test func `an earlier wake replaces a later one`() {
        var bench = MachineBench.ready()
        let (late, early) = (bench.now.advanced(by: .seconds(60)), bench.now.advanced(by: .seconds(5)))
        #expect(bench.step(.looked(bench.work([], nextStart: late))).wakes == [late])
        bench.step(.rang)
        #expect(bench.step(.looked(bench.work([], conversationDue: early, nextStart: late))).wakes == [early])
    }

    @Test func `a wake that comes early, by a clock that went back, is asked for again`() {
        var bench = MachineBench.ready()
        let start = bench.now.advanced(by: .seconds(3600))
        #expect(bench.step(.looked(bench.work([], nextStart: start))).wakes == [start])
        bench.now = start.advanced(by: .milliseconds(-5))
        #expect(bench.step(.woke(start)).wakes == [start])
        bench.now = start
        #expect(bench.step(.woke(start)).looks == 1)
    }

    @Test func `a far wake is asked for once, however often near ones come`() {
        var bench = MachineBench.ready()
        let start = bench.now.advanced(by: .seconds(86_400))
        var asked = bench.step(.looked(bench.work([], nextStart: start))).wakes
        for _ in 0..<10 {
            let soon = bench.now.advanced(by: .seconds(1))
            asked += bench.step(.looked(bench.work([], throughput: 80, conversationDue: soon, nextStart: start))).wakes
            bench.now = soon.advanced(by: .milliseconds(-1))
            asked += bench.step(.woke(soon)).wakes
            bench.now = soon
            asked += bench.step(.woke(soon)).wakes
        }
        #expect(asked.count { $0 == start } == 1)
    }

    @Test func `trouble before the clock went back does not keep the store alone for longer`() {
        var bench = MachineBench.ready()
        _ = bench.step(.troubled(.look))
        bench.now = bench.now.advanced(by: .seconds(-3600))
        #expect(bench.step(.tick).looks == 1)
    }

    @Test func `a campaign's own rate goes on after the clock went back`() {
        var bench = MachineBench.ready()
        let work = bench.work([MachineBench.campaign(rate: 5)])
        _ = bench.step(.looked(work))
        let earlier = bench.now.advanced(by: .seconds(-3600))
        bench.claimed(.campaign(MachineBench.first), bench.claims(1), granted: 1, next: earlier)
        bench.now = earlier
        _ = bench.step(.tick)
        #expect(bench.pass(.seconds(1)).granted[.campaign(MachineBench.first)] ?? 0 > 0)
    }

    @Test func `who was deferred for a day keeps nobody from being written`() {
        var settings = SendingSettings()
        settings.ahead = 300
        var bench = MachineBench.ready(settings)
        let blocked = bench.step(.looked(bench.work([MachineBench.campaign(waiting: 500, pending: 1000)])))
        #expect(blocked.expanded.isEmpty)
        let free = bench.step(.looked(bench.work([MachineBench.campaign(waiting: 500, pending: 1000, ready: 20)])))
        #expect(free.expanded.count == 1)
    }

    @Test func `a cancelled campaign's messages are cancelled a few at a time, until the store says that none is left`() {
        var bench = MachineBench.ready()
        var work = bench.work([])
        work.cancelled = [MachineBench.first]
        #expect(bench.step(.looked(work)).swept == [MachineBench.first])
        #expect(bench.step(.looked(work)).swept.isEmpty, "some are under way")
        #expect(bench.step(.swept(MachineBench.first)).looks == 1)
        #expect(bench.step(.looked(work)).swept == [MachineBench.first])
        _ = bench.step(.troubled(.sweep(MachineBench.first)))
        bench.now = bench.now.advanced(by: .seconds(1))
        bench.step(.tick)
        #expect(bench.step(.looked(work)).swept == [MachineBench.first])
    }

    @Test func `nothing is sent before the time that Meta asks for when a number sends too much`() {
        var bench = MachineBench.ready()
        let lane = Lane.campaign(MachineBench.first)
        let granted = bench.step(.looked(bench.work([MachineBench.campaign()]))).granted[lane] ?? 0
        let claim = bench.claim()
        bench.claimed(lane, [claim], granted: granted, next: bench.now.advanced(by: .seconds(1)))
        _ = bench.step(.ended(claim, .answered(.later(after: .seconds(600), .sample(code: 80007, flags: .throughput)))))
        bench.recorded()
        #expect(bench.pass(.seconds(599)).granted.isEmpty)
        #expect(!bench.pass(.seconds(3)).granted.isEmpty)
    }
}
