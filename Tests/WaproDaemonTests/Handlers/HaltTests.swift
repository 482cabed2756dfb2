import Testing
import WaproCloud
import WaproCore
import WaproRPC

@testable import WaproStore

/// What Meta stopped goes on by what people are told to do.
@Suite struct HaltTests {
    @Test func `a running campaign whose account Meta stopped is resumed, with every number of the account`() async throws {
        let desk = try await Desk()
        let campaign = try await desk.run("spring")
        try await desk.halt(.account, of: "support", code: 190)
        try await desk.halt(.number, of: "bookings", code: 131031)
        #expect(try await desk.claim(campaign).isEmpty)
        let resumed = try await desk(CampaignResume(campaign: "spring"))
        #expect(resumed.state.known == .running)
        #expect(try await desk.halted() == ["bookings"])
        #expect(try await desk.claim(campaign).count == 10)
        await #expect(throws: Fault.self) { try await desk(CampaignResume(campaign: "spring")) }
    }

    @Test func `a paused campaign that is resumed frees its whole account too`() async throws {
        let desk = try await Desk()
        _ = try await desk.run("spring")
        try await desk.halt(.account, of: "offers", code: 131042)
        _ = try await desk(CampaignPause(campaign: "spring"))
        _ = try await desk(CampaignResume(campaign: "spring"))
        #expect(try await desk.halted() == [])
    }

    @Test func `a campaign that is held by a person is not resumed, and says what helps`() async throws {
        let desk = try await Desk()
        _ = try await desk.run("spring")
        _ = try await desk(SystemHold())
        let fault = await #expect(throws: Fault.self) { try await desk(CampaignResume(campaign: "spring")) }
        #expect(fault?.kind == .campaignState && fault?.hint?.contains("system.release") == true)
    }

    @Test func `release frees a number of conversations alone, and a dry run only says so`() async throws {
        let desk = try await Desk()
        try await desk.halt(.account, of: "support", code: 368)
        let dry = try await desk(SystemRelease(number: "support", dryRun: true))
        #expect(!dry.released && dry.halts.map(\.number) == ["support"])
        #expect(dry.halts[0].because.contains("368"))
        #expect(try await desk.halted() == ["offers", "support"])
        let done = try await desk(SystemRelease(number: "support"))
        #expect(done.released && done.halts.map(\.number) == ["support"])
        #expect(try await desk.halted() == ["offers"])
        let again = await #expect(throws: Fault.self) { try await desk(SystemRelease(number: "support")) }
        #expect(again?.kind == .conflict && again?.hint?.contains("number offers") == true)
    }

    @Test func `release frees an account, and without a name everything`() async throws {
        let desk = try await Desk()
        for named in [true, false] {
            try await desk.halt(.account, of: "offers", code: 131031)
            try await desk.halt(.account, of: "bookings", code: 131031)
            _ = try await desk(named ? SystemRelease(account: "goods") : SystemRelease())
            #expect(try await desk.halted() == (named ? ["bookings"] : []))
        }
    }

    @Test func `the status says what to do, and doing it makes the daemon ready`() async throws {
        let desk = try await Desk()
        try await desk.halt(.account, of: "offers", code: 131042)
        let problems = try await desk(SystemStatus()).problems
        #expect(problems.count == 1, "one cause, one sentence")
        #expect(problems.first?.contains("waproctl release --account goods") == true)
        _ = try await desk(SystemRelease(account: "goods"))
        #expect(try await desk(SystemStatus()).state.known == .ready)
        try await desk.halt(.number, of: "offers", code: 131048)
        #expect(try await desk(SystemStatus()).problems.first?.contains("waproctl release --number offers") == true)
    }

    @Test func `the status says of a number that nobody has any more what waits and what helps`() async throws {
        let desk = try await Desk()
        try await desk.halt(.number, of: "offers", code: Refusal.notInUse)
        #expect(try await desk(SystemStatus()).problems.isEmpty, "nothing waits")
        try await desk.run("spring")
        let problems = try await desk(SystemStatus()).problems
        #expect(problems.count == 1 && problems[0].contains("offers") && problems[0].contains("waprod.yaml"))
        #expect(problems.first?.contains("account token") == false)
        try await desk.halt(.number, of: "support", code: Refusal.noToken)
        #expect(try await desk(SystemStatus()).problems.count == 2, "the account has credentials, and says nothing itself")
    }

    @Test func `whoever asks why is told what lets the number go on`() async throws {
        let desk = try await Desk()
        _ = try await desk.run("spring")
        try await desk.halt(.account, of: "offers", code: 190)
        let why = try await desk(CampaignWhy(campaign: "spring", recipient: "+4915112340003"))
        #expect(why.answer.contains("190") && why.nextStep.contains("waproctl release --number offers"))
        let report = try await desk(CampaignReport(campaign: "spring"))
        #expect(report.stoppedBecause?.contains("waproctl release --number offers") == true)
        #expect(report.etaAt == nil && report.rateNow == 0)
    }
}
