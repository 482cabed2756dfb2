public import Logging
public import ServiceLifecycle
public import WaproCore
public import WaproStore
import Synchronization

/// The thin shell around `SendingMachine`: carries its effects out and brings what came of them back.
///
/// On graceful shutdown nothing new is handed over, what is on the wire is finished and written down, and what was claimed and not
/// handed over goes back. What does not end in time becomes *in doubt* at the next start.
public final class Dispatcher: Service {
    /// So that a clock that is put forward is noticed; who is woken early asks again.
    static let longestSleep: Duration = .seconds(60)

    private let store: Store
    private let sender: Sender
    private let settings: SendingSettings
    private let clock: WallClock
    private let logger: Logger
    private let mailbox = Mailbox<SendingInput>()
    private let vital = Mutex(DispatcherVitals())

    public init(store: Store, sender: Sender, settings: SendingSettings, clock: WallClock = .live, logger: Logger) {
        (self.store, self.sender, self.settings, self.clock, self.logger) = (store, sender, settings, clock, logger)
    }

    /// What it is doing now, for status and watchdog.
    public var vitals: DispatcherVitals { vital.withLock { $0 } }

    public func run() async throws {
        var machine = SendingMachine(settings: settings, entropy: SystemRandomNumberGenerator())
        sender.warm()
        machine.limits = sender.limits
        var isDraining = false
        let deadline = Mutex<ContinuousClock.Instant?>(nil)
        try await withGracefulShutdownHandler {
            try await withThrowingDiscardingTaskGroup { group in
                group.addTask { await self.listen() }
                self.perform(machine.step(.tick, at: clock.now()), in: &group)
                while !(machine.isStopping && machine.isDrained) {
                    let inputs = await mailbox.take()
                    if inputs.isEmpty, Task.isCancelled { break }
                    machine.limits = sender.limits
                    for input in inputs { self.perform(machine.step(input, at: clock.now()), in: &group) }
                    self.show(machine)
                    // What was answered in time is known, so it is written down, if the store does it soon.
                    if let end = deadline.withLock({ $0 }), .now > end, !machine.isDrained,
                        machine.isWritten || .now > end + settings.lastWords
                    {
                        logger.warning("shutdown: some requests have no answer yet; they will be in doubt at the next start")
                        break
                    }
                    // The deadline must be seen even when Meta stays silent.
                    if machine.isStopping, !isDraining {
                        isDraining = true
                        group.addTask { [mailbox, settings] in
                            for limit in [settings.drain, settings.lastWords] {
                                try? await Task.sleep(for: limit + .milliseconds(1))
                                mailbox.put(.tick)
                            }
                        }
                    }
                }
                group.cancelAll()
            }
        } onGracefulShutdown: { [mailbox, settings] in
            deadline.withLock { $0 = .now + settings.drain }
            mailbox.put(.stop)
        }
    }

    /// Passes on the store's ring, which is all that anybody else ever tells the dispatcher.
    private func listen() async {
        var seen = store.work.rings
        while !Task.isCancelled {
            seen = await store.work.wait(after: seen)
            mailbox.put(.rang)
        }
    }

    private func show(_ machine: SendingMachine) {
        vital.withLock { vital in
            vital.turns += 1
            vital.inFlight = machine.numbers.mapValues(\.inFlight)
            vital.accepted = machine.accepted
            vital.rates = machine.numbers.mapValues(\.pacer.rate)
            vital.limits = machine.campaigns.compactMapValues(\.limit)
        }
    }

    private func perform(_ effects: [SendingEffect], in group: inout ThrowingDiscardingTaskGroup<any Error>) {
        for effect in effects {
            switch effect {
            case .look:
                change(.control, effect) { [settings] in
                    try Queue.look($0, ahead: settings.ahead)
                } then: { [sender] in
                    sender.prepare($0.records)
                    return .looked($0)
                }
            case .freeze(let id):
                change(.background, effect) {
                    try Expander.freeze(id, $0)
                } then: {
                    .froze(id, count: $0.count, isComplete: $0.isComplete)
                }
            case .expand(let id, let limit):
                change(.sending, effect) { [settings] in
                    try Expander.expand(id, limit: limit, validity: settings.validity, $0)
                } then: {
                    .expanded(id, count: $0)
                }
            case .claim(let lane, let granted):
                change(lane.work, effect) { [boot = store.boot, rules = settings.rules] in
                    try Queue.claim(lane, granted: granted, boot: boot, rules: rules, $0)
                } then: {
                    .claimed(lane, $0, granted: granted)
                }
            case .handOver(let claims):
                for claim in claims {
                    sender.send(claim) { [mailbox] in mailbox.put(.ended(claim, $0)) }
                }
            case .record(let results):
                change(.sending, effect) {
                    try Recorder.record(results, in: $0)
                } then: {
                    .recorded(results)
                }
            case .finish(let id):
                change(.sending, effect) {
                    _ = try $0.finishIfDone(id)
                } then: {
                    .finishChecked(id)
                }
            case .sweep(let id):
                change(.background, effect) {
                    try $0.sweep(id)
                } then: {
                    .swept(id)
                }
            case .wake(let time):
                group.addTask { [mailbox, clock] in
                    try? await Task.sleep(for: min(max(.zero, clock.now().duration(to: time)), Self.longestSleep), tolerance: .zero)
                    mailbox.put(.woke(time))
                }
            }
        }
    }

    private func change<Value: Sendable>(
        _ work: WorkClass,
        _ effect: SendingEffect,
        _ body: @escaping @Sendable (Transaction) throws -> Value,
        then input: @escaping @Sendable (Value) -> SendingInput
    ) {
        store.submit(work, body) { [mailbox, logger] result in
            switch result {
            case .success(let value): mailbox.put(input(value))
            case .failure(let error):
                logger.error("the store could not do what the dispatcher needs; trying again", metadata: ["error": "\(error)"])
                mailbox.put(.troubled(effect))
            }
        }
    }
}

/// What the dispatcher is doing.
public struct DispatcherVitals: Sendable {
    /// Grows with every turn of its loop.
    public internal(set) var turns = 0
    /// Messages that Meta accepted since the start.
    public internal(set) var accepted = 0
    /// Messages of each number between claim and answer.
    public internal(set) var inFlight: [NumberID: Int] = [:]
    /// Messages a second that each number is granted.
    public internal(set) var rates: [NumberID: Double] = [:]
    /// What keeps campaigns back that could send otherwise.
    public internal(set) var limits: [CampaignID: SendingLimit] = [:]

    public func inFlight(of number: NumberID) -> Int { inFlight[number] ?? 0 }
}

extension Lane {
    /// A chat reply never waits behind a campaign (promise P8).
    var work: WorkClass {
        switch self {
        case .campaign: .sending
        case .conversation: .control
        }
    }
}
