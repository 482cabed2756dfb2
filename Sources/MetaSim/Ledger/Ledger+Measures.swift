/// Measures for tests, computed from ``Ledger/entries`` when asked: how hard the limits were pressed.
extension Ledger {
    /// The most messages accepted from one business number in any second, wherever it begins.
    public func peakPerSecond(_ phoneNumberID: String) -> Int {
        let times = entries.filter { $0.phoneNumberID == phoneNumberID }.map(\.time).sorted()
        var peak = 0
        var first = 0
        for (index, time) in times.enumerated() {
            while time - times[first] >= 1_000 { first += 1 }
            peak = max(peak, index - first + 1)
        }
        return peak
    }

    /// The shortest time in milliseconds between two messages that one number sent to one person; nil when nobody got two.
    public var shortestGap: Int64? {
        let pairs = Dictionary(grouping: entries) { [$0.phoneNumberID, $0.recipient] }
        return pairs.values.compactMap { messages -> Int64? in
            let times = messages.map(\.time).sorted()
            return zip(times.dropFirst(), times).map { $0 - $1 }.min()
        }.min()
    }

    /// How many different people were sent templates outside an open window in the worst 24 hours: what the portfolio's messaging limit
    /// is about.
    public var mostBusinessInitiatedPerDay: Int {
        let sends = entries.filter(\.isBusinessInitiated).sorted { $0.time < $1.time }
        var people: [String: Int] = [:]
        var worst = 0
        var first = 0
        for send in sends {
            while send.time - sends[first].time >= BusinessInitiated.day {
                let left = sends[first].recipient
                people[left] = people[left].flatMap { $0 > 1 ? $0 - 1 : nil }
                first += 1
            }
            people[send.recipient, default: 0] += 1
            worst = max(worst, people.count)
        }
        return worst
    }
}
