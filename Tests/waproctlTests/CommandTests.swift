import Synchronization
import Testing
import WaproCore
import WaproRPC
import WaproWire

@testable import waproctl

/// What a command printed, and where.
final class Screen: Sendable {
    private let state = Mutex((out: [String](), err: ""))
    var out: [String] { state.withLock { $0.out } }
    var err: String { state.withLock { $0.err } }

    /// Surroundings that print here and reach `router`; nil: no daemon is there.
    func surroundings(_ router: Router?, role: Role = .admin, file: [UInt8] = [], answer: String? = nil) -> Surroundings {
        let position = Mutex(0)
        return Surroundings(
            write: { lines, inColor, _ in self.state.withLock { $0.out += lines.map { $0.rendered(inColor: inColor) } } },
            complain: { text in self.state.withLock { $0.err += text.string } },
            outputWidth: nil,
            outputIsTerminal: false,
            inputIsTerminal: false,
            errorsAreTerminal: false,
            errorsWidth: { nil },
            variable: { _ in nil },
            key: { "key" },
            read: { path in
                if path == "missing.csv" { throw Ending(Ending.noInput, "Cannot read missing.csv.") }
                return PieceReader { size in
                    position.withLock { start in
                        defer { start = min(start + size, file.count) }
                        return Array(file[start..<min(start + size, file.count)])
                    }
                }
            },
            now: { .now },
            pause: { _ in },
            prompt: { question in
                self.state.withLock { $0.err += question.string }
                return answer
            },
            askSecret: { _ in nil },
            showManual: { _ in false },
            onInterrupt: { _ in },
            connect: { path, options, body in
                guard let router else { throw CallFailure.unreachable("No daemon listens on \(path).", reason: .notRunning) }
                try await Loopback.connect(router, as: Caller(uid: 0, gid: 0, groups: [], role: role), options: options, body)
            }
        )
    }

    func run(_ line: String, _ router: Router?, role: Role = .admin, file: [UInt8] = [], answer: String? = nil) async -> Int32 {
        await run(line.split(separator: " ").map(String.init), router, role: role, file: file, answer: answer)
    }

    /// Words, some of them with spaces inside, in surroundings that are changed before.
    func run(
        _ words: [String],
        _ router: Router?,
        role: Role = .admin,
        file: [UInt8] = [],
        answer: String? = nil,
        _ change: (inout Surroundings) -> Void = { _ in }
    ) async -> Int32 {
        var outside = surroundings(router, role: role, file: file, answer: answer)
        change(&outside)
        return await Surroundings.$current.withValue(outside) { await Main.run(words) }
    }
}

@Suite(.timeLimit(.minutes(5))) struct CommandTests {
    private static func campaign(_ name: String) -> CampaignInfo {
        CampaignInfo(
            id: CampaignID(rawValue: 5),
            name: name,
            number: "main",
            template: "sale",
            language: "en",
            audience: "list vip",
            state: Open(.draft),
            createdAt: Timestamp(seconds: 0),
            total: 0
        )
    }

    private func router(asked: @escaping @Sendable (CampaignPause) -> Void = { _ in }) throws -> Router {
        var handlers = Handlers()
        handlers.on(CampaignShow.self) { ask, _ throws(Fault) in
            if ask.campaign == "none" { throw Fault(.notFound, "There is no campaign of this name.", hint: "campaign list shows them.") }
            if ask.campaign == "busy" { throw Fault(.overloaded, "Too busy.") }
            return Self.campaign(ask.campaign)
        }
        handlers.on(CampaignList.self) { _, _ throws(Fault) in Page(items: [Self.campaign("a"), Self.campaign("b")]) }
        handlers.on(CampaignPause.self) { ask, _ throws(Fault) in
            asked(ask)
            return Self.campaign(ask.campaign)
        }
        return try Router(handlers, catalogue: Catalogue(methods: [CampaignShow.self, CampaignList.self, CampaignPause.self]))
    }

    @Test func `a verb calls its method and prints a table`() async throws {
        let screen = Screen()
        #expect(await screen.run("campaign list", try router()) == 0)
        #expect(screen.out.count == 3 && screen.out[0].hasPrefix("name  state  total") && screen.out[1].hasPrefix("a     draft      0"))
    }

    @Test(arguments: ["campaign show a -o json", "-o json campaign show a", "--output=json campaign show a", "campaign show -o json a"])
    func `JSON is printed whole, wherever the option stands`(line: String) async throws {
        let screen = Screen()
        #expect(await screen.run(line, try router()) == 0)
        #expect(try JSONValue.parse(screen.out.joined(separator: "\n")) == Self.campaign("a").json)
    }

    @Test(
        arguments: [
            ("campaign show none", 4, "There is no campaign of this name."), ("campaign show busy", 75, "Too busy."),
            ("campaign show", 64, "CAMPAIGN is missing."),
            ("campain show a", 64, "Did you mean campaign?"), ("campaign shwo a", 64, "Did you mean show?"),
            ("message list", 76, "There is no method of this name."),
            ("campaign pause a --frobnicate", 64, "There is no option --frobnicate."), ("campaign watch", 64, "CAMPAIGN is missing."),
            ("campaign list -o xml", 64, "must be one of table, json, ndjson, csv, tsv, value, not xml"),
            ("campaign list --fields nmae", 64, "there is no field nmae"), ("campaign list --timeout soon", 64, "must be a time such as"),
            ("campaign list --wait", 64, "has nothing to wait for"), ("--frobnicate status", 64, "There is no option --frobnicate."),
            ("campaign list --limit 5000", 64, "--limit must be a whole number from 1 to 1000"),
            ("event follow --topic nope", 64, "waproctl: --topic must be one of"),
            ("campaign list --timeout 0", 64, "waproctl: --timeout must"),
        ] as [(String, Int32, String)]
    )
    func `what fails says why on stderr, with a status for scripts`(line: String, status: Int32, words: String) async throws {
        let screen = Screen()
        #expect(await screen.run(line, try router()) == status)
        #expect(screen.err.contains(words) && screen.out.isEmpty, "\(screen.err)")
    }

    @Test(arguments: [
        "campaign -o json show a", "-o json campaign show a", "campaign --socket /x show a -o json", "campaign show -- a",
        "--utc campaign -q show a",
        "rpc -v campaign.show campaign=a",
    ])
    func `options may stand between the words of a command`(line: String) async throws {
        let screen = Screen()
        #expect(await screen.run(line, try router()) == 0)
        #expect(screen.out.joined().contains("draft"))
    }

    @Test func `a value that looks like a cry for help is a value`() async throws {
        let keys = Mutex<[String?]>([])
        let router = try router { ask in keys.withLock { $0.append(ask.campaign) } }
        #expect(await Screen().run("campaign pause --idempotency-key -h a", router) == 0)
        #expect(await Screen().run("campaign pause -- --help", router) == 0)
        #expect(keys.withLock { $0 } == ["a", "--help"])
        #expect(await Screen().run("campaign --bogus pause a", router) == 64)
    }

    @Test func `what cannot be tried is not done when it is to be tried`() async throws {
        let asked = Mutex(0)
        let router = try router { _ in asked.withLock { $0 += 1 } }
        #expect(await Screen().run("contact import people.csv -n", router) == 64)
        #expect(await Screen().run("rpc campaign.pause campaign=a -n", router) == 76)
        #expect(asked.withLock { $0 } == 0)
    }

    @Test func `the role is what the daemon says`() async throws {
        let screen = Screen()
        #expect(await screen.run("campaign pause a", try router(), role: .viewer) == 77)
        #expect(screen.err.contains("needs the role operator"))
    }

    @Test func `a change carries the idempotency key`() async throws {
        let keys = Mutex<[String?]>([])
        let router = try router { ask in keys.withLock { $0.append(ask.idempotencyKey) } }
        #expect(await Screen().run("campaign pause a", router) == 0)
        #expect(await Screen().run("campaign pause a --idempotency-key mine", router) == 0)
        #expect(keys.withLock { $0 } == ["key", "mine"])
    }

    @Test func `without a daemon status ends with 3, all else with 69`() async {
        #expect(await Screen().run("status", nil) == 3)
        #expect(await Screen().run("system status", nil) == 3)
        #expect(await Screen().run("campaign list", nil) == 69)
    }

    @Test func `what is for shells alone is offered to nobody`() async throws {
        let screen = Screen()
        #expect(await screen.run("help nosuch", nil) == 64)
        #expect(screen.err.contains("status") && !screen.err.contains("__"))
    }

    @Test func `the help of all says how to get help, and the version`() async throws {
        let screen = Screen()
        #expect(await screen.run("--help", nil) == 0)
        #expect(["  -h, --help ", "  --version "].allSatisfy { start in screen.out.contains { $0.hasPrefix(start) } })
    }

    @Test(arguments: [
        "", "--help", "campaign", "campaign --help", "campaign create --help", "help campaign create", "contact import --help", "help",
        "--version", "help campaign", "--utc --help campaign start", "rpc campaign.show --help", "completion bash", "__complete -- camp",
    ])
    func `help needs no daemon`(line: String) async {
        let screen = Screen()
        #expect(await screen.run(line, nil) == 0)
        #expect(!screen.out.isEmpty && screen.err.isEmpty)
    }

    @Test func `the raw hatch reads parameters by their declaration, or as JSON`() async throws {
        let screen = Screen()
        #expect(await screen.run("rpc campaign.show campaign=a", try router()) == 0)
        #expect(await screen.run("rpc campaign.list limit=5", try router()) == 0)
        #expect(await screen.run("rpc campaign.list limit:=5", try router()) == 0)
        #expect(await screen.run("rpc campaign.list limit=x", try router()) == 64)
    }

    @Test func `with -q what changes something says nothing when it went well, however it is called`() async throws {
        for line in ["campaign pause a -q", "rpc campaign.pause campaign=a -q", "rpc call campaign.pause campaign=a -q -o table"] {
            let screen = Screen()
            #expect(await screen.run(line, try router()) == 0)
            #expect(screen.out.isEmpty && screen.err.isEmpty, "\(line)")
        }
        let shown = Screen()
        #expect(await shown.run("rpc campaign.show campaign=a -q", try router()) == 0 && !shown.out.isEmpty)
        let waited = Screen()
        #expect(await waited.run("campaign start a -y --wait -q", try Campaigning([.running, .finished]).router()) == 0)
        #expect(waited.out.isEmpty && waited.err.isEmpty)
        let held = Screen()
        #expect(await held.run("campaign start a -y --wait -q", try Campaigning([.running, .held]).router()) == 1)
        #expect(!held.out.isEmpty && held.err.contains("The campaign is held."))
        let watched = Screen()
        #expect(await watched.run("campaign watch a -q", try Campaigning([.finished]).router()) == 0)
        #expect(!watched.out.isEmpty && watched.err.isEmpty)
    }

    @Test func `a campaign is watched from before its start to its end`() async throws {
        let screen = Screen()
        #expect(await screen.run("campaign watch spring", try Campaigning([.draft, .freezing, .running, .finished]).router()) == 0)
        #expect(screen.err.contains("spring draft") && screen.err.hasSuffix("10 of 10\n"))
        #expect(screen.out.first?.hasPrefix("spring finished") == true && screen.out.last == "  total      10")
    }

    @Test func `events are printed until the connection ends`() async throws {
        var handlers = Handlers()
        handlers.on(EventSubscribe.self) { ask, call throws(Fault) in
            let name = call.keep("s", atMost: 1) { name in
                for number in 7..<9 {
                    try? await call.notify(
                        EventNotification(
                            subscription: name,
                            seq: Int64(number),
                            at: Timestamp(seconds: 0),
                            topic: Open(.campaign),
                            to: "running\u{1B}"
                        )
                    )
                }
            }
            return EventSubscribe.Reply(subscription: name ?? "", cursor: 6)
        }
        let router = try Router(handlers, catalogue: Catalogue(methods: [EventSubscribe.self]))
        let screen = Screen()
        let printed = Mailboxed()
        var surroundings = screen.surroundings(router)
        surroundings.write = { lines, _, _ in for line in lines { printed.add(line.string) } }
        let outside = surroundings
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                _ = await Surroundings.$current.withValue(outside) {
                    await Main.run(["event", "follow", "--from", "6", "--topic", "campaign", "-o", "ndjson"])
                }
            }
            await printed.wait(for: 2)
            group.cancelAll()
        }
        #expect(printed.all.count == 2 && printed.all[0].contains(#""seq":7"#) && printed.all[1].contains(#""seq":8"#))
        #expect(await Screen().run("event follow --topic nonsense", router) == 64)
    }
}

/// Lines that a test waits for.
final class Mailboxed: Sendable {
    private let state = Mutex((lines: [String](), waiter: (count: Int, continuation: CheckedContinuation<Void, Never>)?.none))
    var all: [String] { state.withLock { $0.lines } }

    func add(_ line: String) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.lines.append(line)
            guard let waiter = state.waiter, state.lines.count >= waiter.count else { return nil }
            state.waiter = nil
            return waiter.continuation
        }
        waiter?.resume()
    }

    func wait(for count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.lines.count >= count { return true }
                state.waiter = (count, continuation)
                return false
            }
            if isThere { continuation.resume() }
        }
    }
}
