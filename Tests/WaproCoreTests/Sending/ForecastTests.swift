import Testing
import WaproCore

@Suite struct ForecastTests {
    private let now = Timestamp(milliseconds: 1_795_341_600_000)

    @Test func `without daily limits the rate decides`() {
        let forecast = Forecast(left: 7200, rate: 2, by: .throughput, daily: [], at: now)
        #expect(forecast.end == now.advanced(by: .seconds(3600)) && forecast.limit == .throughput)
        #expect(forecast.days.map(\.messages) == [7200])
    }

    @Test func `a tier that is partly used gives the rest today and whole days after`() {
        let tier = Forecast.Daily(.messagingLimit, most: 10_000, used: 400, opensAt: nil)
        let forecast = Forecast(left: 25_000, rate: 10, by: .throughput, daily: [tier], at: now)
        #expect(forecast.limit == .messagingLimit)
        #expect(forecast.days.map(\.messages) == [9600, 10_000, 5400])
        #expect(forecast.end == now.advanced(by: .seconds(2 * 86_400 + 540)))
    }

    @Test func `a tier that is used up goes on when the first of it comes free`() {
        let opens = now.advanced(by: .seconds(3600))
        let tier = Forecast.Daily(.messagingLimit, most: 250, used: 250, opensAt: opens)
        let forecast = Forecast(left: 100, rate: 10, by: .throughput, daily: [tier], at: now)
        #expect(forecast.end == opens.advanced(by: .seconds(10)) && forecast.days.first?.messages == 0)
    }

    @Test func `what was put off leaves when it is due, not now`() {
        let due = now.advanced(by: .seconds(100_000))
        let forecast = Forecast(left: 1000, rate: 10, by: .throughput, daily: [], later: [.init(from: due, messages: 400)], at: now)
        #expect(forecast.days.map(\.messages) == [600, 400])
        #expect(forecast.end == due.advanced(by: .seconds(40)))
    }

    @Test func `what was put off shares the days' limits with what waits for them`() {
        let tier = Forecast.Daily(.messagingLimit, most: 500, used: 0, opensAt: nil)
        let later = [50_000, 90_000, 300_000].map { Forecast.Later(from: now.advanced(by: .seconds($0)), messages: 300) }
        let forecast = Forecast(left: 1400, rate: 10, by: .throughput, daily: [tier], later: later, at: now)
        #expect(forecast.days.map(\.messages) == [500, 500, 100, 300])
        #expect(forecast.end == now.advanced(by: .seconds(300_030)))
        let all = Forecast(left: 300, rate: 10, by: .throughput, daily: [], later: [later[2]], at: now)
        #expect(all.days.map(\.messages) == [0, 0, 0, 300], "nothing but what was put off")
    }

    @Test func `who needs less than an even share leaves the rest to the others`() {
        #expect(FairShare.rate(of: 90, among: []) == 90)
        #expect(FairShare.rate(of: 90, among: [nil, nil]) == 30)
        #expect(FairShare.rate(of: 90, among: [10, nil]) == 40)
        #expect(FairShare.rate(of: 90, among: [100, 5]) == 42.5)
        #expect(FairShare.part(of: 1000, among: [100, 5000]) == 450)
        #expect(FairShare.part(of: 0, among: [3]) == 0)
    }

    @Test func `the number's rate falls when Meta complains, and comes back by itself`() {
        var rate = AdaptiveRate()
        #expect(rate.share(at: now) == 1)
        for _ in 0..<10 { rate.throttled(at: now) }
        #expect(abs(rate.share(at: now) - 0.7) < 0.001, "complaints of one moment are one")
        #expect(rate.share(at: now.advanced(by: .seconds(4))) < 0.71)
        #expect(rate.share(at: now.advanced(by: .seconds(30))) == 1)
    }

    @Test func `a clock that went back does not make the number's rate stay low`() {
        var rate = AdaptiveRate()
        rate.throttled(at: now.advanced(by: .seconds(86_400)))
        rate.settle(at: now)
        #expect(rate.share(at: now.advanced(by: .seconds(30))) == 1)
    }

    @Test func `doubt is waited for anew when nobody looked for long: the machine slept, or its clock was put forward`() {
        var window = DoubtWindow(length: .seconds(100), longestGap: .seconds(60))
        window.observe(isOpen: true, at: now)
        let later = now.advanced(by: .seconds(5000))
        window.observe(isOpen: true, at: later)
        #expect(window.endedFor(at: later) == nil)
        window.observe(isOpen: true, at: later.advanced(by: .seconds(60)))
        window.observe(isOpen: true, at: later.advanced(by: .seconds(100)))
        #expect(window.endedFor(at: later.advanced(by: .seconds(100))) == later)
    }

    @Test func `doubt is waited for anew after an outage`() {
        var window = DoubtWindow(length: .seconds(100))
        window.observe(isOpen: true, at: now)
        #expect(window.endedFor(at: now.advanced(by: .seconds(99))) == nil)
        #expect(window.endedFor(at: now.advanced(by: .seconds(100))) == now)
        window.observe(isOpen: false, at: now.advanced(by: .seconds(100)))
        #expect(window.endedFor(at: now.advanced(by: .seconds(500))) == nil)
        window.observe(isOpen: true, at: now.advanced(by: .seconds(500)))
        #expect(window.endedFor(at: now.advanced(by: .seconds(599))) == nil)
    }

    @Test(arguments: [("TIER_250", 250), ("TIER_2K", 2000), ("TIER_100K", 100_000), ("TIER_UNLIMITED", nil), ("TIER_X", nil), (nil, nil)])
    func `Meta's names of limits are read`(text: String?, people: Int?) {
        #expect(MessagingLimit(meta: text).people == people)
        #expect((MessagingLimit(meta: text) == .unlimited) == (text == "TIER_UNLIMITED"))
    }
}
