public import WaproCore

/// Answer, to show that the daemon is alive.
public struct SystemPing: Method {
    public init() {}

    public static let shape = Shape<Self>({ Self() })

    public static let name = "system.ping"
    public static let role = Role.viewer
    public static let effect = Effect.reads
    public static let doc = Doc("Answer, to show that the daemon is alive.")
    public static let example = SystemPing()

    /// The daemon's own clock.
    public struct Reply: Wire {
        public let now: Timestamp

        public init(now: Timestamp) {
            self.now = now
        }

        public static let shape = Shape(
            Self.init,
            Field("now", \.now, "The time on the clock of the daemon.")
        )
    }
}

/// Say how the daemon is and what it is doing.
public struct SystemStatus: Method {
    public init() {}

    public static let shape = Shape<Self>({ Self() })

    public static let name = "system.status"
    public static let role = Role.viewer
    public static let effect = Effect.reads
    public static let doc = Doc("Say how the daemon is and what it is doing.")
    public static let example = SystemStatus()

    /// How the daemon is.
    public struct Reply: Wire {
        public let version: String
        public let store: String
        public let boot: BootID
        public let startedAt: Timestamp
        public let state: Open<DaemonState>
        public let problems: [String]
        public let numbers: [NumberSummary]
        public let queue: QueueSummary
        public let campaignsRunning: Int
        public let webhook: WebhookSummary
        public let events: EventSpan
        public let memoryBytes: Int64
        public let databaseBytes: Int64
        public let walBytes: Int64
        public let waits: [WaitSummary]
        public let ignoredNotifications: Int64

        public init(
            version: String,
            store: String,
            boot: BootID,
            startedAt: Timestamp,
            state: Open<DaemonState>,
            problems: [String],
            numbers: [NumberSummary],
            queue: QueueSummary,
            campaignsRunning: Int,
            webhook: WebhookSummary,
            events: EventSpan,
            memoryBytes: Int64,
            databaseBytes: Int64,
            walBytes: Int64,
            waits: [WaitSummary] = [],
            ignoredNotifications: Int64 = 0
        ) {
            self.version = version
            self.store = store
            self.boot = boot
            self.startedAt = startedAt
            self.state = state
            self.problems = problems
            self.numbers = numbers
            self.queue = queue
            self.campaignsRunning = campaignsRunning
            self.webhook = webhook
            self.events = events
            self.memoryBytes = memoryBytes
            self.databaseBytes = databaseBytes
            self.walBytes = walBytes
            self.waits = waits
            self.ignoredNotifications = ignoredNotifications
        }

        public static let shape = Shape(
            Self.init,
            Field("version", \.version, "Version of the daemon."),
            Field("store", \.store, "Name of the store."),
            Field("boot", \.boot, "This run of the daemon."),
            Field("started_at", \.startedAt, "When this run began."),
            Field("state", \.state, "Whether all is well."),
            Field("problems", \.problems, "What is wrong and what to do, a sentence each."),
            Field("numbers", \.numbers, "The business numbers and what they are sending."),
            Field("queue", \.queue, "Messages that are not settled, by state."),
            Field("campaigns_running", \.campaignsRunning, "Campaigns that are freezing or running."),
            Field("webhook", \.webhook, "What Meta tells us."),
            Field("events", \.events, "The events that can still be read."),
            Field("memory_bytes", \.memoryBytes, "Resident memory of the daemon."),
            Field("database_bytes", \.databaseBytes, "Size of the database file."),
            Field("wal_bytes", \.walBytes, "Size of the write-ahead log."),
            Field("waits", \.waits, "How long changes waited for the store, by kind of work."),
            Field(
                "ignored_notifications",
                \.ignoredNotifications,
                "Calls that would have changed something and had no id, so that nobody would have learnt what came of them: none was executed."
            )
        )
    }
}
