import Foundation
import WaproCore

@testable import WaproCloud
@testable import WaproReceiving
@testable import WaproSending
@testable import WaproStore

extension World {
    /// What may go wrong between any two steps.
    func misfortune() async throws {
        if random.chance(0.06) { pass(.milliseconds(random.int(1...400))) }
        if scenario.jumps, random.chance(0.008) { jump() }
        if random.chance(0.005) { hears.isSet.toggle() }
        guard random.chance(0.006) else { return }
        // Now and then something is committed whose answer dies with the daemon.
        if random.chance(0.6), !effects.isEmpty {
            try await carryOut(effects.remove(at: random.int(0...effects.count - 1)), forgets: true)
        }
        try await crash()
    }

    /// The clock is set, forward or back. A sleep that is under way does not notice, but none is longer than the dispatcher's longest.
    private func jump() {
        let seconds = random.int(1...5) == 1 ? random.int(600...10_000) : random.int(1...90)
        let isBack = random.chance(0.5)
        tally.count(isBack ? "fault clock back" : "fault clock forward")
        clock.step(by: .seconds(isBack ? -seconds : seconds))
        trace.note("\(now) the clock jumped by \(isBack ? "-" : "")\(seconds) s")
        ledger.clockIs(now)
        ledger.segment += 1
        for index in wakes.indices { wakes[index].due = min(wakes[index].due, elapsed + Dispatcher.longestSleep) }
    }

    /// The daemon dies now: what is on disk stays, all else is gone. What was on the wire Meta has taken, or not.
    ///
    /// - Parameter image: the files as the crash left them; nil: as they are now.
    func crash(_ image: String? = nil) async throws {
        tally.count("fault crash")
        trace.note("\(now) crash")
        let left = try image ?? Blueprint.copy(folder, to: nextFolder)
        try await restart(from: left)
    }

    /// A graceful shutdown: nothing new is handed over, what is on the wire is finished, and a new start follows.
    func shutDown() async throws {
        tally.count("shutdown")
        trace.note("\(now) stop")
        try feed(.stop)
        for _ in 0..<2_000 where machine.isStopping && !machine.isDrained { try await turn() }
        // It may have died meanwhile.
        guard machine.isStopping else { return }
        // It may take longer than a shutdown may.
        guard machine.isDrained else { return try await crash() }
        let left = try await store.read { try $0.queueShape().sending }
        guard left == 0 else { throw Broken("I3", "a shutdown leaves \(left) intents") }
        try await restart(from: Blueprint.copy(folder, to: nextFolder))
    }

    private var folder: String { String(path.dropLast("/waprod.db".count)) }

    var nextFolder: String {
        folder.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/\(starts + 1)"
    }

    private func restart(from image: String) async throws {
        try await store.close()
        try FileManager.default.removeItem(atPath: folder)
        (path, starts) = (image, starts + 1)
        meta.flights = []
        (inbox, effects, wakes, isRinging) = ([], [], [], false)
        (open, hasJournal, nextLook) = (WaproReceiving.Tally(), true, nil)
        _ = answers.take()
        store = try Store(.file(path), options: Self.options, clock: clock.wall)
        machine = Self.newMachine(scenario, random.next())
        sender = try Self.newSender(store, wire, blueprint)
        (journal, applier) = (Journal(store, limits: .init()), Applier(storeName: store.name))
        doubts = Self.newDoubts(store, scenario, clock, hears)
        ledger.segment += 1
        let doubted = try await Recovery.run(store)
        if doubted > 0 { tally.count("doubt by crash", by: doubted) }
        // The start takes over the configuration, and with it what Meta had stopped.
        try await write(.control) { [numbers = blueprint.numbers] transaction in
            for number in numbers { try transaction.halt(number, code: nil) }
        }
        try await audit()
        try feed(.tick)
    }
}
