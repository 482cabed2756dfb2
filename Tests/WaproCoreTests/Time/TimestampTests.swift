import Testing
import WaproCore

@Suite struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (1_795_421_700_250, "2026-11-23T08:15:00.250Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
    ])
    func `moments are written in RFC 3339 and come back`(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        ("2026-11-23T09:15:00+01:00", "2026-11-23T08:15:00.000Z"), ("2026-11-22 23:15:00.25-09:00", "2026-11-23T08:15:00.250Z"),
        ("2026-11-23t08:15:00z", "2026-11-23T08:15:00.000Z"), ("2026-11-23T08:15:00.1239Z", "2026-11-23T08:15:00.123Z"),
    ])
    func `offsets and fractions are understood`(text: String, same: String) {
        #expect(Timestamp(rfc3339: text)?.description == same)
    }

    @Test(arguments: [
        "", "2026-11-23", "2026-11-23T08:15:00", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-11-31T00:00:00Z",
        "2026-11-23T24:00:00Z",
        "2026-11-23T08:60:00Z", "2026-11-23T08:15:00.Z", "2026-11-23T08:15:00+1:00", "2026-11-23T08:15:00Zx", "2026-11-23T08:15:00+25:00",
    ])
    func `other text is no moment`(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test func `every day of four centuries comes back`() {
        for day in stride(from: Int64(-20_000), through: 130_000, by: 1) {
            let moment = Timestamp(seconds: day * 86_400 + 43_200)
            guard Timestamp(rfc3339: moment.description) == moment else {
                Issue.record("\(moment)")
                return
            }
        }
    }

    @Test func `a stepped clock moves when it is told to`() {
        let clock = SteppedClock(at: Timestamp(seconds: 100))
        let wall = clock.wall
        #expect(wall.now() == Timestamp(seconds: 100))
        clock.step(by: .milliseconds(1500))
        #expect(wall.now().milliseconds == 101_500)
        #expect(Timestamp(seconds: 100).duration(to: wall.now()) == .milliseconds(1500))
    }

    @Test func `the live clock is this century's`() {
        #expect(WallClock.live.now() > Timestamp(seconds: 1_700_000_000))
    }
}
