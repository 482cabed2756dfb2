import WaproCore

/// How many messages a second people write to each number, over the last seconds: they count against its throughput. In memory, used on the
/// writer's thread alone; after a start it begins at nothing.
final class InboundMeter {
    /// Seconds that are looked at.
    static let span = 10

    private struct Seconds {
        var counts = Array(repeating: 0, count: InboundMeter.span)
        var last: Int64
    }

    private var numbers: [NumberID: Seconds] = [:]

    func note(_ number: NumberID, at now: Timestamp) {
        var seconds = current(number, at: now)
        seconds.counts[Self.slot(seconds.last)] += 1
        numbers[number] = seconds
    }

    func rate(of number: NumberID, at now: Timestamp) -> Double {
        guard numbers[number] != nil else { return 0 }
        let seconds = current(number, at: now)
        numbers[number] = seconds
        return Double(seconds.counts.reduce(0, +)) / Double(Self.span)
    }

    /// With what is older than the span taken out.
    private func current(_ number: NumberID, at now: Timestamp) -> Seconds {
        let second = now.milliseconds / 1000
        guard var seconds = numbers[number], second >= seconds.last else { return Seconds(last: second) }
        for passed in (seconds.last + 1)..<(seconds.last + 1 + min(second - seconds.last, Int64(Self.span))) {
            seconds.counts[Self.slot(passed)] = 0
        }
        seconds.last = second
        return seconds
    }

    private static func slot(_ second: Int64) -> Int { Int(second % Int64(span)) }
}

/// What the writer remembers between transactions that the store can do without.
final class WriterMemory {
    let pairs = PairLedger()
    let inbound = InboundMeter()
    let hot = HotStatements()
    /// Numbers of which a webhook said since their last claim that they send too much.
    private var complaints: Set<NumberID> = []

    func noteComplaint(of number: NumberID) { complaints.insert(number) }

    func takeComplaint(of number: NumberID) -> Bool { complaints.remove(number) != nil }
}
