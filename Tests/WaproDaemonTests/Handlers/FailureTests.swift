import Testing
import WaproCore
import WaproRPC

@testable import WaproStore

/// What a report says of failures.
@Suite struct FailureTests {
    @Test func `what failed without a code of Meta's is not given a cause that it does not have`() async throws {
        let desk = try await Desk(people: 4)
        let claims = try await desk.claim(try await desk.run("spring"))
        try await desk.store.write(.sending) { transaction in
            try transaction.end(claims[0], as: .inDoubt, because: .answerUnknown)
            try transaction.end(claims[1], as: .failed, because: .retryTooLate)
            try transaction.end(claims[2], as: .failed, because: .parameterMissing)
            try transaction.end(claims[3], as: .failed, because: .metaRefused, code: 131_026)
        }
        _ = try await desk(CampaignResolve(campaign: "spring", verdict: .notSent, early: true))
        let failures = try await desk(CampaignReport(campaign: "spring")).failures
        let other = try #require(failures.first { $0.code == nil })
        #expect(other.count == 3 && !other.reason.contains("parameter"))
        #expect(other.nextStep.contains("campaign.recipients"))
        #expect(failures.contains { $0.code == 131_026 && $0.count == 1 && !$0.reason.isEmpty })
        let reasons = try await desk(CampaignRecipients(campaign: "spring", state: .failed)).items.compactMap(\.reason)
        #expect(reasons.count == 4 && Set(reasons).count == 4, "each says why")
    }

    @Test func `whoever a person decided about needs no correction`() async throws {
        let desk = try await Desk(people: 1)
        let claims = try await desk.claim(try await desk.run("spring"))
        try await desk.store.write(.sending) { try $0.end(claims[0], as: .inDoubt, because: .answerUnknown) }
        _ = try await desk(CampaignResolve(campaign: "spring", verdict: .notSent, early: true))
        let why = try await desk(CampaignWhy(campaign: "spring", recipient: "+4915112340000"))
        #expect(why.answer.contains("a person decided") && !why.nextStep.contains("Correct"))
    }
}
