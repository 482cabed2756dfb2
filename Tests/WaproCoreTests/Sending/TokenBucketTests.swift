import Testing
import WaproCore

@Suite struct TokenBucketTests {
    static let start = Timestamp(milliseconds: 1_795_341_600_000)

    @Test func `no sliding second lets through more than the rate and the burst`() {
        var bucket = TokenBucket(rate: 80, at: Self.start)
        var taken: [Int64] = []
        for step in 0..<20_000 {
            let now = Self.start.advanced(by: .milliseconds(step))
            let count = bucket.available(at: now)
            bucket.take(count)
            taken += Array(repeating: Int64(step), count: count)
        }
        for (index, time) in taken.enumerated() {
            let inSecond = taken[index...].prefix { $0 < time + 1000 }.count
            #expect(inSecond <= 81)
        }
        #expect(taken.count >= 80 * 20 - 2)
    }

    @Test func `a clock that goes back gives nothing and stalls nothing`() {
        var bucket = TokenBucket(rate: 10, gather: .milliseconds(500), at: Self.start)
        bucket.take(bucket.available(at: Self.start))
        let back = Self.start.advanced(by: .seconds(-3600))
        #expect(bucket.available(at: back) == 0)
        #expect(bucket.available(at: back.advanced(by: .seconds(1))) == 5)
    }

    @Test func `what is stalled gives nothing until its time, and then no flood`() {
        var bucket = TokenBucket(rate: 100, gather: .milliseconds(500), at: Self.start)
        bucket.stall(for: .seconds(1), at: Self.start)
        #expect(bucket.available(at: Self.start.advanced(by: .milliseconds(999))) == 0)
        #expect(bucket.nextToken(after: Self.start) == Self.start.advanced(by: .seconds(1)))
        #expect(bucket.available(at: Self.start.advanced(by: .seconds(1))) <= 50)
    }

    @Test func `the next token comes when it says`() {
        var bucket = TokenBucket(rate: 3, at: Self.start)
        bucket.take(bucket.available(at: Self.start))
        let next = bucket.nextToken(after: Self.start)
        #expect(bucket.available(at: next.advanced(by: .milliseconds(-2))) == 0)
        #expect(bucket.available(at: next) == 1)
    }

    @Test func `a clock that goes back does not make a stall longer`() {
        var bucket = TokenBucket(rate: 50, at: Self.start)
        bucket.stall(for: .seconds(1), at: Self.start)
        let earlier = Self.start.advanced(by: .seconds(-3600))
        #expect(bucket.available(at: earlier) == 0)
        #expect(bucket.available(at: earlier.advanced(by: .seconds(1))) > 0)
    }

    @Test func `backoff doubles to its longest, and keeps half`() {
        let backoff = Backoff(first: .seconds(1), longest: .seconds(60))
        #expect(backoff.delay(afterTries: 1, entropy: 0) == .zero)
        #expect(backoff.delay(afterTries: 3, entropy: 1) == .seconds(4))
        #expect(backoff.delay(afterTries: 500, entropy: 1) == .seconds(60))
    }
}
