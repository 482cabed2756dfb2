import Testing
import WaproCloud
import WaproCore

@testable import WaproSending
@testable import WaproStore

@Suite struct EndingTests {
    private let now = Timestamp(milliseconds: 1_000_000)

    private func ending(
        _ handover: Handover,
        ordinal: Int = 1,
        campaign: CampaignID? = MachineBench.first,
        triedCode: Int? = nil,
        notAfter: Timestamp? = nil,
        entropy: Double = 0
    ) -> Ending {
        Ending(
            handover,
            of: .sample(campaign: campaign, ordinal: ordinal, triedCode: triedCode ?? handover.code, notAfter: notAfter),
            at: now,
            backoff: Backoff(),
            entropy: entropy
        )
    }

    private func again(in wait: Duration, _ because: Reason, code: Int?, detail: String? = nil) -> Ending {
        .again(at: now.advanced(by: wait), because: because, code: code, detail: detail)
    }

    @Test func `an accepted message keeps its wamid, and what Meta calls the person`() {
        #expect(ending(.answered(.accepted(Acceptance(wamid: "wamid.A", waID: "5511999")))) == .accepted(wamid: "wamid.A", waID: 5_511_999))
        #expect(ending(.answered(.accepted(Acceptance(wamid: "wamid.A", waID: "nobody")))) == .accepted(wamid: "wamid.A", waID: nil))
        #expect(ending(.answered(.accepted(Acceptance(wamid: "wamid.A")))) == .accepted(wamid: "wamid.A", waID: nil))
    }

    @Test func `what Meta asks to wait is waited`() {
        let handover = Handover.answered(.later(after: .seconds(30), .sample(code: 131016)))
        #expect(ending(handover) == again(in: .seconds(30), .metaAskedToWait, code: 131016))
        #expect(ending(handover, ordinal: 2) == again(in: .seconds(60), .metaAskedToWait, code: 131016))
        #expect(ending(handover, entropy: 0.5) == again(in: .seconds(45), .metaAskedToWait, code: 131016))
    }

    @Test func `what Meta holds back for a day is deferred by a day at least, spread, and only within its deadline`() {
        let handover = Handover.answered(.later(after: .seconds(86_400), .sample(code: 131049, flags: .deferDay)))
        #expect(ending(handover) == again(in: .seconds(86_400), .metaHeldBack, code: 131049))
        #expect(ending(handover, entropy: 0.5) == again(in: .seconds(86_400 + 3 * 3600), .metaHeldBack, code: 131049))
        let deadline = now.advanced(by: .seconds(2 * 86_400))
        #expect(ending(handover, notAfter: deadline) == again(in: .seconds(86_400), .metaHeldBack, code: 131049))
        #expect(
            ending(handover, ordinal: 2, notAfter: deadline) == .failed(because: .retryTooLate, code: 131049, isOptOut: false),
            "the second time it waits twice as long"
        )
    }

    @Test func `too many to one person makes that person wait, whatever else is for them`() {
        let handover = Handover.answered(.later(after: .seconds(4), .sample(code: 131056, flags: .pairLimited)))
        #expect(
            ending(handover)
                == .again(at: now.advanced(by: .seconds(4)), because: .metaAskedToWait, code: 131056, isPair: true)
        )
    }

    @Test(arguments: [(1, 0.0, 0), (1, 0.5, 500), (2, 0.5, 1000), (4, 0.5, 4000), (9, 0.5, 128_000), (30, 0.5, 150_000)])
    func `what did not reach Meta backs off, doubling, with jitter`(ordinal: Int, entropy: Double, milliseconds: Int) {
        let result = ending(.answered(.later(after: nil, .sample(code: nil))), ordinal: ordinal, entropy: entropy)
        #expect(result == again(in: .milliseconds(milliseconds), .certainlyNotSent, code: nil, detail: "a refusal"))
    }

    @Test func `a refusal is tried again only as often as it is worth`() {
        let handover = Handover.answered(.later(after: .seconds(5), .sample(code: 131000, tries: 3)))
        #expect(ending(handover, ordinal: 2) == again(in: .seconds(10), .metaAskedToWait, code: 131000))
        #expect(ending(handover, ordinal: 3) == .failed(because: .metaRefused, code: 131000, isOptOut: false))
        let endless = Handover.answered(.later(after: .seconds(5), .sample(code: 131016)))
        #expect(ending(endless, ordinal: 500) == again(in: .seconds(300), .metaAskedToWait, code: 131016))
    }

    @Test func `another refusal begins to count anew, and what could not be reached counts as none`() {
        let handover = Handover.answered(.later(after: .seconds(5), .sample(code: 131000, tries: 3)))
        #expect(ending(handover, ordinal: 3, triedCode: 130429) == again(in: .seconds(5), .metaAskedToWait, code: 131000))
        let unreached = ending(.answered(.later(after: nil, .sample(code: nil, tries: 3))), ordinal: 50, entropy: 0.5)
        #expect(unreached == again(in: .seconds(150), .certainlyNotSent, code: nil, detail: "a refusal"))
    }

    @Test func `who is not Meta halts as well, and is called so`() {
        #expect(ending(.answered(.halt(.account, .sample(code: nil)))) == .halted(.account, code: Refusal.notMeta, because: .notMeta))
    }

    @Test func `a refusal for good fails, and may be an opt-out`() {
        #expect(ending(.answered(.never(.sample(code: 131026)))) == .failed(because: .metaRefused, code: 131026, isOptOut: false))
        let stopped = Handover.answered(.never(.sample(code: 131050, flags: .optOut)))
        #expect(ending(stopped) == .failed(because: .metaRefused, code: 131050, isOptOut: true))
    }

    @Test(arguments: HaltScope.allCases) func `a halt keeps its scope`(scope: HaltScope) {
        #expect(ending(.answered(.halt(scope, .sample(code: 190)))) == .halted(scope, code: 190))
    }

    @Test func `for a message outside of a campaign, a halt of the campaign is its own failure`() {
        let result = ending(.answered(.halt(.campaign, .sample(code: 132001))), campaign: nil)
        #expect(result == .failed(because: .metaRefused, code: 132001, isOptOut: false))
    }

    @Test func `an unreadable answer is in doubt`() {
        #expect(ending(.answered(.unknown(Uncertainty(slug: "timed_out", words: "no answer")))) == .inDoubt(why: "no answer"))
    }

    @Test func `a hole that nothing fills fails with the reason; a number without a token stops`() {
        #expect(
            ending(.unfilled("{{1}} has no value"))
                == .failed(because: .parameterMissing, code: nil, isOptOut: false, detail: "{{1}} has no value")
        )
        #expect(ending(.tokenless(generation: 2)) == .halted(.number, code: Refusal.noToken, because: .tokenMissing, generation: 2))
        #expect(ending(.unrouted) == .halted(.number, code: Refusal.notInUse, because: .numberNotInUse))
    }

    @Test func `a refusal of the token remembers which token it was; one of the account does not`() {
        let refusal = Refusal(code: 190, slug: "token_invalid", words: "it expired", next: "make a new one", flags: .credentials)
        #expect(
            ending(Handover(.halt(.account, refusal), with: 3)) == .halted(.account, code: 190, generation: 3)
        )
        #expect(ending(Handover(.halt(.account, .sample(code: 131031)), with: 3)) == .halted(.account, code: 131031))
    }
}

extension Handover {
    /// Of a refusal: as if the same had come before.
    fileprivate var code: Int? {
        if case .answered(.later(_, let refusal)) = self { refusal.code } else { nil }
    }
}
