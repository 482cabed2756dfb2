import Synchronization
import Testing
import WaproCore
import WaproRPC

@testable import waproctl

/// Secrets on a command line: files in their place.
struct SecretTests {
    private func login(_ words: [String], file: [UInt8], typed: String? = nil) throws -> String {
        var outside = Screen().surroundings(nil, file: file)
        outside.inputIsTerminal = typed != nil
        outside.askSecret = { _ in typed }
        return try Surroundings.$current.withValue(outside) {
            let parameters = try Words(words, fields: SessionLogin.shape.fields).parameters
            return try Verb<SessionLogin>.call(parameters).call.password.revealed
        }
    }

    @Test(arguments: [
        ("s3cret", "s3cret"), ("s3cret\n", "s3cret"), ("s3cret\r\n", "s3cret"), (" a b \n", " a b "), ("pässwört", "pässwört"),
    ])
    func `a file's line is the secret, its end is not`(text: String, secret: String) throws {
        #expect(try login(["ada", "password"], file: Array(text.utf8)) == secret)
        #expect(try login(["ada", "-"], file: Array(text.utf8)) == secret)
    }

    @Test(arguments: ["", "\n", "a\nb", "a\n\n", String(repeating: "x", count: 65_537), "a\u{0}\n\n"])
    func `a file that is no secret is bad data, and what is in it is not repeated`(text: String) {
        let ending = #expect(throws: Ending.self) { try login(["ada", "password"], file: Array(text.utf8)) }
        #expect(ending?.status == Ending.badData && ending?.words.utf8.count ?? 1000 < 100)
    }

    @Test func `bytes that are no text are bad data`() {
        let ending = #expect(throws: Ending.self) { try login(["ada", "password"], file: [0xFF, 0xFE]) }
        #expect(ending?.status == Ending.badData)
    }

    @Test func `a terminal is asked, and nothing typed is nothing`() throws {
        #expect(try login(["ada", "-"], file: [], typed: "typed one") == "typed one")
        #expect(throws: Ending.self) { try login(["ada", "-"], file: [], typed: "") }
    }

    @Test func `a password that is chosen is typed twice`() throws {
        func chosen(_ answers: [String]) throws -> String {
            let rest = Mutex(answers)
            var outside = Screen().surroundings(nil)
            outside.inputIsTerminal = true
            outside.askSecret = { _ in rest.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
            return try Surroundings.$current.withValue(outside) {
                try Verb<UserAdd>.call(["name": "ada", "role": "agent", "password": "-"]).call.password.revealed
            }
        }
        #expect(try chosen(["one of mine", "one of mine"]) == "one of mine")
        #expect(throws: Ending.self) { try chosen(["one of mine", "one of nine"]) }
    }

    @Test func `calls are made in the session of a file, but not a login`() async throws {
        let names = Mutex<[String?]>([])
        let tokens = Mutex(0)
        var handlers = Handlers()
        handlers.on(CampaignPause.self) { _, call throws(Fault) in
            names.withLock { $0.append(call.caller.session?.name) }
            throw Fault(.notFound, "There is none.")
        }
        handlers.on(SessionLogin.self) { _, call throws(Fault) in
            names.withLock { $0.append(call.caller.session?.name) }
            throw Fault(.loginRefused, "No.")
        }
        var router = try Router(handlers, catalogue: Catalogue(methods: [CampaignPause.self, SessionLogin.self]))
        router.identify = { caller, token throws(Fault) in
            tokens.withLock { $0 += token.revealed == "the-token" ? 1 : 0 }
            return caller.acting(
                in: SessionGrant(id: .init(rawValue: 1), user: .init(rawValue: 2), name: "ada", role: .operator, methods: nil)
            )
        }
        let file = Array("the-token\n".utf8)
        _ = await Screen().run("campaign pause a --session-file token", router, file: file)
        _ = await Screen().run("session login ada password --session-file token", router, file: file)
        #expect(names.withLock { $0 } == ["ada", nil])
        #expect(tokens.withLock { $0 } == 1)
    }

    @Test func `a secret that was given in place of a file is not repeated`() {
        // The screen's only file that cannot be read.
        let ending = #expect(throws: Ending.self) { try login(["ada", "missing.csv"], file: []) }
        #expect(ending?.status == Ending.noInput && ending?.text.string.contains("missing.csv") == false)
    }

    @Test func `two secrets do not come from the same standard input`() {
        let ending = #expect(throws: Ending.self) {
            try Surroundings.$current.withValue(Screen().surroundings(nil, file: Array("a".utf8))) {
                try Verb<SessionPassword>.call(["password": "-", "new": "-"])
            }
        }
        #expect(ending?.status == Ending.usage)
    }

    @Test func `the raw hatch takes a file as well, and no secret as JSON`() async {
        #expect(await Screen().run("rpc session.login name=ada password:=\"x\"", nil) == Ending.usage)
        // Read before anybody connects.
        #expect(await Screen().run("rpc session.login name=ada password=missing.csv", nil) == Ending.noInput)
    }

    @Test func `help for a terminal is broken between words`() {
        var outside = Screen().surroundings(nil)
        outside.outputWidth = 80
        let command = Commands.named("session", "login")!
        let (narrow, whole) = Surroundings.$current.withValue(outside) {
            (Help.command(command), Surroundings.$current.withValue(Screen().surroundings(nil)) { Help.command(command) })
        }
        #expect(narrow.allSatisfy { $0.width <= 80 || $0.string.hasPrefix("usage:") || $0.string.contains("IDEMPOTENCY_KEY") })
        func words(_ lines: [TerminalText]) -> [Substring] { lines.flatMap { $0.string.split(separator: " ") } }
        #expect(words(narrow) == words(whole))
        #expect(narrow.count > whole.count)
    }
}
