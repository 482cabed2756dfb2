import Testing
import WaproCore

@testable import WaproStore

extension World {
    /// What people had set up and asked for before the simulation begins.
    func prepare() async throws {
        let (scenario, blueprint, start) = (scenario, blueprint, now)
        ledger.lastEvent = try await store.read { try $0.lastEvent() }
        campaigns = try await write(.control) { transaction in
            let list = try transaction.makeList(named: "customers")
            for contact in blueprint.contacts.prefix(scenario.people) { _ = try transaction.add(contact, to: list) }
            for (index, number) in blueprint.numbers.enumerated() {
                let news = NumberNews(
                    displayNumber: nil,
                    verifiedName: nil,
                    quality: nil,
                    status: nil,
                    messagingLimit: scenario.messagingLimit,
                    throughput: scenario.throughputs[index]
                )
                try transaction.refresh(number, with: news)
            }
            return try scenario.campaigns.map { plan in
                let account = blueprint.accounts[plan.number]
                let template = try #require(try transaction.templates(named: plan.template, account: account).first)
                let campaign = try transaction.createCampaign(
                    CampaignDraft(
                        name: plan.template,
                        number: blueprint.numbers[plan.number],
                        template: template,
                        list: list,
                        parameters: ["1": "{{name}}"],
                        rate: plan.rate,
                        dailyCap: plan.dailyCap,
                        missed: .send,
                        startAt: plan.startsIn.map { start.advanced(by: $0) },
                        expiresAt: plan.expiresIn.map { start.advanced(by: $0) }
                    )
                )
                if plan.startsIn == nil { try transaction.beginFreezing(campaign, from: .draft, because: .asked) }
                return campaign
            }
        }
        for (campaign, plan) in zip(campaigns, scenario.campaigns) {
            (ledger.rates[campaign], ledger.caps[campaign]) = (plan.rate, plan.dailyCap)
        }
    }

    /// Commits a change and lets the ledger see what it did, before anything else happens.
    func write<Value: Sendable>(
        _ work: WorkClass,
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        let last = ledger.lastEvent
        let (value, events, rang) = try await store.write(work) { transaction in
            let value = try body(transaction)
            return (value, try transaction.events(after: last, limit: 10_000), transaction.rings.contains(1))
        }
        isRinging = isRinging || rang
        try see(events)
        return value
    }

    /// Lets the ledger see what was committed by others than `write`.
    func catchUp() async throws {
        try await write(.control) { _ in }
        isRinging = true
    }
}
