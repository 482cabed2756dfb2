import GRDB
public import WaproCore

/// What can be changed, inside one commit. The changes are extensions beside each table.
public final class Transaction: Snapshot {
    /// The moment of this transaction.
    public let now: Timestamp

    var marks: StoreMarks
    /// What the writer remembers beside the store.
    let memory: WriterMemory
    /// The doorbells to ring after the commit, by their place in the writer's list.
    var rings: Set<Int> = []
    /// What must not be handed over any more, with its place in the order of commits.
    var stops: [HandOverGate.Subject: Int64] = [:]
    /// What was paid for and did not go. Given back only once that is on disk: what is undone would be given back again when it is repeated.
    var refunds: [PairLedger.Refund] = []
    /// Changes of campaign counters, written once at the end.
    private var counts: [CampaignID: [MessageState: Int]] = [:]
    private var failures: [CampaignFailure: Int] = [:]

    private struct CampaignFailure: Hashable {
        var campaign: CampaignID
        var code: Int
    }

    init(_ db: Database, marks: StoreMarks, memory: WriterMemory, now: Timestamp) {
        self.now = now
        self.marks = marks
        self.memory = memory
        super.init(db)
    }

    /// A new identifier, larger than every earlier one.
    public func mint<Kind>(_ kind: Identifier<Kind>.Type = Identifier<Kind>.self) -> Identifier<Kind> {
        marks.identifiers.next(kind, at: now)
    }

    /// Wakes the dispatcher after the commit.
    public func ringWork() { rings.insert(1) }

    /// Wakes the applier after the commit.
    public func ringArrivals() { rings.insert(2) }

    /// Wakes whoever asks Meta about numbers after the commit.
    public func ringNumbers() { rings.insert(3) }

    /// Moves `count` recipients of a campaign from one counter to another.
    func count(_ campaign: CampaignID, from: MessageState?, to: MessageState?, by count: Int = 1) {
        if let from { counts[campaign, default: [:]][from, default: 0] -= count }
        if let to { counts[campaign, default: [:]][to, default: 0] += count }
    }

    func countFailure(_ campaign: CampaignID, code: Int, by count: Int) {
        failures[CampaignFailure(campaign: campaign, code: code), default: 0] += count
    }

    /// Writes the counters; returns the marks as this transaction leaves them.
    func seal() throws -> StoreMarks {
        for (campaign, states) in counts {
            for (state, change) in states where change != 0 {
                try add(change, to: "campaign_count", "state", campaign, state.rawValue)
            }
        }
        for (failure, change) in failures where change != 0 {
            try add(change, to: "campaign_failure", "code", failure.campaign, failure.code)
        }
        counts.removeAll()
        failures.removeAll()
        return marks
    }

    /// The schema refuses a counter below zero, also for a moment: so an existing one is changed before a new one is made.
    private func add(_ change: Int, to table: StaticString, _ column: StaticString, _ campaign: CampaignID, _ key: Int) throws {
        let arguments: [Value?] = [campaign.rawValue, key, change]
        guard try db.run("UPDATE \(table) SET count = count + ?3 WHERE campaign = ?1 AND \(column) = ?2", arguments) == 0 else { return }
        try db.run("INSERT INTO \(table) (campaign, \(column), count) VALUES (?1, ?2, ?3)", arguments)
    }
}
