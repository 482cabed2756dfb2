import Testing
import WaproCore

@testable import WaproSending

/// Two lanes over one throughput, by the clock alone.
@Suite struct PacerTests {
    private static let start = Timestamp(milliseconds: 1_000_000)

    /// What a lane gets in this time when it always wants more, asking every millisecond.
    private func granted(_ pacer: inout Pacer, toConversations: Bool, from start: Timestamp, for time: Duration) -> Int {
        var total = 0
        for step in 0..<Int(time / .milliseconds(1)) {
            total += pacer.grant(1000, toConversations: toConversations, at: start.advanced(by: .milliseconds(step)))
        }
        return total
    }

    @Test func `campaigns leave the reserve alone, conversations may have all of it`() {
        var campaigns = Pacer(throughput: 100, reserve: 0.2, at: Self.start)
        #expect((795...802).contains(granted(&campaigns, toConversations: false, from: Self.start, for: .seconds(10))))
        #expect(campaigns.rate == 80)
        var conversations = Pacer(throughput: 100, reserve: 0.2, at: Self.start)
        #expect((995...1002).contains(granted(&conversations, toConversations: true, from: Self.start, for: .seconds(10))))
    }

    @Test func `a reply goes with the next token however much a campaign wants, and both never exceed the throughput`() {
        var pacer = Pacer(throughput: 100, reserve: 0.1, at: Self.start)
        var (replies, campaign) = (0, 0)
        var waiting: [Int] = []
        var longest = 0
        for step in 0..<10_000 {
            let now = Self.start.advanced(by: .milliseconds(step))
            if step.isMultiple(of: 20) { waiting.append(step) }
            let granted = pacer.grant(waiting.count, toConversations: true, at: now)
            for _ in 0..<granted { longest = max(longest, step - waiting.removeFirst()) }
            replies += granted
            campaign += pacer.grant(1000, toConversations: false, at: now)
        }
        #expect(replies == 500 && longest <= 12, "\(replies), one after \(longest) ms")
        #expect(replies + campaign <= 1002 && campaign >= 380, "\(campaign)")
    }

    @Test func `a flood of replies is paid back by campaigns for one second at most`() {
        var pacer = Pacer(throughput: 100, reserve: 0.1, at: Self.start)
        var during = 0
        for step in 0..<20_000 {
            let now = Self.start.advanced(by: .milliseconds(step))
            _ = pacer.grant(1000, toConversations: true, at: now)
            during += pacer.grant(1000, toConversations: false, at: now)
        }
        #expect(during == 0, "replies used all that there was")
        let after = Self.start.advanced(by: .seconds(20))
        #expect(granted(&pacer, toConversations: false, from: after, for: .milliseconds(990)) == 0)
        let paid = granted(&pacer, toConversations: false, from: after.advanced(by: .milliseconds(1030)), for: .seconds(1))
        #expect(paid >= 85, "\(paid)")
    }

    @Test func `what people write takes from both lanes`() {
        var pacer = Pacer(throughput: 100, reserve: 0.1, at: Self.start)
        pacer.setInbound(30, at: Self.start)
        #expect((595...602).contains(granted(&pacer, toConversations: false, from: Self.start, for: .seconds(10))))
        var other = Pacer(throughput: 100, reserve: 0.1, at: Self.start)
        other.setInbound(30, at: Self.start)
        #expect((695...702).contains(granted(&other, toConversations: true, from: Self.start, for: .seconds(10))))
        // More than it can take still leaves one a second, so that it never stands still.
        other.setInbound(500, at: Self.start.advanced(by: .seconds(10)))
        #expect(other.rate == 1)
    }

    @Test func `after a complaint there is silence, then less, then gradually all again`() {
        var pacer = Pacer(throughput: 100, reserve: 0.1, at: Self.start)
        _ = granted(&pacer, toConversations: false, from: Self.start, for: .seconds(1))
        let complaint = Self.start.advanced(by: .seconds(1))
        for _ in 0..<5 { pacer.throttled(silentFor: .seconds(1), at: complaint) }
        let half = Duration.milliseconds(500)
        #expect(granted(&pacer, toConversations: false, from: complaint, for: half) == 0)
        let middle = complaint.advanced(by: half)
        #expect(granted(&pacer, toConversations: true, from: middle, for: .milliseconds(499)) == 0)
        #expect(pacer.nextGrant(toConversations: true, after: middle) == complaint.advanced(by: .seconds(1)))
        let slow = granted(&pacer, toConversations: false, from: complaint.advanced(by: .seconds(1)), for: .seconds(3))
        #expect((183...192).contains(slow), "63 a second: \(slow)")
        let later = complaint.advanced(by: .seconds(30))
        #expect((88...92).contains(granted(&pacer, toConversations: false, from: later, for: .seconds(1))))
    }

    @Test func `answers that become slow slow it down`() {
        var pacer = Pacer(throughput: 100, reserve: 0, at: Self.start)
        for step in 0..<100 { pacer.answered(after: .milliseconds(200), at: Self.start.advanced(by: .milliseconds(step))) }
        _ = pacer.grant(1, toConversations: false, at: Self.start.advanced(by: .milliseconds(100)))
        #expect(pacer.rate == 100)
        for step in 0..<30 { pacer.answered(after: .seconds(3), at: Self.start.advanced(by: .milliseconds(200 * step))) }
        _ = pacer.grant(1, toConversations: false, at: Self.start.advanced(by: .seconds(6)))
        #expect(pacer.rate < 90)
    }

    @Test func `however late a grant is handed over, no second has more than the throughput less the reserve`() {
        var pacer = Pacer(throughput: 100, reserve: 0.1, at: Self.start)
        var committing: [Int] = []
        var held = 0
        var departures: [Int] = []
        for step in 0..<20_000 {
            let now = Self.start.advanced(by: .milliseconds(step))
            // A commit takes up to 190 ms.
            let granted = pacer.grant(10, toConversations: false, at: now)
            committing += Array(repeating: step + step % 7 * step % 191, count: granted)
            held += committing.count { $0 <= step }
            committing.removeAll { $0 <= step }
            while held > 0, pacer.depart(toConversations: false, at: now) {
                held -= 1
                departures.append(step)
            }
        }
        for (index, time) in departures.enumerated() where index >= 90 { #expect(time - departures[index - 90] > 1000) }
        #expect(departures.count >= 1750, "\(departures.count)")
    }

    @Test func `what claimed nothing is given back`() {
        var pacer = Pacer(throughput: 1000, reserve: 0, at: Self.start)
        let now = Self.start.advanced(by: .seconds(1))
        let first = pacer.grant(5, toConversations: false, at: now)
        #expect(first == 5)
        pacer.giveBack(first)
        #expect(pacer.grant(5, toConversations: false, at: now) == 5)
    }

    @Test func `a new throughput holds from then on`() {
        var pacer = Pacer(throughput: 80, reserve: 0, at: Self.start)
        pacer.setThroughput(1000, at: Self.start)
        #expect((990...1015).contains(granted(&pacer, toConversations: false, from: Self.start, for: .seconds(1))))
    }
}
