// waprod-bench: how fast wapro is, as a ratio to what the same machine does without it, measured in turn in the same run.
//
// Each case has our path and a floor: the least that a program must do for the same effect. Absolute figures say something only
// about the machine of the day; the ratio is what must not fall. A floor once fixed stays: a changed floor is a finding, not a gain.

import ArgumentParser
import Glibc

/// Measures the cases that are named, or all.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waprod-bench",
        abstract: "Measure wapro against the floor of this machine.",
        discussion: """
            Build it with -c release. It starts the waprod that lies beside it, on a store and with a stand-in for Meta of its own; \
            traffic stays on loopback.

            \(Case.allCases.map { "  \($0.rawValue.padded(to: 15))\($0.abstract)" }.joined(separator: "\n"))
            """
    )

    @Argument(help: "The cases; without any, all.")
    var cases: [Case] = []

    @Option(help: "How often each case is run; the median counts.")
    var rounds = 3

    @Flag(
        help: """
            A fraction of the size, in seconds instead of minutes; fails when a ratio is below two thirds of the one that was recorded so, \
            twice in a row.
            """
    )
    var small = false

    @Option(name: .shortAndLong, help: "table or json.")
    var output = Format.table

    @Option(help: .hidden)
    var count: Int?

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case table, json
    }

    func validate() throws {
        guard (1...99).contains(rounds), (100...10_000_000).contains(count ?? 100) else {
            throw ValidationError("--rounds must be 1 to 99 and --count 100 to 10000000.")
        }
    }

    static func main() async {
        EchoFloor.runIfAsked()
        await main(nil)
    }

    func run() async throws {
        let scale = Scale(rounds: rounds, isSmall: small, count: count)
        var rows: [Row] = []
        show(Row.heading)
        for each in cases.isEmpty ? Case.allCases : cases {
            var measured = try await each.measure(scale)
            // A busy neighbour is no fall: what has fallen is measured once more.
            if small, measured.contains(where: \.hasFallen) {
                for row in measured { show(row.line) }
                show("    once more:")
                measured = try await each.measure(scale)
            }
            for row in measured { show(row.line) }
            rows += measured
        }
        if output == .json { print(Row.json(rows)) }
        let fallen = small ? rows.filter(\.hasFallen) : []
        for row in fallen {
            let words = "\(row.name): \(row.ratioText), recorded were \(Recorded.small[row.name].map { "\($0)" } ?? "none")\n"
            _ = words.withCString { write(STDERR_FILENO, $0, strlen($0)) }
        }
        if !fallen.isEmpty { throw ExitCode(1) }
    }

    /// A line of the table, at once: a case may take minutes.
    private func show(_ line: String) {
        guard output == .table else { return }
        print(line)
        fflush(nil)
    }
}

/// How much is measured.
struct Scale {
    var rounds: Int
    var isSmall: Bool
    /// Asked for by hand.
    var count: Int?

    func count(_ whole: Int, small: Int) -> Int { count ?? (isSmall ? small : whole) }
}

/// What can be measured.
enum Case: String, CaseIterable, ExpressibleByArgument {
    case send
    case sendPaced = "send-paced"
    case webhook
    case webhookBatch = "webhook-batch"
    case journal
    case mixed
    case `import`
    case start
    case rpc
    case cli
    case growth
    case idle

    var abstract: String {
        switch self {
        case .send: "a campaign over HTTP/2 and TLS, durable; the same requests from a bare libcurl loop"
        case .sendPaced: "1,000 messages a second at 150 ms latency; the schedule"
        case .webhook: "signed statuses over 64 connections, durable before the 200; a bare listener"
        case .webhookBatch: "bodies of 1,000 statuses, journaled and applied; a bare SQLite loop that writes the same rows"
        case .journal: "keeping webhook bodies sixty-four at a time; one commit each"
        case .mixed: "a campaign, its statuses, people who write, and replies to them, at once; then an import beside them"
        case .import: "contacts from a CSV through the socket; sqlite3's .import into an indexed table"
        case .start: "from the start of a large campaign to its first POST"
        case .rpc: "system.ping; a bare echo on a Unix socket"
        case .cli: "waproctl status from start to exit; curl --version"
        case .growth: "send, webhook, report and why in a store of a million messages and of ten; in one of ten thousand"
        case .idle: "nothing to do, ten numbers"
        }
    }

    func measure(_ scale: Scale) async throws -> [Row] {
        switch self {
        case .send: try await SendCase(scale).rows()
        case .sendPaced: try await PacedCase(scale).rows()
        case .webhook: try await WebhookCase(scale).rows()
        case .webhookBatch: try await BatchCase(scale).rows()
        case .journal: try await JournalCase(scale).rows()
        case .mixed: try await MixedCase(scale).rows()
        case .import: try await ImportCase(scale).rows()
        case .start: try await StartCase(scale).rows()
        case .rpc: try await RPCCase(scale).rows()
        case .cli: try await CLICase(scale).rows()
        case .growth: try await GrowthCase(scale).rows()
        case .idle: try await IdleCase(scale).rows()
        }
    }
}
