import WaproCore

@testable import WaproSending
@testable import WaproStore

/// What a seed decides before anything happens: who is written to, and under which limits.
struct Scenario {
    struct Campaign {
        var template: String
        var number: Int
        var rate: Int?
        var dailyCap: Int?
        var startsIn: Duration?
        var expiresIn: Duration?
    }

    var people: Int
    var campaigns: [Campaign]
    /// Messages a second of each number.
    var throughputs: [Int]
    /// Meta's word for the people whom the portfolio may write to first in 24 hours.
    var messagingLimit: String?
    var policies = DoubtPolicies()
    var settings = SendingSettings()
    /// Things that happen before the faults stop.
    var turns: Int
    var jumps: Bool
    var shutsDown: Bool

    init(_ random: inout Seeded) {
        people = random.int(6...12)
        let shared = random.chance(0.6)
        campaigns = ["order_update", "winter_sale"].enumerated().map { index, template in
            Campaign(
                template: template,
                number: shared ? 0 : index,
                rate: random.weigh([5: nil, 2: 2, 1: 5]),
                dailyCap: random.weigh([5: nil, 1: 4, 1: 8]),
                startsIn: index == 1 && random.chance(0.2) ? .seconds(random.int(1...600)) : nil,
                expiresIn: random.chance(0.2) ? .seconds(random.int(5...90_000)) : nil
            )
        }
        throughputs = Blueprint.phoneNumberIDs.map { _ in random.weigh([2: 80, 1: 1000, 2: 4]) }
        messagingLimit = random.weigh([3: nil, 1: "TIER_UNLIMITED", 2: "TIER_5", 2: "TIER_8"])
        if random.chance(0.15) { (policies.marketing, policies.utility) = (.resend, .resend) }
        (settings.batch, settings.ahead, settings.recordings) = (4, 8, 2)
        if random.chance(0.2) { settings.rules.frequencyCap = .init(messages: 1, period: .seconds(86_400)) }
        turns = random.int(80...280)
        jumps = random.chance(0.4)
        shutsDown = random.chance(0.4)
    }
}
