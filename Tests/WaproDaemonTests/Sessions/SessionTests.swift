import Testing
import WaproCore
import WaproRPC

@testable import WaproDaemon
@testable import WaproStore

/// Tools that call for named users.
@Suite(.timeLimit(.minutes(5))) struct SessionTests {
    private static let password = Secret("correct horse battery")

    /// A desk with the user ada, an agent unless said otherwise.
    private func desk(_ role: Role = .agent) async throws -> Desk {
        let desk = try await Desk()
        _ = try await desk(UserAdd(name: "ada", role: role, password: Self.password, email: "ada@example.com"), as: .admin)
        return desk
    }

    private func slug<M: WaproRPC.Method>(
        _ desk: Desk,
        _ method: M,
        as role: Role? = .operator,
        uid: UInt32 = 1000,
        token: Secret? = nil
    ) async -> String {
        do {
            _ = try await desk(method, as: role, uid: uid, token: token)
            return "done"
        } catch {
            return (error as? Fault)?.kind.slug ?? "\(error)"
        }
    }

    @Test func `a call in a session may do what the tool, the user and the session all may`() async throws {
        let hold = SystemHold(number: "offers")
        for tool in Role.allCases {
            for user in Role.allCases {
                for wanted in [nil] + Role.allCases.map(Optional.some) where wanted ?? user <= user {
                    let desk = try await desk(user)
                    let login = SessionLogin(name: "ada", password: Self.password, role: wanted)
                    let session = try await desk(login, as: tool)
                    let least = min(tool, user, wanted ?? user)
                    #expect(
                        await slug(desk, hold, as: tool, token: session.token) == (least >= .operator ? "done" : "forbidden"),
                        "\(tool) \(user) \(String(describing: wanted))"
                    )
                }
            }
        }
    }

    @Test func `who may do nothing logs in nowhere, and no session has more than its user`() async throws {
        let desk = try await desk()
        let login = SessionLogin(name: "ada", password: Self.password)
        #expect(await slug(desk, login, as: nil) == "forbidden")
        #expect(await slug(desk, SessionLogin(name: "ada", password: Self.password, role: .admin)) == "invalid_parameters")
        #expect(await slug(desk, SessionLogin(name: "ada", password: Self.password, methods: ["campaign.lst"])) == "invalid_parameters")
        let session = try await desk(login)
        #expect(await slug(desk, SystemStatus(), as: nil, token: session.token) == "forbidden")
    }

    @Test func `a token is worth nothing to another user id, after its time, after logout, and changed by one letter`() async throws {
        let desk = try await desk()
        let session = try await desk(SessionLogin(name: "ada", password: Self.password, minutes: 60))
        let token = session.token
        #expect(await slug(desk, SystemStatus(), token: token) == "done")
        #expect(await slug(desk, SystemStatus(), uid: 1001, token: token) == "session_invalid")
        #expect(await slug(desk, SystemStatus(), as: .admin, uid: 0, token: token) == "session_invalid")
        #expect(await slug(desk, SystemStatus(), token: Secret(token.revealed + "0")) == "session_invalid")
        desk.clock.step(by: .seconds(3599))
        #expect(await slug(desk, SystemStatus(), token: token) == "done")
        desk.clock.step(by: .seconds(1))
        #expect(await slug(desk, SystemStatus(), token: token) == "session_invalid")
        let other = try await desk(SessionLogin(name: "ada", password: Self.password))
        #expect(try await desk(SessionLogout(), token: other.token).ended == 1)
        #expect(await slug(desk, SystemStatus(), token: other.token) == "session_invalid")
        #expect(await slug(desk, SessionLogout()) == "invalid_parameters")
    }

    @Test func `a session that was opened for some methods calls no others, and can be ended`() async throws {
        let desk = try await desk(.operator)
        let token = try await desk(SessionLogin(name: "ada", password: Self.password, methods: ["system.hold", "campaign.*"])).token
        #expect(await slug(desk, SystemHold(number: "offers"), token: token) == "done")
        #expect(await slug(desk, CampaignReport(campaign: "none"), token: token) == "not_found")
        #expect(await slug(desk, SystemRelease(dryRun: true), token: token) == "forbidden")
        #expect(await slug(desk, SessionLogout(), token: token) == "done")
    }

    @Test func `disabled, demoted, removed or with another password: it counts from the next call on`() async throws {
        let desk = try await desk(.operator)
        func login() async throws -> Secret { try await desk(SessionLogin(name: "ada", password: Self.password)).token }
        let first = try await login()
        _ = try await desk(UserSet(user: "ada", role: .viewer), as: .admin)
        #expect(await slug(desk, SystemHold(number: "offers"), token: first) == "forbidden")
        #expect(await slug(desk, SystemStatus(), token: first) == "done")
        _ = try await desk(UserSet(user: "ada", state: .disabled), as: .admin)
        #expect(await slug(desk, SystemStatus(), token: first) == "session_invalid")
        #expect(await slug(desk, SessionLogin(name: "ada", password: Self.password)) == "login_refused")
        _ = try await desk(UserSet(user: "ada", state: .active), as: .admin)
        #expect(await slug(desk, SystemStatus(), token: first) == "session_invalid")
        let second = try await login()
        _ = try await desk(UserSet(user: "ada", password: Secret("staple of the day")), as: .admin)
        #expect(await slug(desk, SystemStatus(), token: second) == "session_invalid")
        let third = try await desk(SessionLogin(name: "ada", password: Secret("staple of the day"))).token
        _ = try await desk(UserRemove(user: "ada"), as: .admin)
        #expect(await slug(desk, SystemStatus(), token: third) == "session_invalid")
        #expect(await slug(desk, UserRemove(user: "ada"), as: .admin) == "not_found")
    }

    @Test func `a wrong password and a user that is not there are told alike, and the sixth try must wait`() async throws {
        let desk = try await desk()
        var faults: [Fault] = []
        for name in ["ada", "bob"] {
            for _ in 0..<6 {
                do {
                    _ = try await desk(SessionLogin(name: name, password: Secret("wrong password")))
                } catch let fault as Fault { faults.append(fault) }
            }
        }
        #expect(faults.count == 12)
        #expect(Array(faults[..<6]) == Array(faults[6...]))
        #expect(faults.allSatisfy { $0.kind == .loginRefused })
        #expect(faults[0].words == "The name or the password is wrong, or the user is disabled." && faults[0].retryAfterMilliseconds == nil)
        #expect(faults[5].retryAfterMilliseconds == 1001 && faults[5].retryable)
        // Now the right one is not looked at either.
        #expect(await slug(desk, SessionLogin(name: "ada", password: Self.password)) == "login_refused")
        desk.clock.step(by: .seconds(1))
        #expect(await slug(desk, SessionLogin(name: "ada", password: Self.password)) == "done")
    }

    @Test func `a login that is repeated with its key opens one session, and the token that counts is the last one`() async throws {
        let desk = try await desk()
        let login = SessionLogin(name: "ada", password: Self.password, idempotencyKey: "k")
        let first = try await desk(login)
        let second = try await desk(login)
        #expect(first.session == second.session && first.token != second.token)
        #expect(await slug(desk, SystemStatus(), token: first.token) == "session_invalid")
        #expect(await slug(desk, SystemStatus(), token: second.token) == "done")
        #expect(try await desk(SessionList(user: "ada"), as: .admin).items.count == 1)
        #expect(await slug(desk, SessionLogin(name: "ada", password: Secret("wrong password"), idempotencyKey: "k")) == "login_refused")
        #expect(try await desk(SessionEnd(user: "ada"), as: .admin).ended == 1)
        #expect(await slug(desk, login) == "conflict")
    }

    @Test func `a password that comes again under a key is the one that was set, or a conflict`() async throws {
        let desk = try await Desk()
        let other = Secret("another password")
        func add(_ password: Secret) -> UserAdd { UserAdd(name: "ada", role: .agent, password: password, idempotencyKey: "a") }
        func set(_ password: Secret) -> UserSet { UserSet(user: "ada", password: password, idempotencyKey: "s") }
        #expect(await slug(desk, add(Self.password), as: .admin) == "done")
        #expect(await slug(desk, add(Self.password), as: .admin) == "done")
        #expect(await slug(desk, add(other), as: .admin) == "idempotency_conflict")
        #expect(await slug(desk, set(other), as: .admin) == "done")
        #expect(await slug(desk, set(other), as: .admin) == "done")
        #expect(await slug(desk, set(Self.password), as: .admin) == "idempotency_conflict")
        // It is no longer what was set.
        #expect(await slug(desk, add(Self.password), as: .admin) == "idempotency_conflict")
        let token = try await desk(SessionLogin(name: "ada", password: other)).token
        func change(_ new: Secret) -> SessionPassword { SessionPassword(password: other, new: new, idempotencyKey: "c") }
        for (new, end) in [(Self.password, "done"), (Self.password, "done"), (other, "idempotency_conflict")] {
            #expect(await slug(desk, change(new), token: token) == end)
        }
        #expect(await slug(desk, SessionLogin(name: "ada", password: Self.password)) == "done")
    }

    @Test func `two passwords under one key that come together: one is set, the other is a conflict`() async throws {
        let desk = try await desk()
        for turn in 0..<20 {
            func set(_ password: String) -> UserSet { UserSet(user: "ada", password: Secret(password), idempotencyKey: "s\(turn)") }
            async let one = slug(desk, set("the first password"), as: .admin)
            async let other = slug(desk, set("the second password"), as: .admin)
            let ends = await [one, other]
            #expect(ends.sorted() == ["done", "idempotency_conflict"])
            let first = await slug(desk, SessionLogin(name: "ada", password: Secret("the first password")))
            #expect((first == "done") == (ends[0] == "done"))
            desk.clock.step(by: .seconds(3600))
        }
    }

    @Test func `a repeated call is the same whatever version wrote down the first`() async throws {
        let desk = try await desk()
        let reply = try await desk(SystemHold(reason: "a", idempotencyKey: "k"))
        try await desk.store.write(.control) { transaction in
            let answer = try #require(try transaction.answeredCall(of: 1000, method: SystemHold.name, key: "k")).answer
            for (key, parameters) in [("same", #"{ "reason": "\u0062" }"#), ("other", #"{"reason":"c"}"#)] {
                try transaction.keepAnswer(answer, of: 1000, method: SystemHold.name, key: key, parameters: Array(parameters.utf8))
            }
        }
        #expect(try await desk(SystemHold(reason: "b", idempotencyKey: "same")) == reply)
        #expect(await slug(desk, SystemHold(reason: "b", idempotencyKey: "other")) == "idempotency_conflict")
    }

    @Test func `two people behind one tool do not share their idempotency keys, and the audit log knows them apart`() async throws {
        let desk = try await desk(.operator)
        _ = try await desk(UserAdd(name: "bob", role: .operator, password: Self.password), as: .admin)
        let ada = try await desk(SessionLogin(name: "ada", password: Self.password)).token
        let bob = try await desk(SessionLogin(name: "bob", password: Self.password)).token
        _ = try await desk(SystemHold(number: "offers", idempotencyKey: "k"), token: ada)
        #expect(await slug(desk, SystemHold(number: "support", idempotencyKey: "k"), token: ada) == "idempotency_conflict")
        #expect(await slug(desk, SystemHold(number: "support", idempotencyKey: "k"), token: bob) == "done")
        #expect(await slug(desk, SystemHold(number: "bookings", idempotencyKey: "k")) == "done")
        _ = try await desk.store.write(.control) { _ in }
        let holds = try await desk(AuditList(), as: .admin).items.filter { $0.method == "system.hold" }
        #expect(holds.reversed().map { $0.user ?? "-" } == ["ada", "ada", "bob", "-"])
    }

    @Test func `whoever changes its password needs the old one, and its other sessions end`() async throws {
        let desk = try await desk()
        let new = Secret("staple of the day")
        let mine = try await desk(SessionLogin(name: "ada", password: Self.password)).token
        let other = try await desk(SessionLogin(name: "ada", password: Self.password)).token
        #expect(await slug(desk, SessionPassword(password: new, new: new), token: mine) == "login_refused")
        #expect(await slug(desk, SessionPassword(password: Self.password, new: new)) == "invalid_parameters")
        #expect(try await desk(SessionPassword(password: Self.password, new: new), token: mine).ended == 1)
        #expect(await slug(desk, SystemStatus(), token: mine) == "done")
        #expect(await slug(desk, SystemStatus(), token: other) == "session_invalid")
        #expect(await slug(desk, SessionLogin(name: "ada", password: Self.password)) == "login_refused")
        #expect(await slug(desk, SessionLogin(name: "ada", password: new)) == "done")
    }

    @Test func `a user has a hundred sessions at most, and the oldest gives way`() async throws {
        let desk = try await desk()
        let user = try await desk.store.read { try $0.requireUser("ada") }
        let first = try await desk(SessionLogin(name: "ada", password: Self.password)).token
        try await desk.store.write(.control) { transaction in
            for index in 0..<99 {
                let new = NewSession(uid: 1000, token: [UInt8(index)], role: "agent", lifetime: .seconds(60))
                _ = try transaction.openSession(new, for: user.id)
            }
        }
        #expect(await slug(desk, SystemStatus(), token: first) == "done")
        let last = try await desk(SessionLogin(name: "ada", password: Self.password)).token
        #expect(await slug(desk, SystemStatus(), token: first) == "session_invalid")
        #expect(await slug(desk, SystemStatus(), token: last) == "done")
        #expect(try await desk(UserList(), as: .admin).items.first?.sessions == 100)
        desk.clock.step(by: .seconds(60))
        _ = try await desk(SessionLogin(name: "ada", password: Self.password))
        #expect(try await desk(SessionList(), as: .admin).items.count == 2)
    }

    @Test func `neither password nor token is in the store as it is, nor a digest of them in the audit log`() async throws {
        let desk = try await desk()
        let token = try await desk(SessionLogin(name: "ada", password: Self.password, idempotencyKey: "k")).token
        // What is kept is the call with a dash where the password was, and its answer with one where the token was.
        let blanked = #"{"name":"ada","password":"-"}"#
        let (kept, digests) = try await desk.store.write(.control) { transaction in
            let kept = try transaction.answeredCall(of: 1000, method: SessionLogin.name, key: "k")
            return (kept, try transaction.auditEntries(before: nil, limit: 10).map(\.digest))
        }
        let (parameters, answer) = try #require(kept)
        #expect(String(decoding: parameters, as: UTF8.self) == blanked)
        #expect(answer.contains("ses_") && answer.contains(#""token":"-""#) && !answer.contains(token.revealed))
        #expect(digests.contains(SessionToken.hash(of: Secret(blanked))))
    }

    @Test func `what cannot be a name is refused as a login is, whatever is behind a NUL, and is not written down`() async throws {
        let desk = try await desk()
        #expect(await slug(desk, SessionLogin(name: "ada\u{0}1", password: Self.password)) == "invalid_parameters")
        #expect(await slug(desk, SessionLogin(name: String(repeating: "x", count: 500_000), password: Self.password)) == "login_refused")
        #expect(await slug(desk, SessionLogin(name: "hunter2hunter", password: Secret("ada is my name"))) == "login_refused")
        #expect(await slug(desk, SessionLogin(name: "ada", password: Secret("wrong password"))) == "login_refused")
        // Somebody's password where a name belongs.
        #expect(await slug(desk, UserSet(user: "swapped-pass", role: .viewer), as: .admin) == "not_found")
        #expect(await slug(desk, UserSet(user: "swapped-pass", password: Secret("ada")), as: .admin) == "invalid_parameters")
        #expect(await slug(desk, RPCCheck(method: "user.add", params: ["name": "x", "password": "p"]), as: .agent) == "forbidden")
        _ = try await desk.store.write(.control) { _ in }
        let (entries, empty) = try await desk.store.read { snapshot in
            (try snapshot.auditEntries(before: nil, limit: 7), SessionToken.hash(of: Secret("{}")))
        }
        #expect(entries.map { $0.subject ?? "-" } == ["-", "-", "-", "ada", "-", "-", "-"])
        #expect(entries.allSatisfy { $0.digest == empty })
    }

    @Test func `a repeated login is a line, needs the same tool, and a password that is still right`() async throws {
        let desk = try await desk()
        let login = SessionLogin(name: "ada", password: Self.password, idempotencyKey: "k")
        let first = try await desk(login)
        _ = try await desk(login)
        _ = try await desk.store.write(.control) { _ in }
        let lines = try await desk(AuditList(), as: .admin).items.filter { $0.method == "session.login" }
        #expect(lines.map(\.outcome) == ["renewed", "done"])
        // Another tool's key is its own: it opens a session of its own.
        #expect(try await desk(login, uid: 1001).session != first.session)
    }

    @Test func `each call of a batch has its own caller, and a token's refusal is a line of the audit log`() async throws {
        let desk = try await desk()
        let token = try await desk(SessionLogin(name: "ada", password: Self.password)).token
        #expect(await slug(desk, SystemStatus(), token: Secret("wps_0")) == "session_invalid")
        _ = try await desk.store.write(.control) { _ in }
        #expect(try await desk(AuditList(limit: 1), as: .admin).items.map(\.outcome) == ["session_invalid"])
        let answers = try await desk.batch([
            (SystemHold(number: "offers"), nil), (SystemHold(number: "support"), token), (SystemStatus(), token),
            (SystemStatus(), Secret("no")),
        ])
        #expect(answers == ["done", "forbidden", "done", "session_invalid"])
    }

    @Test func `after a restore all sessions have ended`() async throws {
        let desk = try await desk()
        let token = try await desk(SessionLogin(name: "ada", password: Self.password)).token
        #expect(await slug(desk, SystemStatus(), token: token) == "done")
        try await desk.store.write(.control) { try $0.endAllSessions() }
        #expect(await slug(desk, SystemStatus(), token: token) == "session_invalid")
    }

    @Test(arguments: ["Ada", "a b", "", "ä", String(repeating: "a", count: 65), "a/b", "-", "--help", "4915112345678", "a1234567"])
    func `a name that can be mistaken is refused`(name: String) async throws {
        let desk = try await Desk()
        #expect(await slug(desk, UserAdd(name: name, role: .agent, password: Self.password), as: .admin) == "invalid_parameters")
    }
}
