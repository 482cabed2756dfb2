import WaproCloud
import WaproCore

@testable import WaproSending
@testable import WaproStore

/// A machine with the time at hand, and a store that does at once what it is asked: it always has a message for a grant.
struct MachineBench {
    static let number = NumberID(rawValue: 10)
    static let first = CampaignID(rawValue: 20)
    static let second = CampaignID(rawValue: 21)

    var machine: SendingMachine
    var now = Timestamp(milliseconds: 1_000_000)
    /// When each message of a lane was handed over.
    private(set) var handedOver: [Lane: [Timestamp]] = [:]
    private var minted: Int64 = 0
    private var underWay: [[(Claim, Ending)]] = []
    /// Effects that `run` carries out first.
    private var backlog: [SendingEffect] = []

    init(_ settings: SendingSettings = SendingSettings(), limits: Int = 1000, conversations: Int = 10) {
        machine = SendingMachine(settings: settings, entropy: Seeded(1))
        machine.limits = SendingLimits(campaigns: limits, conversations: conversations)
    }

    /// A machine that knows its number for a second, so that the pacer has what it may gather.
    static func ready(_ settings: SendingSettings = SendingSettings(), throughput: Int = 1_000_000, limits: Int = 1000) -> MachineBench {
        var bench = MachineBench(settings, limits: limits)
        bench.step(.tick)
        bench.step(.looked(bench.work([], throughput: throughput)))
        bench.now = bench.now.advanced(by: .seconds(1))
        return bench
    }

    /// What was granted came back claimed.
    @discardableResult
    mutating func claimed(_ lane: Lane, _ claims: [Claim], granted: Int, next: Timestamp?, stop: Claimed.Stop? = nil) -> [SendingEffect] {
        step(.claimed(lane, Claimed(claims: claims, next: next, stop: stop), granted: granted))
    }

    @discardableResult
    mutating func step(_ input: SendingInput) -> [SendingEffect] {
        if case .troubled(.record(let kept)) = input { underWay.removeAll { $0.first?.0 == kept.first?.0 } }
        let effects = machine.step(input, at: now)
        for case .record(let results) in effects { underWay.append(results) }
        return effects
    }

    /// The oldest results that are under way are on disk.
    @discardableResult
    mutating func recorded() -> [SendingEffect] {
        step(.recorded(underWay.removeFirst()))
    }

    /// As `step(.looked(work))`, of which `run` carries the effects out.
    mutating func look(_ work: Workload) {
        backlog += step(.looked(work))
    }

    mutating func pass(_ time: Duration) -> [SendingEffect] {
        now = now.advanced(by: time)
        return step(.tick)
    }

    /// What a look finds.
    func work(
        _ campaigns: [Workload.Campaign],
        throughput: Int = 1_000_000,
        isHalted: Bool = false,
        conversationDue: Timestamp? = nil,
        nextStart: Timestamp? = nil
    ) -> Workload {
        Workload(
            campaigns: campaigns,
            numbers: [
                .init(
                    id: Self.number,
                    account: AccountID(rawValue: 5),
                    throughput: throughput,
                    isHalted: isHalted,
                    conversationDue: conversationDue
                )
            ],
            nextStart: nextStart
        )
    }

    static func campaign(
        _ id: CampaignID = first,
        waiting: Int = 100_000,
        pending: Int = 0,
        ready: Int? = nil,
        isFrozen: Bool = true,
        rate: Int? = nil
    ) -> Workload.Campaign {
        .init(id: id, number: number, isFrozen: isFrozen, rate: rate, pending: pending, waiting: waiting, ready: ready ?? waiting)
    }

    mutating func claim(_ campaign: CampaignID? = first, ordinal: Int = 1) -> Claim {
        minted += 1
        return .sample(message: minted, campaign: campaign, number: Self.number, ordinal: ordinal, intentAt: now)
    }

    mutating func claims(_ count: Int, _ campaign: CampaignID? = first) -> [Claim] {
        (0..<count).map { _ in claim(campaign) }
    }

    /// Lets a time go by in steps of a millisecond; every grant is claimed in full, answered after `latency` and written down.
    mutating func run(for time: Duration, latency: Duration = .zero) {
        let end = now.advanced(by: time)
        var answers: [(at: Timestamp, claim: Claim)] = []
        while now < end {
            var effects = backlog + pass(.milliseconds(1))
            backlog = []
            while true {
                while !effects.isEmpty { effects += carryOut(effects.removeFirst(), latency, &answers) }
                guard let due = answers.firstIndex(where: { $0.at <= now }) else { break }
                effects = step(.ended(answers.remove(at: due).claim, .answered(.accepted(Acceptance(wamid: "wamid.A")))))
            }
        }
    }

    private mutating func carryOut(
        _ effect: SendingEffect,
        _ latency: Duration,
        _ answers: inout [(at: Timestamp, claim: Claim)]
    ) -> [SendingEffect] {
        switch effect {
        case .claim(let lane, let granted):
            let campaign: CampaignID? = if case .campaign(let id) = lane { id } else { nil }
            return step(.claimed(lane, Claimed(claims: claims(granted, campaign), next: now), granted: granted))
        case .handOver(let claims):
            for claim in claims { handedOver[claim.campaign.map(Lane.campaign) ?? .conversation(claim.number), default: []].append(now) }
            answers += claims.map { (now.advanced(by: latency), $0) }
            return []
        case .record: return recorded()
        case .look, .freeze, .expand, .finish, .sweep, .wake: return []
        }
    }
}

extension SendingSettings {
    /// No answer waits for others.
    static let prompt: SendingSettings = {
        var settings = SendingSettings()
        settings.gather = .zero
        return settings
    }()
}

extension Claim {
    static func sample(
        message: Int64 = 1,
        campaign: CampaignID? = CampaignID(rawValue: 20),
        number: NumberID = NumberID(rawValue: 10),
        ordinal: Int = 1,
        intentAt: Timestamp = Timestamp(milliseconds: 1_000_000),
        tries: Int? = nil,
        triedCode: Int? = nil,
        notAfter: Timestamp? = nil
    ) -> Claim {
        Claim(
            attempt: AttemptID(message: MessageID(rawValue: message), ordinal: ordinal),
            campaign: campaign,
            contact: ContactID(rawValue: message),
            number: number,
            intentAt: intentAt,
            mark: 1,
            isMarketing: false,
            tries: tries ?? ordinal - 1,
            triedCode: triedCode,
            notAfter: notAfter,
            phone: PhoneNumber(value: 4_915_112_340_000 + message),
            userID: nil,
            name: nil,
            attributes: "{}",
            kind: "template",
            content: nil
        )
    }
}

extension [SendingEffect] {
    var looks: Int { count { if case .look = $0 { true } else { false } } }

    var granted: [Lane: Int] {
        reduce(into: [:]) { if case .claim(let lane, let granted) = $1 { $0[lane, default: 0] += granted } }
    }

    var handedOver: [Claim] {
        flatMap { effect -> [Claim] in if case .handOver(let claims) = effect { claims } else { [] } }
    }

    /// Each transaction of results by itself.
    var records: [[(claim: Claim, ending: Ending)]] {
        compactMap { effect in if case .record(let results) = effect { results.map { ($0.0, $0.1) } } else { nil } }
    }

    var endings: [Ending] { records.joined().map(\.ending) }

    var wakes: [Timestamp] { compactMap { effect in if case .wake(let time) = effect { time } else { nil } } }

    var frozen: [CampaignID] { compactMap { effect in if case .freeze(let id) = effect { id } else { nil } } }

    var expanded: [Int] { compactMap { effect in if case .expand(_, let limit) = effect { limit } else { nil } } }

    var swept: [CampaignID] { compactMap { effect in if case .sweep(let id) = effect { id } else { nil } } }

    var finished: [CampaignID] { compactMap { effect in if case .finish(let id) = effect { id } else { nil } } }
}

extension Refusal {
    static func sample(code: Int? = 131000, flags: Flags = [], tries: Int? = nil) -> Refusal {
        Refusal(code: code, slug: "sample", words: "a refusal", next: "nothing", flags: flags, tries: tries)
    }
}

extension Handover {
    static let accepted = Handover.answered(.accepted(Acceptance(wamid: "wamid.A")))
}
