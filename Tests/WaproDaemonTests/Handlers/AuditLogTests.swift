import Testing
import WaproCore
import WaproRPC

@testable import WaproDaemon
@testable import WaproStore

/// What the audit log says of calls.
@Suite(.timeLimit(.minutes(5))) struct AuditLogTests {
    private func lines(_ desk: Desk) async throws -> [String] {
        // Refusals are written behind the answer.
        _ = try await desk.store.write(.control) { _ in }
        return try await desk(AuditList(limit: 1000), as: .admin).items.reversed().map { line in
            "\(line.seq) \(line.role ?? "none") \(line.method) \(line.subject ?? "-") \(line.outcome)"
                + (line.uncounted > 0 ? " +\(line.uncounted)" : "")
        }
    }

    private func refused<M: WaproRPC.Method>(_ desk: Desk, _ method: M, as role: Role? = .operator) async {
        await #expect(throws: Fault.self) { _ = try await desk(method, as: role) }
    }

    @Test func `what was done and what was refused is there, in order, and a repeated call only once`() async throws {
        let desk = try await Desk()
        _ = try await desk(SystemHold(number: "offers", reason: "wrong price", idempotencyKey: "k"))
        _ = try await desk(SystemHold(number: "offers", reason: "wrong price", idempotencyKey: "k"))
        await refused(desk, SystemHold(number: "offers"))
        await refused(desk, CampaignStart(campaign: "spring"), as: .viewer)
        await refused(desk, SystemStatus(), as: nil)
        await refused(desk, CampaignReport(campaign: "none"))
        #expect(
            try await lines(desk) == [
                "1 operator system.hold offers done", "2 operator system.hold offers conflict", "3 viewer campaign.start spring forbidden",
                "4 none system.status - forbidden",
            ]
        )
        let proof = try await desk(AuditVerify(), as: .admin)
        #expect(proof.intact && proof.entries == 4)
        #expect(try await desk(AuditVerify(hash: proof.hash), as: .admin).intact)
        await refused(desk, AuditVerify(hash: String(repeating: "0", count: 64)), as: .admin)
        await refused(desk, AuditList())
    }

    @Test func `a viewer sees neither why something is held nor a number, not even our own`() async throws {
        let desk = try await Desk()
        _ = try await desk.run("spring")
        _ = try await desk(SystemHold(reason: "Eva, +4915112345678, said stop it"))
        for (role, isTold) in [(Role.agent, true), (.viewer, false)] {
            let forecast = try await desk(CampaignForecast(campaign: "spring"), as: role).words
            let report = try await desk(CampaignReport(campaign: "spring"), as: role).stoppedBecause ?? ""
            for words in [forecast, report] {
                #expect(words.contains("othing leaves") && words.contains("said stop it") == isTold, "\(words)")
            }
        }
        let (seen, hidden) = (try await desk(SystemStatus(), as: .agent), try await desk(SystemStatus(), as: .viewer))
        #expect(seen.problems.contains { $0.contains("said stop it") } && seen.numbers.allSatisfy { !$0.display.isEmpty })
        #expect(seen.problems.count == hidden.problems.count && hidden.problems.allSatisfy { !$0.contains("stop it") })
        #expect(hidden.numbers.count == seen.numbers.count && hidden.numbers.allSatisfy { $0.display.isEmpty })
        #expect(try await desk(NumberList(), as: .viewer).items.allSatisfy { $0.displayNumber.isEmpty })
    }

    @Test(
        arguments: [
            ("spring", "spring"), ("a\u{0}b\u{1B}", "a?b?"), ("+49 151", nil), ("0151 1234567", nil),
            ("sale 2026-11-27", "sale 2026-11-27"),
            (String(repeating: "e\u{301}", count: 300), String(repeating: "e\u{301}", count: 50)),
        ] as [(String, String?)]
    )
    func `a subject is short, harmless, and nobody's number`(text: String, subject: String?) {
        #expect(AuditNote.subject(text) == subject)
    }

    @Test func `no text that a caller sends breaks the chain`() async throws {
        let desk = try await Desk()
        await refused(desk, CampaignStart(campaign: "x\u{0}y"), as: .viewer)
        await refused(desk, SystemHold(reason: "a\u{0}b"))
        _ = try await desk(SystemHold(reason: "a b"))
        _ = try await desk(SystemRelease(dryRun: true))
        #expect(try await lines(desk).suffix(2) == ["3 operator system.hold - done", "4 operator system.release - dry_run"])
        #expect(try await desk(AuditVerify(), as: .admin).intact)
    }

    @Test func `somebody who is refused all the time fills nothing, and is counted`() async throws {
        let desk = try await Desk()
        for _ in 0..<100 { await refused(desk, SystemStatus(), as: nil) }
        desk.clock.step(by: .seconds(60))
        await refused(desk, SystemStatus(), as: nil)
        let lines = try await lines(desk)
        #expect(lines.count == 11 && lines.last == "11 none system.status - forbidden +90")
    }

    @Test func `what was only counted is written when its minute is over, and nothing twice`() async throws {
        let desk = try await Desk()
        for _ in 0..<100 { await refused(desk, SystemStatus(), as: nil) }
        desk.settleRefusals()
        #expect(try await lines(desk).count == 10)
        desk.clock.step(by: .seconds(60))
        for _ in 0..<2 { desk.settleRefusals() }
        let lines = try await lines(desk)
        #expect(lines.count == 11 && lines.last == "11 none system.status - forbidden +89")
        #expect(try await desk(AuditVerify(), as: .admin).intact)
    }
}
