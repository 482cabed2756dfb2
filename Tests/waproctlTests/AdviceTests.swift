import Synchronization
import Testing
import WaproCore
import WaproRPC

@testable import waproctl

/// What somebody is told to type does what it should when it is typed.
@Suite(.timeLimit(.minutes(1))) struct AdviceTests {
    @Test(arguments: [
        ("spring", "spring"), ("a.b_C/1:2@3%4+5=6,7-8", "a.b_C/1:2@3%4+5=6,7-8"), ("Black Friday", "'Black Friday'"), ("", "''"),
        ("it's", #"'it'\''s'"#), ("$(id)", "'$(id)'"), ("Größe", "'Größe'"), (#"a"b`c\d!"#, #"'a"b`c\d!'"#), ("~", "'~'"), ("#1", "'#1'"),
        ("'", #"''\'''"#),
    ])
    func `a word is quoted when a shell would read it otherwise`(word: String, typed: String) {
        #expect(Advice.quoted(word) == typed)
    }

    @Test func `a name is quoted where it has to be confirmed`() async throws {
        let screen = Screen()
        #expect(await screen.run(["campaign", "start", "Black Friday"], try Campaigning([.draft]).router()) == Ending.usage)
        #expect(screen.err.hasSuffix("Add --confirm 'Black Friday', or --yes.\n"))
    }

    @Test(
        arguments: [
            ([], "Black Friday", "waproctl campaign watch 'Black Friday' follows"),
            ([], "spring", "waproctl campaign watch spring follows"),
            (["--socket", "/a b"], "spring", "waproctl campaign watch --socket '/a b' spring follows"),
            (["--socket=/x", "--session-file", "/s"], "a b", "waproctl campaign watch --socket /x --session-file /s 'a b' follows"),
            (["--"], "-x", "waproctl campaign watch -- -x follows"),
        ] as [([String], String, String)]
    )
    func `who interrupts a watch is told how to go on with it`(options: [String], campaign: String, typed: String) async throws {
        let said = Mutex<[String]>([])
        let screen = Screen()
        let status = await screen.run(["campaign", "watch"] + options + [campaign], try Campaigning([.finished]).router()) { outside in
            outside.onInterrupt = { text in said.withLock { $0.append(text.string) } }
            outside.read = { _ in PieceReader { _ in Array("token".utf8) } }
        }
        #expect(said.withLock { $0 }.count == 1 && said.withLock { $0 }.joined().contains(typed), "\(status) \(said.withLock { $0 })")
    }

    @Test func `who interrupts an import is told to ask the same daemon`() async throws {
        let said = Mutex("")
        let words = ["contact", "import", "people.csv", "--socket", "/x"]
        _ = await Screen().run(words, try Taker().router(), file: [1]) { $0.onInterrupt = { text in said.withLock { $0 = text.string } } }
        #expect(said.withLock { $0 }.contains("waproctl import show --socket /x \(ImportID(rawValue: 1).description) says"))
    }

    @Test func `the report quotes the campaign that has to be resolved`() async throws {
        let screen = Screen()
        let router = try Campaigning([.finished], askedInDoubt: 2).router()
        #expect(await screen.run(["campaign", "report", "Black Friday"], router) == 0)
        #expect(screen.out.contains { $0.hasSuffix("waproctl campaign resolve 'Black Friday' VERDICT") }, "\(screen.out)")
    }

    @Test(
        arguments: [
            (
                "campaign pause a", "campaign.resume continues it, not contact.import. See waprod.yaml(5), a.b and v1.2.",
                "waproctl campaign resume continues it, not waproctl contact import. See waprod.yaml(5), a.b and v1.2."
            ),
            ("campaign pause a --socket /x", "Log in again: session.login.", "Log in again: waproctl session login --socket /x."),
            ("rpc campaign.pause campaign=a", "campaign.resume continues it.", "campaign.resume continues it."),
            ("campaign pause a", "Did you mean campaign.list?", "Did you mean campaign.list?"),
            ("campaign pause a", "It covers campaign.list, event.subscribe.", "It covers campaign.list, event.subscribe."),
        ]
    )
    func `the daemon's advice names commands to whoever types commands`(line: String, hint: String, advice: String) async throws {
        var handlers = Handlers()
        handlers.on(CampaignPause.self) { _, _ throws(Fault) in throw Fault(.notFound, "None.", hint: hint) }
        let screen = Screen()
        #expect(await screen.run(line, try Router(handlers, catalogue: Catalogue(methods: [CampaignPause.self]))) == Ending.notFound)
        #expect(screen.err == "waproctl: None.\n  \(advice)\n")
    }

    @Test func `a raw call is repeated, and its list gone on with, by parameters as it takes them`() async throws {
        let screen = Screen()
        let words = ["rpc", "call", "campaign.pause", "campaign=a", "--timeout", "10ms"]
        #expect(await screen.run(words, nil) { $0.connect = Hung().connect } == Ending.outcomeUnknown)
        #expect(screen.err.contains("Repeat the same command with idempotency_key=key:"), "\(screen.err)")
        let asked = Mutex<[String?]>([])
        var handlers = Handlers()
        handlers.on(CampaignPause.self) { ask, _ throws(Fault) in
            asked.withLock { $0.append(ask.idempotencyKey) }
            throw Fault(.notFound, "None.")
        }
        handlers.on(ContactList.self) { ask, _ throws(Fault) in
            asked.withLock { $0.append(ask.after) }
            return Page(items: [], next: "con_2")
        }
        let router = try Router(handlers, catalogue: Catalogue(methods: [CampaignPause.self, ContactList.self]))
        #expect(await Screen().run("rpc campaign.pause campaign=a idempotency_key=mine", router) == Ending.notFound)
        let list = Screen()
        #expect(await list.run("rpc contact.list after=con_0000000000001", router) == 0)
        #expect(list.err == "There is more: after=con_2\n" && asked.withLock { $0 } == ["mine", "con_0000000000001"])
    }
}
