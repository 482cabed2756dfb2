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

    /// Messages that were put off.
    public struct Later: Sendable, Hashable {
        public var from: Timestamp
        public var messages: Int

        public init(from: Timestamp, messages: Int) {
            (self.from, self.messages) = (from, messages)
        }
    }

    /// - Parameters:
    ///   - left: messages that are still to be handed over.
    ///   - rate: messages a second that the campaign gets, and the limit that this comes from.
    ///   - later: of those left, the ones that may not leave before a time.
    ///   - start: when the first may leave.
    public init(
        left: Int,
        rate: Double,
        by rateLimit: SendingLimit,
        daily: [Daily],
        later: [Later] = [],
        at start: Timestamp
    ) {
        limit = rateLimit
        guard left > 0 else {
            end = start
            return
        }
        guard rate > 0 else { return }
        let byRate = max(1, Int(min(Double(Int32.max), rate * 86_400)))
        let perDay = max(1, min(byRate, daily.map(\.most).min() ?? byRate))
        let today = min(byRate, daily.map(\.free).min() ?? byRate)
        if today < left, let narrowest = daily.min(by: { $0.free < $1.free }), narrowest.free < byRate { limit = narrowest.limit }
        func time(for messages: Int) -> Duration { .milliseconds(Int64(Double(messages) / rate * 1000)) }
        let day = Duration.seconds(86_400)
        // With nothing free, it goes on when the first of what is used comes free.
        let opens = daily.filter { $0.free == 0 }.compactMap(\.opensAt).max()
        var next = today == 0 ? max(start, opens ?? start.advanced(by: day)) : start.advanced(by: day)
        var (from, room) = (start, today)
        var waiting = later.filter { $0.messages > 0 }.sorted { $0.from < $1.from }[...]
        var ready = max(0, left - waiting.reduce(0) { $0 + $1.messages })
        var lastComes = start
        // Day after day as long as there are some that are not due yet.
        while let first = waiting.first {
            guard first.from >= next else {
                ready += first.messages
                lastComes = first.from.advanced(by: time(for: first.messages))
                waiting.removeFirst()
                continue
            }
            let leaving = min(ready, room)
            list(leaving, from: from)
            ready -= leaving
            (from, room, next) = (next, perDay, next.advanced(by: day))
        }
        let first = min(ready, room)
        list(first, from: from)
        let rest = ready - first
        guard rest > 0 else {
            end = max(lastComes, from.advanced(by: time(for: first)))
            return
        }
        let whole = (rest - 1) / perDay
        for index in 0...min(whole, Self.listedDays) { list(min(perDay, rest - index * perDay), from: next.advanced(by: day * index)) }
        end = max(lastComes, next.advanced(by: day * whole + time(for: rest - whole * perDay)))
    }

    private mutating func list(_ messages: Int, from: Timestamp) {
        if days.count < Self.listedDays { days.append(Day(from: from, messages: messages)) }
    }
}
