import Testing
import WaproCore

@Suite struct SlidingSecondTests {
    private static let start = Timestamp(milliseconds: 1_795_341_600_000)

    @Test func `in no second there are more than the limit, however they come`() {
        var second = SlidingSecond(at: Self.start)
        var departures: [Int] = []
        for step in 0..<10_000 where step % 97 < 60 {
            let now = Self.start.advanced(by: .milliseconds(step))
            let count = min(second.room(of: 80, at: now), step % 7)
            second.leave(count, at: now)
            departures += Array(repeating: step, count: count)
        }
        for (index, time) in departures.enumerated() {
            #expect(departures[index...].prefix { $0 < time + 1000 }.count <= 80)
        }
        #expect(departures.count >= 780, "and what may leave leaves")
    }

    @Test func `room comes when it says`() throws {
        var second = SlidingSecond(at: Self.start)
        #expect(second.nextRoom == nil)
        second.leave(3, at: Self.start)
        second.leave(2, at: Self.start.advanced(by: .milliseconds(400)))
        #expect(second.room(of: 5, at: Self.start.advanced(by: .milliseconds(500))) == 0)
        let next = try #require(second.nextRoom)
        #expect(second.room(of: 5, at: next.advanced(by: .milliseconds(-1))) == 0)
        #expect(second.room(of: 5, at: next) == 3 && second.count == 2)
        #expect(second.room(of: 1, at: next) == 0, "a limit that fell")
    }

    @Test func `a clock that goes back frees nothing and locks nothing`() {
        var second = SlidingSecond(at: Self.start)
        second.leave(5, at: Self.start)
        let back = Self.start.advanced(by: .seconds(-3600))
        #expect(second.room(of: 5, at: back) == 0)
        #expect(second.room(of: 5, at: back.advanced(by: SlidingSecond.length)) == 5)
    }
}
