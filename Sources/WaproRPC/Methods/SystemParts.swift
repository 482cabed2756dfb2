public import WaproCore

/// Whether the daemon can do all it should.
public enum DaemonState: String, WireChoice {
    case ready
    /// It works, but not wholly: the problems say why.
    case degraded

    public var slug: String { rawValue }
    public init?(slug: String) { self.init(rawValue: slug) }
}

/// A business number and what it is sending now.
public struct NumberSummary: Wire {
    public let id: NumberID
    public let name: String
    public let display: String
    public let inFlight: Int
    public let waiting: Int
    public let rate: Double

    public init(id: NumberID, name: String, display: String, inFlight: Int, waiting: Int, rate: Double) {
        self.id = id
        self.name = name
        self.display = display
        self.inFlight = inFlight
        self.waiting = waiting
        self.rate = rate
    }

    public static let shape = Shape(
        Self.init,
        Field("id", \.id, "Identifier of the number."),
        Field("name", \.name, "Its name in the configuration."),
        Field("display", \.display, "The number as Meta displays it; empty for a viewer."),
        Field("in_flight", \.inFlight, "Requests that are on their way to Meta."),
        Field("waiting", \.waiting, "Messages that wait for their turn."),
        Field("rate", \.rate, "Messages a second that leave now.")
    )
}

/// Messages that are not settled.
public struct QueueSummary: Wire {
    public let pending: Int64
    public let waiting: Int64
    public let inFlight: Int64
    public let inDoubt: Int64

    public init(pending: Int64, waiting: Int64, inFlight: Int64, inDoubt: Int64) {
        self.pending = pending
        self.waiting = waiting
        self.inFlight = inFlight
        self.inDoubt = inDoubt
    }

    public static let shape = Shape(
        Self.init,
        Field("pending", \.pending, "Recipients that have no message yet."),
        Field("waiting", \.waiting, "Messages that wait for their turn."),
        Field("in_flight", \.inFlight, "Messages that are on their way to Meta."),
        Field("in_doubt", \.inDoubt, "Messages that were perhaps sent.")
    )
}

/// What came from Meta.
public struct WebhookSummary: Wire {
    public let pending: Int64
    public let quarantined: Int64
    public let lastAt: Timestamp?

    public init(pending: Int64, quarantined: Int64, lastAt: Timestamp? = nil) {
        self.pending = pending
        self.quarantined = quarantined
        self.lastAt = lastAt
    }

    public static let shape = Shape(
        Self.init,
        Field("pending", \.pending, "Bodies that are stored and not yet applied."),
        Field("quarantined", \.quarantined, "Bodies that could not be read and are kept."),
        Field("last_at", \.lastAt, "When the last one came; absent when none ever did.")
    )
}

/// Work on the store, in the order in which it goes first.
public enum StoreWork: String, WireChoice, CaseIterable {
    /// Conversations and what people ask for.
    case control
    /// Storing webhooks as they come.
    case journal
    /// Claims of messages and the results of sends.
    case sending
    /// Applying stored webhooks.
    case applying
    /// Imports, freezing audiences, retention.
    case background

    public var slug: String { rawValue }
    public init?(slug: String) { self.init(rawValue: slug) }
}

/// How long changes of one kind waited for their turn at the store.
public struct WaitSummary: Wire {
    public let work: Open<StoreWork>
    public let count: Int64
    public let p50: Double
    public let p99: Double
    public let max: Double

    public init(work: Open<StoreWork>, count: Int64, p50: Double, p99: Double, max: Double) {
        self.work = work
        self.count = count
        self.p50 = p50
        self.p99 = p99
        self.max = max
    }

    public static let shape = Shape(
        Self.init,
        Field("work", \.work, "The kind of work; control goes first, background last."),
        Field("count", \.count, "Changes since the daemon started."),
        Field("p50_ms", \.p50, "Milliseconds that half of them waited at most."),
        Field("p99_ms", \.p99, "Milliseconds that 99 of 100 waited at most."),
        Field("max_ms", \.max, "Milliseconds that the slowest waited.")
    )
}

/// The events that are still kept; none when last is less than first.
public struct EventSpan: Wire {
    public let first: Int64
    public let last: Int64

    public init(first: Int64, last: Int64) {
        self.first = first
        self.last = last
    }

    public static let shape = Shape(
        Self.init,
        Field("first", \.first, "Sequence number of the oldest."),
        Field("last", \.last, "Sequence number of the newest; 0 when there never was one.")
    )
}
