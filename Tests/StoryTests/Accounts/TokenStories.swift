import Foundation
import MetaSim
import Testing
import WaproCore
import WaproRPC

/// A token is replaced while messages are sent: nobody is missed, nobody gets it twice (promises P1 and P2).
@Suite(.serialized) struct TokenStories {
    private static let people = 300

    private func rotate(_ stage: Stage, key: String? = nil) async throws -> AccountToken.Reply {
        try await stage.call { try await $0(AccountToken(account: "goods", token: Secret(Canary.goodsToken), idempotencyKey: key)) }
    }

    private func finishes(_ stage: Stage) async throws {
        let report = try await stage.report("launch", when: ["finished"])
        #expect(report.counts.failed == 0 && report.counts.inDoubt == 0 && report.counts.sum == Int64(Self.people))
        try await stage.settle()
        let counts = try await stage.counts("launch")
        #expect(counts.delivered + counts.read == Int64(Self.people))
        #expect(stage.simulator.ledger.count == Self.people && stage.simulator.ledger.recipientCount == Self.people)
    }

    @Test func `the old token is taken back before the new one is given: the numbers stop, and go on with it`() async throws {
        try await Stage.play { stage in
            stage.issueToken()
            let daemon = try await stage.startDaemon(rate: 200)
            try await stage.prepareCampaign("launch", people: Self.people)
            try await stage.start("launch")
            try await stage.reaches(30)
            stage.simulator.revoke(StandardWorld.accessToken)
            try await eventually { try await stage.problems().contains { $0.contains("offers") && $0.contains("190") } }
            #expect(stage.simulator.ledger.count < Self.people)
            let done = try await rotate(stage)
            #expect(done.checked && done.resumed.sorted() == ["offers", "support"])
            try await finishes(stage)
            try await eventually { try await stage.problems().isEmpty }
            #expect(try await daemon.stop() == 0)
            #expect(try stage.leaks() == [])
        }
    }

    @Test func `what is on the wire with the old token is refused after the new one is given, and goes again with it`() async throws {
        try await Stage.play { stage in
            stage.issueToken()
            let daemon = try await stage.startDaemon(rate: 200)
            try await stage.prepareCampaign("launch", people: Self.people)
            let hold = stage.simulator.hold(.beforeAcceptance) { _ in stage.simulator.ledger.count >= 30 }
            try await stage.start("launch")
            await hold.reached(20)
            let (first, again) = (try await rotate(stage, key: "once"), try await rotate(stage, key: "once"))
            #expect(first.checked && first.resumed.isEmpty && again == first)
            await #expect {
                let other = AccountToken(account: "goods", token: Secret(Canary.nextToken), idempotencyKey: "once")
                try await stage.call { _ = try await $0(other) }
            } throws: { error in
                if case .fault(let fault)? = error as? CallFailure { fault.kind == .idempotencyConflict } else { false }
            }
            stage.simulator.revoke(StandardWorld.accessToken)
            hold.release()
            try await finishes(stage)
            #expect(try await stage.problems().isEmpty)
            #expect(try await stage.call { try await $0(NumberShow(number: "offers")).status } == "CONNECTED")
            #expect(try await daemon.stop() == 0)
            #expect(try stage.leaks() == [])
        }
    }

    @Test func `a token by command outlasts a restart, until waprod.yaml has a new one`() async throws {
        try await Stage.play { stage in
            stage.issueToken()
            let first = try await stage.startDaemon()
            _ = try await rotate(stage)
            stage.simulator.revoke(StandardWorld.accessToken)
            first.kill()

            let second = try await stage.startDaemon()
            #expect(try await stage.call { try await $0(AccountCheck(account: "goods")).findings[0].level.known } == .ok)
            #expect(stage.keptSecrets == ["account-\(StandardWorld.accountID).token"])
            #expect(try stage.mode("waprod.db.secrets/" + #require(stage.keptSecrets.first)) == 0o600)
            #expect(try await second.stop() == 0)

            // waprod.yaml has another one by now: that is newer.
            try Canary.nextToken.write(toFile: stage.folder + "/next", atomically: true, encoding: .utf8)
            chmod(stage.folder + "/next", 0o600)
            stage.simulator.issue(AccessToken(Canary.nextToken, app: StandardWorld.appID, accounts: [StandardWorld.accountID]))
            stage.simulator.revoke(Canary.goodsToken)
            let yaml = try stage.yaml(port: stage.port, rate: 100, extra: "")
            let daemon = try DaemonProcess(
                configuration: yaml.replacing("file: \(stage.folder)/token", with: "file: \(stage.folder)/next"),
                in: stage.folder
            )
            try await daemon.waitUntilReady(stage.socket)
            #expect(try await stage.call { try await $0(AccountCheck(account: "goods")).findings[0].level.known } == .ok)
            #expect(stage.keptSecrets.isEmpty && daemon.words.contains("waprod.yaml has another token"))
            #expect(try await daemon.stop() == 0)
            #expect(try stage.leaks() == [])
        }
    }

    @Test func `a token that Meta refuses or that may do too little is not taken`() async throws {
        try await Stage.play { stage in
            stage.issueToken()
            let daemon = try await stage.startDaemon()
            stage.simulator.updateWorld { world in
                for index in world.tokens.indices where world.tokens[index].value == Canary.goodsToken {
                    world.tokens[index].scopes = ["whatsapp_business_management"]
                }
            }
            let words = try await stage.refused(.metaRefused) {
                _ = try await $0(AccountToken(account: "goods", token: Secret(Canary.goodsToken)))
            }
            #expect(words.contains("whatsapp_business_messaging"))
            try await stage.refused(.metaRefused) { _ = try await $0(AccountToken(account: "goods", token: Secret("EAAnobody"))) }
            try await stage.refused(.notFound) { _ = try await $0(AccountToken(account: "none", token: Secret("EAAnobody"))) }
            #expect(stage.keptSecrets.isEmpty)
            #expect(try await stage.call { try await $0(AccountCheck(account: "goods")).findings[0].level.known } == .ok)
            #expect(try await daemon.stop() == 0)
            #expect(try stage.leaks() == [])
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a tmpfs"))
    func `a token that cannot be kept for want of room changes nothing, and is taken when there is some`() async throws {
        let disk = try SmallDisk(megabytes: 24)
        defer { disk.remove() }
        try await Stage.play(store: disk.folder) { stage in
            stage.issueToken()
            let daemon = try await stage.startDaemon()
            defer { daemon.kill() }
            disk.fill()
            let words = try await stage.refused(.storageFull) { waprod in
                _ = try await waprod(AccountToken(account: "goods", token: Secret(Canary.goodsToken)))
            }
            #expect(words.contains("othing was changed") && !words.contains(Canary.goodsToken))
            #expect(stage.keptSecrets.isEmpty)
            disk.makeRoom()
            #expect(try await rotate(stage).checked)
            #expect(stage.keptSecrets == ["account-\(StandardWorld.accountID).token"])
        }
    }

    // A release build has no failpoints.
    #if DEBUG
        @Test(.timeLimit(.minutes(5)))
        func `killed at any commit of it, the token is in use whose change is on record, and no other is kept`() async throws {
            var (isDropped, isTaken) = (false, false)
            for point in ["commit.before.control", "commit.after.control"] {
                // How many commits a start has is not always the same: how many share one is a matter of time.
                for nth in (0..<4).flatMap({ _ in 3...12 }) {
                    try await Stage.play { stage in
                        stage.issueToken()
                        let daemon = try stage.launch(environment: ["WAPROD_FAILPOINTS": "\(point)=kill@\(nth)"])
                        try await eventually {
                            if daemon.isOver != nil { return true }
                            // What Meta says of the numbers is the last that a start commits.
                            let seen = try? await stage.call { waprod in
                                [try await waprod(NumberShow(number: "offers")), try await waprod(NumberShow(number: "support"))]
                            }
                            return seen?.allSatisfy { $0.status == "CONNECTED" } == true
                        }
                        guard daemon.isOver == nil else { return }
                        let answer = try? await rotate(stage)
                        if answer != nil { daemon.kill() }
                        _ = try await daemon.over()
                        let hadDraft = stage.keptSecrets.contains { $0.hasSuffix(".draft") }

                        let next = try await stage.startDaemon()
                        let isCommitted = try await stage.call { try await $0(AuditList()).items.contains { $0.method == "account.token" } }
                        #expect(isCommitted || answer == nil)
                        #expect(stage.keptSecrets == (isCommitted ? ["account-\(StandardWorld.accountID).token"] : []))
                        stage.simulator.revoke(isCommitted ? StandardWorld.accessToken : Canary.goodsToken)
                        #expect(try await stage.call { try await $0(AccountCheck(account: "goods")).findings[0].level.known } == .ok)
                        #expect(try await next.stop() == 0)
                        if hadDraft { if isCommitted { isTaken = true } else { isDropped = true } }
                    }
                    if point.contains("before") ? isDropped : isTaken { break }
                }
            }
            #expect(isDropped && isTaken, "no kill came between the file and what follows")
        }
    #endif
}
