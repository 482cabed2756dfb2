import Testing
import WaproCore
import WaproRPC

@testable import WaproStore

/// What is said about when a campaign will be through. The number offers grants 18 messages a second: 20 less the reserve.
@Suite struct OutlookTests {
    private func seconds(until end: Timestamp?) throws -> Double {
        Desk.start.duration(to: try #require(end)) / .seconds(1)
    }

    @Test func `a campaign that sends ends as its rate allows, and one that shares the number later`() async throws {
        let desk = try await Desk(people: 180)
        _ = try await desk.run("spring")
        #expect(try await seconds(until: desk(CampaignForecast(campaign: "spring")).endAt) == 10)
        _ = try await desk.run("summer")
        _ = try await desk.run("rooms", from: "bookings")
        let shared = try await desk(CampaignForecast(campaign: "spring"))
        #expect(shared.rate == 9)
        #expect(try seconds(until: shared.endAt) == 20)
        #expect(try await seconds(until: desk(CampaignReport(campaign: "spring")).etaAt) == 20)
        _ = try await desk(CampaignAdjust(campaign: "summer", rate: 3))
        #expect(try await desk(CampaignForecast(campaign: "spring")).rate == 15)
        _ = try await desk(CampaignPause(campaign: "summer"))
        #expect(try await desk(CampaignForecast(campaign: "spring")).rate == 18)
    }

    @Test func `campaigns of one portfolio share its limit of people, whatever their number`() async throws {
        let desk = try await Desk(people: 180)
        _ = try await desk.store.write(.control) { try $0.db.run("UPDATE number SET messaging_limit = 'TIER_250', refreshed_at = 1") }
        _ = try await desk.run("spring")
        let alone = try await desk(CampaignForecast(campaign: "spring"))
        #expect(alone.days.map(\.messages) == [180])
        _ = try await desk.run("rooms", from: "bookings")
        let shared = try await desk(CampaignForecast(campaign: "spring"))
        #expect(shared.days.map(\.messages) == [125, 55] && shared.limit.known == .messagingLimit)
        #expect(shared.messagingLimit == 250)
    }

    @Test func `a scheduled campaign is forecast from its start`() async throws {
        let desk = try await Desk(people: 180)
        _ = try await desk.draft("spring", startAt: Desk.start.advanced(by: .seconds(3600)))
        let forecast = try await desk(CampaignForecast(campaign: "spring"))
        #expect(try seconds(until: forecast.endAt) == 3610)
        #expect(forecast.words.hasPrefix("Beginning at 2026-11-23T09:00:00"))
        _ = try await desk.draft("summer")
        #expect(try await desk(CampaignForecast(campaign: "summer")).words.hasPrefix("If it starts now: Through about"))
    }

    @Test func `what was put off by a day does not leave today`() async throws {
        let desk = try await Desk(people: 180)
        let campaign = try await desk.run("spring")
        let due = Desk.start.advanced(by: .seconds(86_400 + 7200))
        _ = try await desk.store.write(.control) { transaction in
            try transaction.db.run(
                "UPDATE message SET due_at = ?2 WHERE id IN (SELECT id FROM message WHERE campaign = ?1 ORDER BY id LIMIT 90)",
                [campaign.rawValue, due.milliseconds]
            )
        }
        let forecast = try await desk(CampaignForecast(campaign: "spring"))
        #expect(forecast.days.map(\.messages) == [90, 90])
        #expect(try #require(forecast.endAt) >= due)
        #expect(try #require(try await desk(CampaignReport(campaign: "spring")).etaAt) >= due)
    }

    @Test(arguments: ["paused", "held", "order", "halted"])
    func `a campaign that does not send has no end, and the words say why`(cause: String) async throws {
        let desk = try await Desk()
        let campaign = try await desk.run("spring")
        switch cause {
        case "paused": _ = try await desk(CampaignPause(campaign: "spring"))
        case "held":
            try await desk.store.write(.control) { transaction in
                try transaction.move(campaign, from: .running, to: .held, because: .metaHalted, code: 132_001)
            }
        case "order": _ = try await desk(SystemHold(account: "goods", reason: "wrong price"))
        default: try await desk.halt(.account, of: "offers", code: 131_042)
        }
        let said = ["paused": "paused", "held": "132001", "order": "wrong price", "halted": "131042"]
        let forecast = try await desk(CampaignForecast(campaign: "spring"))
        #expect(forecast.endAt == nil && forecast.days == [] && forecast.left == 10)
        #expect(forecast.words.contains(try #require(said[cause])) && !forecast.words.contains("Through about"))
        let report = try await desk(CampaignReport(campaign: "spring"))
        #expect(report.etaAt == nil && report.rateNow == 0)
        let why = try await desk(CampaignWhy(campaign: "spring", recipient: "+4915112340000"))
        #expect(why.answer.contains(try #require(said[cause])))
    }

    @Test func `whoever is not frozen yet is still to be sent to`() async throws {
        let desk = try await Desk(people: 180)
        _ = try await desk.run("spring", written: 30)
        #expect(try await desk(CampaignForecast(campaign: "spring")).left == 180)
    }
}
