import Foundation
import Logging
import WaproCore

@testable import WaproCloud
@testable import WaproReceiving
@testable import WaproSending
@testable import WaproStore

/// Everything there is in one simulation: the real store, sending and receiving, a made-up Meta, people, and a clock. One thing happens at a
/// time, and a seed decides which.
final class World {
    /// A wake that the machine asked for.
    struct Wake {
        var time: Timestamp
        /// When it comes, by the time that has really passed.
        var due: Duration
    }

    let scenario: Scenario
    let blueprint: Blueprint
    let clock = SteppedClock(at: Blueprint.start)
    var random: Seeded
    var trace: Trace
    var tally = Tally()

    // The daemon, which a crash throws away.
    var store: Store
    var path: String
    var machine: SendingMachine
    var sender: Sender
    var journal: Journal
    var applier: Applier
    var doubts: Doubts
    let hears = Flag(true)
    let wire = Wire()
    let answers = Answers()
    var inbox: [SendingInput] = []
    var effects: [SendingEffect] = []
    var wakes: [Wake] = []
    var isRinging = false
    /// What a body that is applied in several steps was counted as so far.
    var open = WaproReceiving.Tally()
    var hasJournal = false
    var isStopping = false
    var starts = 1

    // The world outside.
    var meta = Meta()
    var ledger = Ledger()
    var campaigns: [CampaignID] = []
    /// Time that has really passed; the clock may say otherwise.
    var elapsed = Duration.zero
    var nextLook: Duration?
    /// Nothing goes wrong any more, and people set right what did.
    var isSettling = false

    init(seed: UInt64, blueprint: Blueprint, traces: Bool = false) async throws {
        var random = Seeded(seed)
        scenario = Scenario(&random)
        (self.blueprint, self.random, trace) = (blueprint, random, Trace(isOn: traces))
        path = try blueprint.copy(as: "seed-\(seed)/1")
        let store = try Store(.file(path), options: Self.options, clock: clock.wall)
        self.store = store
        machine = Self.newMachine(scenario, seed)
        sender = try Self.newSender(store, wire, blueprint)
        (journal, applier) = (Journal(store, limits: .init()), Applier(storeName: store.name))
        doubts = Self.newDoubts(store, scenario, clock, hears)
        try await prepare()
    }

    static var options: StoreOptions {
        var options = StoreOptions()
        (options.cacheKiB, options.readers) = (1024, 1)
        return options
    }

    static func newMachine(_ scenario: Scenario, _ seed: UInt64) -> SendingMachine {
        var machine = SendingMachine(settings: scenario.settings, entropy: Seeded(seed))
        machine.limits = SendingLimits(campaigns: 12, conversations: 3)
        return machine
    }

    static func newSender(_ store: Store, _ wire: Wire, _ blueprint: Blueprint) throws -> Sender {
        let credentials = try GraphCredentials(token: Secret("token"))
        let routes = zip(blueprint.numbers, Blueprint.phoneNumberIDs).map {
            ($0, SendingRoute(phoneNumberID: $1, credentials: credentials))
        }
        return Sender(
            graph: GraphSender(http: wire.client, endpoint: .meta),
            routes: SendingRoutes(Dictionary(uniqueKeysWithValues: routes)),
            store: store
        )
    }

    /// Between two looks at messages in doubt.
    static let interval = Duration.seconds(20 * 60)

    static func newDoubts(_ store: Store, _ scenario: Scenario, _ clock: SteppedClock, _ hears: Flag) -> Doubts {
        var settings = DoubtSettings()
        settings.policies = scenario.policies
        settings.interval = interval
        let silent = Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }
        return Doubts(store: store, settings: settings, history: nil, clock: clock.wall, logger: silent) { hears.isSet }
    }

    var now: Timestamp { clock.wall.now() }

    func close() async throws {
        try await store.close()
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
        try FileManager.default.removeItem(atPath: folder)
    }
}
