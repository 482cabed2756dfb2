import WaproCore
import Testing

@testable import WaproCloud

/// The table of Meta's documented codes, copied from its documentation as test data: what each must lead to.
@Suite struct CodeTests {
    enum Wanted { case later, never, campaign, number, account, unknown }

    static let wanted: [(Wanted, [Int])] = [
        (.account, [0, 3, 10, 102, 104, 190, 200, 210, 299, 368, 2500, 131005, 131031, 131042, 131044, 131064, 141002, 141006, 141010]),
        (.number, [33, 471, 803, 131037, 131045, 131048, 133000, 133006, 133010, 133015]),
        (
            .campaign,
            [
                131063, 132000, 132001, 132007, 132008, 132012, 132015, 132016, 132068, 132069, 134100, 134102, 134103, 139000, 139001,
                139002,
                139003, 139004, 139200,
            ]
        ),
        (
            .later,
            [
                1, 2, 4, 17, 32, 341, 500, 613, 1000, 80007, 80008, 130429, 130470, 131000, 131016, 131027, 131049, 131056, 131057, 131208,
                133004,
                134101, 2_494_100,
            ]
        ),
        (
            .never,
            [
                100, 470, 472, 480, 501, 506, 1026, 2200, 130403, 130472, 130497, 131002, 131008, 131009, 131014, 131020, 131021, 131026,
                131030,
                131041,
                131047, 131050, 131051, 131052, 131053, 131055, 131059, 131062, 131202, 131203, 131204, 131205, 131206, 131207, 131209,
                131210,
                131211, 131212, 131213, 131214, 131215, 132005, 132018, 132021, 133005, 133008, 133009, 133016, 134011, 135000, 136025,
                137000,
                138000, 138001, 138002, 138003, 138004, 138005, 138006, 138007, 138009, 138012, 138013, 138014, 138015, 138017, 138018,
                138019,
                138020, 138021, 138022, 138023, 138024, 139100, 139101, 139102, 139103, 147001, 147002, 147003, 147004, 147005, 200_005,
                200_006,
                200_007, 1_752_041, 2_388_001, 2_388_012, 2_388_091, 2_388_093, 2_388_103, 2_494_164, 2_494_179, 2_593_079, 2_593_085,
                2_593_107,
                2_593_108, 2_593_109,
            ]
        ),
        (.unknown, [131201]),
    ]

    static func kind(_ outcome: Outcome) -> Wanted? {
        switch outcome {
        case .accepted: nil
        case .later: .later
        case .never: .never
        case .halt(.campaign, _): .campaign
        case .halt(.number, _): .number
        case .halt(.account, _): .account
        case .unknown: .unknown
        }
    }

    static func answer(_ code: Int, subcode: Int? = nil, status: Int = 400, extra: String = "") -> Outcome {
        let sub = subcode.map { #","error_subcode":\#($0)"# } ?? ""
        let body = #"{"error":{"message":"(#\#(code)) x","type":"OAuthException","code":\#(code)\#(sub)\#(extra)}}"#
        return Outcome(of: .response(HTTPResponse(status: status, body: Array(body.utf8))))
    }

    @Test func `every documented code leads to what its documentation says, whatever the HTTP status`() {
        for (wanted, codes) in Self.wanted {
            for code in codes {
                for status in [200, 400, 403, 429, 500, 503] {
                    #expect(Self.kind(Self.answer(code, status: status)) == wanted, "code \(code), HTTP \(status)")
                }
            }
        }
    }

    @Test func `what stopped a number or an account is let go by release, a restart or a new token, what stopped a campaign by resume`() {
        for row in MetaCode.table + [MetaCode.appSecretProof, MetaCode.unknownObject] + MetaCode.tokenSubcodes.values {
            switch row.verdict {
            case .halt(.number), .halt(.account):
                let words = ["waproctl release", "restart waprod", "waproctl account token"]
                #expect(words.contains { row.next.contains($0) }, "\(row.codes)")
            case .halt(.campaign): #expect(!row.next.contains("release") && !row.next.contains("restart"), "\(row.codes)")
            case .later, .never, .unknown: break
            }
        }
    }

    @Test func `the table has nothing that is not in the list above, and no code twice`() {
        let listed = Set(Self.wanted.flatMap(\.1))
        for row in MetaCode.table {
            #expect(row.codes.contains { listed.contains($0) }, "\(row.codes)")
            #expect(!row.words.isEmpty && !row.next.isEmpty && row.slug == row.slug.lowercased())
            let overlapping = MetaCode.table.filter { $0.codes.overlaps(row.codes) }
            #expect(overlapping.count == 1, "\(row.codes)")
        }
    }

    @Test func `the subcode decides beside 100 and 190, and nowhere else`() {
        #expect(Self.kind(Self.answer(100, subcode: 33)) == .number)
        #expect(Self.kind(Self.answer(100, subcode: 2_388_024)) == .never)
        guard case .never(let creation) = Self.answer(100, subcode: 2_388_024), case .never(let plain) = Self.answer(100, subcode: 1),
            case .halt(.account, let expired) = Self.answer(190, subcode: 463),
            case .later(_, let throughput) = Self.answer(130429, subcode: 33)
        else {
            Issue.record("wrong outcomes")
            return
        }
        #expect(creation.slug == "template_creation")
        #expect(plain.slug == "invalid_parameter")
        #expect(expired.slug == "token_expired")
        #expect(throughput.slug == "throughput")
    }

    @Test func `flags say what a limit covers`() {
        func flags(_ code: Int) -> Refusal.Flags? {
            switch Self.answer(code) {
            case .later(_, let refusal), .never(let refusal), .halt(_, let refusal): refusal.flags
            case .accepted, .unknown: nil
            }
        }
        #expect(flags(131050) == .optOut)
        #expect(flags(131056) == [.pairLimited, .asyncRetryable])
        #expect(flags(130429) == [.throughput, .asyncRetryable])
        #expect(flags(131049) == [.deferDay, .asyncRetryable])
        let retryable = MetaCode.table.filter { $0.flags.contains(.asyncRetryable) }.map(\.codes.lowerBound)
        #expect(Set(retryable) == [131049, 130429, 131056])
    }

    @Test func `after a failed status only three codes are worth a new attempt`() {
        for (_, codes) in Self.wanted {
            for code in codes {
                switch Outcome.of(webhookError: WebhookError(code: code)) {
                case .later: #expect([131049, 130429, 131056].contains(code))
                case .never, .halt: break
                case .accepted, .unknown: Issue.record("code \(code)")
                }
            }
        }
        #expect(Self.kind(Outcome.of(webhookError: WebhookError(code: 132015))) == .campaign)
        #expect(Self.kind(Outcome.of(webhookError: WebhookError(code: 999_999))) == .never)
        guard case .later(let after?, _) = Outcome.of(webhookError: WebhookError(code: 131049)) else {
            Issue.record("must be later")
            return
        }
        #expect(after >= .seconds(86_400))
    }

    @Test func `a code that nobody knows is final with 4xx and passing with 5xx or when Meta says so`() {
        #expect(Self.kind(Self.answer(999_999, status: 400)) == .never)
        #expect(Self.kind(Self.answer(999_999, status: 500)) == .later)
        #expect(Self.kind(Self.answer(999_999, status: 429)) == .later)
        #expect(Self.kind(Self.answer(999_999, status: 400, extra: #","is_transient":true"#)) == .later)
    }
}
