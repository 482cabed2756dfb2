import Testing
import WaproCore

@testable import WaproStore

@Suite struct WaitTests {
    @Test func `a quantile is never below the waits it stands for, and at most a quarter above`() {
        for micros in [0, 1, 3, 4, 5, 7, 8, 100, 999, 1_000, 65_535, 65_536, 1_234_567, 3_600_000_000] {
            var waits = WaitHistogram()
            let wait = Duration.microseconds(micros)
            for _ in 0..<100 { waits.add(wait) }
            // A longer one, so that the maximum does not cut the figure.
            waits.add(.seconds(30_000))
            #expect(waits.p50 > wait && waits.p50 <= wait * 1.25 + .microseconds(1), "\(micros) µs: \(waits.p50)")
        }
    }

    @Test func `p50, p99 and the longest are told apart`() {
        var waits = WaitHistogram()
        #expect(waits.p99 == .zero && waits.count == 0)
        for _ in 0..<980 { waits.add(.microseconds(200)) }
        for _ in 0..<19 { waits.add(.milliseconds(40)) }
        waits.add(.seconds(3))
        #expect(waits.count == 1000 && waits.max == .seconds(3))
        #expect(waits.p50 < .microseconds(260))
        #expect(waits.p99 > .milliseconds(40) && waits.p99 < .milliseconds(51))
        #expect(waits.quantile(1) == .seconds(3))
    }

    @Test func `what no clock should say is counted all the same`() {
        var waits = WaitHistogram()
        waits.add(.seconds(-5))
        waits.add(.seconds(Int64.max))
        #expect(waits.count == 2 && waits.quantile(0.5) == .microseconds(1))
    }

    @Test func `the store counts how long each class waited for the writer`() async throws {
        let store = try Store(.memory)
        let hold = Hold()
        async let first: Void = store.write(.sending) { _ in hold.wait() }
        await hold.reached()
        async let late: Void = store.write(.journal) { _ in }
        async let last: Void = store.write(.background) { _ in }
        while store.waiting(.journal) + store.waiting(.background) < 2 { try await Task.sleep(for: .milliseconds(1)) }
        try await Task.sleep(for: .milliseconds(60))
        hold.release()
        _ = try await (first, late, last)
        #expect(store.waits(.journal).count == 1 && store.waits(.journal).max >= .milliseconds(60))
        #expect(store.waits(.background).count == 1 && store.waits(.background).max >= .milliseconds(60))
        #expect(store.waits(.sending).count == 1 && store.waits(.applying).count == 0)
    }
}
