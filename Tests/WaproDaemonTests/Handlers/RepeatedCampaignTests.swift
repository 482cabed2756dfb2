import Testing
import WaproCore
import WaproRPC

@testable import WaproDaemon

/// Nobody gets the same campaign twice because somebody clicked twice, now or for later.
@Suite struct RepeatedCampaignTests {
    private let tonight = Desk.start.advanced(by: .seconds(43_200))

    private func kind(_ body: () async throws -> Void) async throws -> Fault.Kind? {
        do {
            try await body()
            return nil
        } catch let fault as Fault {
            return fault.kind
        }
    }

    @Test func `what is scheduled already is not scheduled or started again without a word`() async throws {
        let desk = try await Desk()
        try await desk.draft("first", startAt: tonight)
        #expect(try await kind { try await desk.draft("second", startAt: tonight) } == .repeatedCampaign)
        #expect(try await desk(CampaignList()).items.map(\.name) == ["first"])
        try await desk.draft("third")
        #expect(try await kind { _ = try await desk(CampaignStart(campaign: "third")) } == .repeatedCampaign)
        #expect(try await kind { _ = try await desk(CampaignStart(campaign: "third", at: tonight)) } == .repeatedCampaign)
        #expect(try await kind { _ = try await desk(CampaignStart(campaign: "third", at: tonight, again: true)) } == nil)
    }

    @Test func `a scheduled campaign is not in its own way, and a cancelled one in nobody's`() async throws {
        let desk = try await Desk()
        try await desk.draft("first", startAt: tonight)
        #expect(try await kind { _ = try await desk(CampaignStart(campaign: "first", at: tonight.advanced(by: .seconds(60)))) } == nil)
        _ = try await desk(CampaignCancel(campaign: "first"))
        #expect(try await kind { try await desk.draft("second", startAt: tonight) } == nil)
    }
}
