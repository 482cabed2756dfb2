import Testing
import WaproCloud
import WaproCore

@testable import WaproSending

@Suite struct GrantTests {
    private let first = MachineBench.first
    private let second = MachineBench.second

    @Test func `no more is granted than may be on the wire, until an answer makes room`() {
        var bench = MachineBench.ready(limits: 10)
        #expect(bench.step(.looked(bench.work([MachineBench.campaign()]))).granted == [.campaign(first): 10])
        let claims = bench.claims(10)
        let claimed = bench.claimed(.campaign(first), claims, granted: 10, next: bench.now)
        #expect(claimed.handedOver == claims)
        #expect(claimed.granted.isEmpty)
        #expect(bench.step(.ended(claims[0], .accepted)).granted == [.campaign(first): 1])
    }

    @Test func `when the wire is full a little is claimed ahead, and handed over only as answers make room`() {
        var bench = MachineBench.ready(limits: 50)
        bench.look(bench.work([MachineBench.campaign(waiting: 100_000)]))
        bench.run(for: .seconds(1), latency: .milliseconds(20))
        let (onWire, claimed) = (bench.machine.campaignsOnWire, bench.machine.campaignsInFlight)
        #expect(onWire == 50)
        #expect((60...110).contains(claimed), "2,500 a second: 20 ms of them, \(claimed)")
        // An answer makes room for one.
        let effects = bench.step(.tick)
        #expect(effects.handedOver.isEmpty)
        // The wire stands still: what was claimed grows old and goes back.
        bench.now = bench.now.advanced(by: .milliseconds(251))
        let back = bench.step(.tick).endings
        #expect(!back.isEmpty && back.allSatisfy { $0 == .takenBack(because: .intentTooOld) })
        #expect(bench.machine.campaignsInFlight >= 50 && bench.machine.campaignsOnWire == 50)
    }

    @Test func `a grant that claimed less leaves room for the rest`() {
        var bench = MachineBench.ready(limits: 10)
        bench.step(.looked(bench.work([MachineBench.campaign()])))
        let claims = bench.claims(4)
        #expect(bench.claimed(.campaign(first), claims, granted: 10, next: bench.now).granted == [.campaign(first): 6])
        #expect(bench.machine.campaignsInFlight == 10)
    }

    @Test func `one claim of a lane is under way at a time, and not above the size of a batch`() {
        var settings = SendingSettings()
        settings.batch = 7
        var bench = MachineBench.ready(settings)
        #expect(bench.step(.looked(bench.work([MachineBench.campaign()]))).granted == [.campaign(first): 7])
        #expect(bench.pass(.seconds(1)).granted.isEmpty)
    }

    @Test(arguments: [20, 80, 1000]) func `in no second does a number get more than its throughput less the reserve`(throughput: Int) throws
    {
        var bench = MachineBench()
        bench.step(.tick)
        bench.look(bench.work([MachineBench.campaign()], throughput: throughput))
        bench.run(for: .seconds(4))
        let times = try #require(bench.handedOver[.campaign(first)])
        let rate = Double(throughput) * 0.9
        let most = Int(rate + max(2, rate / 100) + 1)
        for (index, time) in times.enumerated() where index >= most {
            #expect(times[index - most].duration(to: time) >= .seconds(1))
        }
        #expect(times.count >= Int(rate * 4 * 0.98), "and what it may send is used")
    }

    @Test func `a campaign's own rate holds below that of its number`() {
        var bench = MachineBench()
        bench.step(.tick)
        bench.look(bench.work([MachineBench.campaign(rate: 5)], throughput: 1000))
        bench.run(for: .seconds(10))
        #expect((48...52).contains(bench.handedOver[.campaign(first)]?.count ?? 0))
    }

    @Test func `conversations go before campaigns`() {
        var bench = MachineBench()
        bench.step(.tick)
        // The bucket of a slow number holds one token at first.
        let effects = bench.step(.looked(bench.work([MachineBench.campaign()], throughput: 80, conversationDue: bench.now)))
        #expect(effects.granted == [.conversation(MachineBench.number): 1])
    }

    @Test func `conversations have limits of their own, so a full campaign lane does not stop them`() {
        var bench = MachineBench.ready(limits: 3)
        bench.step(.looked(bench.work([MachineBench.campaign()])))
        bench.claimed(.campaign(first), bench.claims(3), granted: 3, next: bench.now)
        let effects = bench.step(.looked(bench.work([MachineBench.campaign()], conversationDue: bench.now)))
        #expect(effects.granted == [.conversation(MachineBench.number): 10])
    }

    @Test func `two campaigns on one number share it`() throws {
        var bench = MachineBench()
        bench.step(.tick)
        bench.look(bench.work([MachineBench.campaign(first), MachineBench.campaign(second)], throughput: 80))
        bench.run(for: .seconds(5), latency: .milliseconds(30))
        let (one, two) = (try #require(bench.handedOver[.campaign(first)]), try #require(bench.handedOver[.campaign(second)]))
        #expect(abs(one.count - two.count) <= 2)
        #expect(one.count + two.count >= 350)
    }

    @Test func `a campaign that comes later does not starve the one that began`() throws {
        var bench = MachineBench()
        bench.step(.tick)
        bench.look(bench.work([MachineBench.campaign(first)], throughput: 80))
        bench.run(for: .seconds(5))
        let alone = bench.handedOver[.campaign(first)]?.count ?? 0
        bench.look(bench.work([MachineBench.campaign(first), MachineBench.campaign(second)], throughput: 80))
        bench.run(for: .seconds(5))
        let (one, two) = ((bench.handedOver[.campaign(first)]?.count ?? 0) - alone, bench.handedOver[.campaign(second)]?.count ?? 0)
        #expect(abs(one - two) <= 2)
    }

    @Test func `a number that Meta calls too fast is silent for a while`() {
        var bench = MachineBench.ready(limits: 10)
        bench.step(.looked(bench.work([MachineBench.campaign()])))
        let claims = bench.claims(10)
        bench.claimed(.campaign(first), claims, granted: 10, next: bench.now)
        let throttled = Handover.answered(.later(after: .seconds(1), .sample(code: 130429, flags: .throughput)))
        let effects = bench.step(.ended(claims[0], throttled))
        #expect(effects.granted.isEmpty)
        #expect(effects.wakes == [bench.now.advanced(by: .seconds(1))])
        #expect(bench.pass(.milliseconds(999)).granted.isEmpty)
        #expect(bench.pass(.milliseconds(1)).granted == [.campaign(first): 1])
    }

    @Test func `an audience is frozen and expanded only as far ahead as sending needs`() {
        var settings = SendingSettings()
        settings.ahead = 300
        var bench = MachineBench.ready(settings, limits: 0)
        let work = bench.work([MachineBench.campaign(waiting: 0, pending: 1000, isFrozen: false)])
        let effects = bench.step(.looked(work))
        #expect(effects.frozen == [first] && effects.expanded == [250])
        #expect(bench.step(.froze(first, count: 200, isComplete: false)).frozen == [first])
        #expect(bench.step(.froze(first, count: 200, isComplete: true)).frozen.isEmpty)
        #expect(bench.step(.expanded(first, count: 250)).expanded == [250])
        #expect(bench.step(.expanded(first, count: 250)).expanded.isEmpty, "500 wait: enough")
        #expect(bench.machine.campaigns[first]?.pending == 900)
    }
}
