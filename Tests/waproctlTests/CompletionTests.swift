import Testing
import WaproCore
import WaproRPC

@testable import waproctl

@Suite(.timeLimit(.minutes(5))) struct CompletionTests {
    /// What the last of the words may become; the daemon behind the typed socket knows one campaign.
    private func complete(_ words: [String]) async -> [String] {
        let screen = Screen()
        var outside = screen.surroundings(nil)
        outside.connect = { path, options, body in
            guard path == "/typed" else { throw CallFailure.unreachable("", reason: .notRunning) }
            let items: JSONValue = [["name": "spring"], ["name": "autumn\u{1B}"]]
            let daemon = FakeDaemon(result: ["methods": ["campaign.list"], "items": items])
            defer { daemon.stop() }
            try await Surroundings.live.connect(daemon.path, options, body)
        }
        let given = outside
        let status = await Surroundings.$current.withValue(given) { await Main.run(["__complete", "--timeout", "1m", "--"] + words) }
        #expect(status == 0 && screen.err.isEmpty)
        return screen.out
    }

    @Test(
        arguments: [
            ("-o json cam", ["campaign"]), ("campaign -o json st", ["start"]), ("campaign --output=json st", ["start"]),
            ("--output=j", ["--output=json"]),
            ("-o=nd", ["-o=ndjson"]), ("-o nd", ["ndjson"]), ("campaign list -q -o t", ["table", "tsv"]), ("--no-h", ["--no-header"]),
            ("--vers", ["--version"]), ("campaign --vers", []), ("campaign start --idem", ["--idempotency-key"]),
            ("help camp", ["campaign"]),
            ("help campaign star", ["start"]), ("help campaign start ", []), ("help stat", ["status"]), ("__comp", []),
            ("rpc call campaign.st", ["campaign.start"]), ("rpc campaign.st", ["campaign.start"]), ("rpc hel", ["hello"]),
            ("rpc call campaign.start --fields st", ["state", "start_at", "started_at"]),
            ("campaign list --fields name,stat", ["name,state"]),
            ("campaign list --fields=name,stat", ["--fields=name,state"]), ("campaign report --fields counts.pen", ["counts.pending"]),
            ("event follow --topic inb", ["inbound"]), ("completion z", ["zsh"]), ("campaign start -- -", []), ("nosuch ", []),
            ("--socket /typed campaign start ", ["spring"]), ("campaign start --socket=/typed s", ["spring"]), ("campaign start ", []),
            ("campaign --socket /typed start -y sp", ["spring"]), ("--socket /typed campaign start spring ", []),
            // Not asked for by somebody who may not have it.
            ("--socket /typed template show ", []), ("event follow inb", ["inbound"]), ("event follow message inb", ["inbound"]),
            ("session login ada - --method campaign.st", ["campaign.start"]),
        ] as [(String, [String])]
    )
    func `options may stand anywhere before what is completed`(line: String, expected: [String]) async {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let found = await complete(words)
        #expect(found.sorted() == expected.sorted(), "\(found)")
    }

    @Test(arguments: [["-"], ["campaign", "start", "-"], ["campaign", "-"]])
    func `a dash gets every option`(words: [String]) async {
        let found = await complete(words)
        #expect(found.contains("--output") && found.contains("--help") && found.contains("--idempotency-key") == (words.count == 3))
    }

    @Test(arguments: [[""], ["help", ""], ["rpc", ""], ["rpc", "call", ""], ["campaign", "list", "--fields", ""]])
    func `nothing typed gets all there is`(words: [String]) async {
        #expect(await complete(words).count >= 3)
    }

    /// Readline takes a name that ends with the open quote for one that has it at its end already, so none here does.
    @Test func `bash completes what is typed, in its own quoting`() async throws {
        let items: JSONValue = [["name": "Black Friday"], ["name": "a:b=c d"], ["name": "it's \"1\" $(x)"]]
        let daemon = FakeDaemon(result: ["methods": ["campaign.list"], "items": items])
        let typed = [
            ("-o json cam\t", ["-o", "json", "campaign"]), ("--outp\tj\t", ["--output", "json"]), ("--output=j\t", ["--output=json"]),
            ("campaign -o json st\ta\t", ["campaign", "-o", "json", "start", "a:b=c d"]),
            ("campaign start Bl\t", ["campaign", "start", "Black Friday"]),
            ("campaign start \"Bl\t", ["campaign", "start", "Black Friday"]),
            ("campaign start 'Bl\t", ["campaign", "start", "Black Friday"]),
            ("campaign start Black\\ F\t", ["campaign", "start", "Black Friday"]),
            ("campaign start a:b=\t", ["campaign", "start", "a:b=c d"]), ("campaign start \"a:b\t", ["campaign", "start", "a:b=c d"]),
            ("campaign start i\t", ["campaign", "start", "it's \"1\" $(x)"]),
            ("campaign start \"i\t", ["campaign", "start", "it's \"1\" $(x)"]),
            ("campaign start 'i\t", ["campaign", "start", "it's \"1\" $(x)"]),
            ("campaign start \"Black\"\\ F\t", ["campaign", "start", "Black Friday"]),
            ("--socket \(daemon.path) campaign start Bl\t", ["--socket", daemon.path, "campaign", "start", "Black Friday"]),
            ("campaign list --fields=name,stat\t", ["campaign", "list", "--fields=name,state"]),
            ("rpc call campaign.sta\t", ["rpc", "call", "campaign.start"]), ("help camp\t", ["help", "campaign"]),
            ("campaign list 2>/dev/null --no-h\t", ["campaign", "list", "--no-header"]),
        ]
        let lines = try await Bash.type(typed.map { "show \($0.0)\n" }.joined(), daemon: daemon)
        #expect(lines == typed.map { $0.1.map { "<\($0)>" }.joined() })
    }
}
