import WaproCore
import WaproRPC
import WaproSending
import WaproStore

/// Answers `system.*`.
struct SystemHandlers: Sendable {
    let store: Store
    let version: String
    let startedAt: Timestamp
    let clock: WallClock
    let vitals: @Sendable () -> DispatcherVitals
    /// What keeps the daemon from being fully able to work, in words.
    let problems: @Sendable () -> [String]
    /// Accounts without credentials, which are in `problems`.
    var mute: @Sendable () -> Set<AccountID> = { [] }
    /// Notifications that were not executed.
    var ignored: @Sendable () -> Int = { 0 }

    func register(_ handlers: inout Handlers) {
        handlers.atOnce(SystemPing.self) { _, _ throws(Fault) in SystemPing.Reply(now: clock.now()) }
        handlers.on(SystemStatus.self) { _, call throws(Fault) in try await status(for: call.caller) }
    }

    private func status(for caller: Caller) async throws(Fault) -> SystemStatus.Reply {
        let (vitals, problems, mute) = (vitals(), problems(), mute())
        return try await store.ask { snapshot in
            let numbers = try snapshot.numbers().map { number in
                NumberSummary(
                    id: number.id,
                    name: number.name,
                    display: caller.seesOnlyCounts ? "" : number.displayNumber ?? number.phoneNumberID,
                    inFlight: vitals.inFlight(of: number.id),
                    waiting: try snapshot.waiting(of: number.id),
                    rate: vitals.rates[number.id] ?? 0
                )
            }
            let queue = try snapshot.queueShape()
            let journal = try snapshot.journalSize()
            let size = try snapshot.storeSize()
            let doubts = try snapshot.listedDoubts()
            let asked =
                doubts == 0
                ? []
                : [
                    "Of \(doubts) message\(doubts == 1 ? "" : "s") nobody knows whether they were sent: waproctl message list --state in_doubt shows them, campaign resolve and message resolve decide."
                ]
            let holds = try snapshot.holdProblems(withReasons: !caller.seesOnlyCounts)
            let all = try problems + holds + snapshot.haltProblems(except: mute) + asked
            return SystemStatus.Reply(
                version: version,
                store: store.name,
                boot: store.boot,
                startedAt: startedAt,
                state: Open(all.isEmpty ? .ready : .degraded),
                problems: all,
                numbers: numbers,
                queue: QueueSummary(
                    pending: Int64(queue.pending),
                    waiting: Int64(queue.waiting),
                    inFlight: Int64(queue.sending),
                    inDoubt: Int64(queue.inDoubt)
                ),
                campaignsRunning: try snapshot.sendingCampaigns().count,
                webhook: WebhookSummary(pending: Int64(journal.waiting), quarantined: Int64(journal.quarantined), lastAt: journal.lastAt),
                events: EventSpan(first: size.firstEvent, last: size.lastEvent),
                memoryBytes: Int64(ProcessMemory.resident()),
                databaseBytes: Int64(size.databaseBytes),
                walBytes: Int64(store.walBytes),
                waits: WorkClass.allCases.map { WaitSummary($0, store.waits($0)) },
                ignoredNotifications: Int64(ignored())
            )
        }
    }
}

extension WaitSummary {
    init(_ work: WorkClass, _ waits: WaitHistogram) {
        let word: StoreWork =
            switch work {
            case .control: .control
            case .journal: .journal
            case .sending: .sending
            case .applying: .applying
            case .background: .background
            }
        self.init(
            work: Open(word),
            count: Int64(waits.count),
            p50: waits.p50 / .milliseconds(1),
            p99: waits.p99 / .milliseconds(1),
            max: waits.max / .milliseconds(1)
        )
    }
}
