import Testing

@testable import WaproCloud

@Suite struct AnswerTests {
    static let wanted: [String: CodeTests.Wanted] = [
        "error_100_33_unknown_object": .number, "error_100_appsecret_proof": .account, "error_100_invalid_parameter": .never,
        "error_100_missing_messaging_product": .never, "error_130429_throughput": .later, "error_131008_missing": .never,
        "error_131009_invalid_value": .never, "error_131016_unavailable": .later, "error_131030_not_in_allowed_list": .never,
        "error_131031_locked": .account, "error_131048_spam_rate": .number, "error_131056_pair_rate": .later,
        "error_131057_maintenance": .later,
        "error_131062_bsuid_auth_template": .never, "error_131063_marketing_disabled": .campaign, "error_132000_param_count": .campaign,
        "error_132001_no_template": .campaign, "error_132012_format": .campaign, "error_132015_paused": .campaign,
        "error_132016_disabled": .campaign, "error_132018_param_text": .never, "error_133010_not_registered": .number,
        "error_134101_mm_syncing": .later, "error_190_expired": .account, "error_190_invalid": .account, "error_200_permission": .account,
        "error_4_app_rate_limit": .later, "error_80007_waba_rate_limit": .later,
    ]

    @Test func `each of Meta's sample refusals leads to its outcome`() {
        #expect(Set(Self.wanted.keys) == Set(ErrorFixtures.all.map(\.name)))
        for fixture in ErrorFixtures.all {
            #expect(CodeTests.kind(Outcome(of: ErrorFixtures.answer(fixture.name))) == Self.wanted[fixture.name], "\(fixture.name)")
        }
    }

    func response(_ status: Int, _ body: String, retryAfter: Duration? = nil) -> Outcome {
        Outcome(of: .response(HTTPResponse(status: status, body: Array(body.utf8), retryAfter: retryAfter)))
    }

    @Test func `a receipt is read whole`() {
        let body =
            #"{"messaging_product":"whatsapp","contacts":[{"input":"+44","wa_id":"447700900456","user_id":"GB.1"}],"messages":[{"id":"wamid.X","message_status":"held_for_quality_assessment"}]}"#
        let acceptance = Acceptance(wamid: "wamid.X", waID: "447700900456", userID: "GB.1", messageStatus: "held_for_quality_assessment")
        #expect(response(200, body) == .accepted(acceptance))
        #expect(response(200, #"{"messages":[{"id":"wamid.X"}]}"#) == .accepted(Acceptance(wamid: "wamid.X")))
    }

    @Test(arguments: [
        "", "{}", "<html>", #"{"messages":[]}"#, #"{"messages":[{"id":""}]}"#, #"{"messages":[{"id":5}]}"#,
        #"{"messages":[{"id":"wamid.X"}"#,
        #"{"success":true}"#,
    ])
    func `a success without a message id is unknown`(_ body: String) {
        #expect(CodeTests.kind(response(200, body)) == .unknown)
    }

    @Test(arguments: [500, 502, 503, 504, 408, 101])
    func `a server error without Meta's envelope is unknown`(_ status: Int) {
        #expect(CodeTests.kind(response(status, "<html>bad gateway</html>")) == .unknown)
        #expect(CodeTests.kind(response(status, #"{"error":"down"}"#)) == .unknown)
    }

    @Test(arguments: [301, 302, 400, 401, 403, 404, 407])
    func `a refusal that is not Meta's stops the account and fails nobody`(_ status: Int) {
        #expect(CodeTests.kind(response(status, "<html>forbidden</html>")) == .account)
    }

    @Test func `waits are as long as Meta asks`() {
        #expect(CodeTests.kind(response(429, "")) == .later)
        guard case .later(let plain?, _) = response(429, "", retryAfter: .seconds(17)),
            case .later(let business?, let refusal) = Outcome(of: ErrorFixtures.answer("error_80007_waba_rate_limit"))
        else {
            Issue.record("must be later")
            return
        }
        #expect(plain == .seconds(17))
        #expect(business == .seconds(15 * 60))
        #expect(refusal.throughput)
    }

    @Test func `a request that did not leave is tried again, one that may have arrived is not`() {
        for kind in HTTPFailure.Kind.allCases {
            #expect(CodeTests.kind(Outcome(of: .notSent(HTTPFailure(kind)))) == .later)
            #expect(CodeTests.kind(Outcome(of: .unknown(HTTPFailure(kind)))) == .unknown)
        }
    }

    @Test func `no outcome repeats what Meta said about a person`() {
        let body = #"{"error":{"message":"(#131009) +447700900456 canary","code":131009,"error_data":{"details":"canary"}}}"#
        #expect(!"\(response(400, body))".contains("canary"))
    }
}
