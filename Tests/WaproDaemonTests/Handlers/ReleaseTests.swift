import Testing
import WaproCore
import WaproRPC

@testable import WaproStore

/// What a release says that it sends.
@Suite struct ReleaseTests {
    @Test func `a campaign whose audience is still written is marked: more leave than are counted`() async throws {
        let desk = try await Desk(people: 10)
        _ = try await desk.run("half", written: 4)
        _ = try await desk.run("whole", from: "bookings")
        _ = try await desk(SystemHold())
        let will = try await desk(SystemRelease(dryRun: true)).campaigns
        #expect(
            will == [WillSend(campaign: "half", waiting: 4, complete: false), WillSend(campaign: "whole", waiting: 10, complete: true)]
        )
    }

    @Test func `a number that Meta stopped counts only when the release frees it`() async throws {
        let desk = try await Desk()
        _ = try await desk.run("goods")
        _ = try await desk.run("rooms", from: "bookings")
        try await desk.halt(.account, of: "offers", code: 190)
        _ = try await desk(SystemHold(account: "rooms"))
        let rooms = try await desk(SystemRelease(account: "rooms", dryRun: true))
        #expect(rooms.campaigns.map(\.campaign) == ["rooms"] && rooms.halts == [])
        let goods = try await desk(SystemRelease(account: "goods", dryRun: true))
        #expect(goods.campaigns.map(\.campaign) == ["goods"] && goods.halts.map(\.number) == ["offers", "support"])
    }

    @Test func `what something else holds or what was never stopped is not counted`() async throws {
        let desk = try await Desk()
        _ = try await desk.run("goods")
        _ = try await desk.run("rooms", from: "bookings")
        try await desk.halt(.number, of: "offers", code: 131048)
        let free = try await desk(SystemRelease(dryRun: true))
        #expect(free.campaigns.map(\.campaign) == ["goods"], "rooms sends anyway")
        _ = try await desk(SystemHold(account: "goods"))
        let held = try await desk(SystemRelease(number: "offers", dryRun: true))
        #expect(held.campaigns == [] && held.halts.map(\.number) == ["offers"])
    }
}
