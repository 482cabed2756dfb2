/// When a campaign will be through, and which limit decides it. Pure arithmetic over what is known now.
public struct Forecast: Sendable, Hashable {
    /// A limit of so many in any 24 hours.
    public struct Daily: Sendable, Hashable {
        public var limit: SendingLimit
        public var most: Int
        /// Used of the current 24 hours.
        public var used: Int
        /// When the first of what is used becomes free again.
        public var opensAt: Timestamp?

        public init(_ limit: SendingLimit, most: Int, used: Int, opensAt: Timestamp?) {
            (self.limit, self.most, self.used, self.opensAt) = (limit, most, used, opensAt)
        }

        var free: Int { max(0, most - used) }
    }

    /// Messages that will leave in one stretch of 24 hours.
    public struct Day: Sendable, Hashable {
        public var from: Timestamp
        public var messages: Int
    }

    /// Days that are listed; the end is computed however many it takes.
    public static let listedDays = 7

    /// Nil when it never ends as things are.
    public private(set) var end: Timestamp?
    /// What decides how long it takes.
    public private(set) var limit: SendingLimit
    public private(set) var days: [Day] = []

    /// - Parameters:
    ///   - left: messages that are still to be handed over.
    ///   - rate: messages a second that the campaign gets, and the limit that this comes from.
    public init(left: Int, rate: Double, by rateLimit: SendingLimit, daily: [Daily], at now: Timestamp) {
        limit = rateLimit
        guard left > 0 else {
            end = now
            return
        }
        guard rate > 0 else { return }
        let byRate = max(1, Int(min(Double(Int32.max), rate * 86_400)))
        let perDay = max(1, min(byRate, daily.map(\.most).min() ?? byRate))
        let today = min(byRate, daily.map(\.free).min() ?? byRate)
        if today < left, let narrowest = daily.min(by: { $0.free < $1.free }), narrowest.free < byRate { limit = narrowest.limit }
        func time(for messages: Int) -> Duration { .milliseconds(Int64(Double(messages) / rate * 1000)) }
        let first = min(left, today)
        days = [Day(from: now, messages: first)]
        let rest = left - first
        guard rest > 0 else {
            end = now.advanced(by: time(for: first))
            return
        }
        let day = Duration.seconds(86_400)
        // With nothing free, it goes on when the first of what is used comes free.
        let opens = daily.filter { $0.free == 0 }.compactMap(\.opensAt).max()
        let next = today == 0 ? max(now, opens ?? now.advanced(by: day)) : now.advanced(by: day)
        let whole = (rest - 1) / perDay
        for index in 0...min(whole, Self.listedDays - 2) {
            days.append(Day(from: next.advanced(by: day * index), messages: min(perDay, rest - index * perDay)))
        }
        end = next.advanced(by: day * whole + time(for: rest - whole * perDay))
    }
}
