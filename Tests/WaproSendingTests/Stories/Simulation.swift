import Testing
import WaproCloud
import WaproCore

@testable import WaproSending
@testable import WaproStore

/// The machine against a real store and a made-up Meta, one thing at a time, in an order that a seed decides.
struct Simulation {
    struct Delivery: Hashable {
        var campaign: CampaignID?
        var contact: ContactID
    }

    let fixture: Fixture
    let campaigns: [CampaignID]
    /// Whether a person may resume a campaign before the machine has let go of it, with messages still on the wire.
    let resumesEarly: Bool
    private(set) var machine: SendingMachine
    /// How often Meta took each message, whether or not its answer could be read.
    private(set) var taken: [Delivery: Int] = [:]
    private(set) var trace: [String] = []

    private var random: Seeded
    private var effects: [SendingEffect] = []
    private var wire: [Claim] = []
    private var wakes: [Timestamp] = []
    private var isRinging = false
    private var halted: Set<CampaignID> = []
    private var stopsAt: Int?

    static let settings: SendingSettings = {
        var settings = SendingSettings()
        (settings.batch, settings.ahead, settings.recordings) = (4, 8, 2)
        return settings
    }()

    init(seed: UInt64, contacts: Int = 12, resumesEarly: Bool = false) async throws {
        let fixture = try await Fixture(contacts: contacts)
        campaigns = [try await fixture.start("orders"), try await fixture.start("sale", template: "winter_sale", rate: 200)]
        try await fixture.store.write(.control) { [fixture] transaction in
            for contact in fixture.contacts.prefix(3) {
                _ = try transaction.enqueue(kind: "template", content: "{}", to: contact, from: fixture.number, notAfter: nil)
            }
        }
        self.fixture = fixture
        self.resumesEarly = resumesEarly
        random = Seeded(seed)
        machine = Self.newMachine(seed)
        if seed.isMultiple(of: 2) { stopsAt = Int.random(in: 10..<150, using: &random) }
    }

    private static func newMachine(_ seed: UInt64) -> SendingMachine {
        var machine = SendingMachine(settings: settings, entropy: Seeded(seed))
        machine.limits = SendingLimits(campaigns: 12, conversations: 2)
        return machine
    }

    /// Until nothing is left to do; false when it takes more steps than it ever should.
    mutating func run() async throws -> Bool {
        feed(.tick)
        for turn in 0..<20_000 {
            if turn == stopsAt { feed(.stop) }
            if chance(0.05) { fixture.clock.step(by: .milliseconds(Int.random(in: 1...400, using: &random))) }
            if resumesEarly, chance(0.1) { _ = try await resume() }
            if isRinging, chance(0.3) {
                isRinging = false
                feed(.rang)
            }
            if let index = effects.indices.randomElement(using: &random) {
                try await carryOut(effects.remove(at: index))
            } else if let index = wire.indices.randomElement(using: &random) {
                let claim = wire.remove(at: index)
                feed(.ended(claim, answer(claim)))
            } else if isRinging {
                isRinging = false
                feed(.rang)
            } else if try await !goOn() {
                return true
            }
        }
        return false
    }

    /// When everything has come back: the shutdown is over, a person resumes what was held, or time passes.
    private mutating func goOn() async throws -> Bool {
        if machine.isStopping, machine.isDrained {
            for campaign in campaigns {
                #expect(try await fixture.counts(of: campaign).kept[.sending] == nil, "a shutdown leaves no intent")
            }
            machine = Self.newMachine(random.next())
            wakes = []
            feed(.tick)
            return true
        }
        if try await resume() { return true }
        guard let next = wakes.min() else { return false }
        wakes.removeAll { $0 == next }
        fixture.clock.step(by: max(.zero, fixture.clock.wall.now().duration(to: next)))
        feed(.tick)
        return true
    }

    private mutating func resume() async throws -> Bool {
        var resumed = false
        for campaign in campaigns where resumesEarly || machine.campaigns[campaign] == nil {
            guard try await fixture.state(of: campaign) == .held else { continue }
            try await fixture.resume(campaign)
            trace.append("resumed \(campaign)")
            (resumed, isRinging) = (true, true)
        }
        return resumed
    }

    private mutating func feed(_ input: SendingInput) {
        for effect in machine.step(input, at: fixture.clock.wall.now()) {
            if case .wake(let time) = effect { wakes.append(time) } else { effects.append(effect) }
        }
    }

    private mutating func carryOut(_ effect: SendingEffect) async throws {
        if case .handOver(let claims) = effect { return wire += claims }
        if chance(0.03) { return feed(.troubled(effect)) }
        let boot = fixture.store.boot
        let (input, rang): (SendingInput?, Bool) = try await fixture.store.write(.control) { transaction in
            let input: SendingInput?
            switch effect {
            case .look: input = .looked(try Queue.look(transaction))
            case .freeze(let id):
                let count = try transaction.freeze(id, limit: 7)
                input = .froze(id, count: count, isComplete: try transaction.campaign(id)?.isFrozen ?? true)
            case .expand(let id, let limit): input = .expanded(id, count: try transaction.expand(id, limit: limit))
            case .claim(let lane, let granted):
                let came = try Queue.claim(lane, granted: granted, boot: boot, transaction)
                input = .claimed(lane, came, granted: granted)
            case .record(let results):
                try Recorder.record(results, in: transaction)
                input = .recorded
            case .finish(let id):
                _ = try transaction.finishIfDone(id)
                input = .finishChecked(id)
            case .sweep(let id):
                try transaction.sweep(id)
                input = .swept(id)
            case .handOver, .wake: input = nil
            }
            return (input, transaction.rings.contains(1))
        }
        isRinging = isRinging || rang
        // Sometimes the answer takes longer than an intent may live.
        if chance(0.03) { fixture.clock.step(by: .milliseconds(300)) }
        if let input { feed(input) }
    }

    /// What Meta says; it may have taken a message although its answer is lost.
    private mutating func answer(_ claim: Claim) -> Handover {
        let delivery = Delivery(campaign: claim.campaign, contact: claim.contact)
        if let campaign = claim.campaign, !halted.contains(campaign), chance(0.1) {
            halted.insert(campaign)
            trace.append("halted \(campaign)")
            return .answered(.halt(.campaign, .sample(code: 132001)))
        }
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<5:
            if chance(0.5) { taken[delivery, default: 0] += 1 }
            return .answered(.unknown(Uncertainty(slug: "timed_out", words: "no answer")))
        case 5..<11: return .answered(.later(after: nil, .sample(code: nil)))
        case 11..<16: return .answered(.later(after: .seconds(4), .sample(code: 131056)))
        case 16..<19: return .answered(.later(after: .seconds(1), .sample(code: 130429, flags: .throughput)))
        case 19..<25: return .answered(.later(after: .seconds(5), .sample(code: 131000, tries: 2)))
        case 25..<29: return .answered(.never(.sample(code: 131026)))
        case 29..<33: return .answered(.never(.sample(code: 131050, flags: .optOut)))
        case 33..<35: return .unfilled("{{1}} has no value")
        default:
            taken[delivery, default: 0] += 1
            return .answered(.accepted(Acceptance(wamid: "wamid.\(claim.attempt)")))
        }
    }

    private mutating func chance(_ probability: Double) -> Bool {
        Double.random(in: 0..<1, using: &random) < probability
    }
}
