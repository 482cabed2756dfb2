import WaproCore
import WaproRPC

/// What every command takes, wherever it stands on the command line.
struct Globals: Wire {
    var output: Output?
    var fields: String?
    var noHeader = false
    var noPager = false
    var color: ColorChoice?
    var utc = false
    var quiet = false
    var verbose = false
    var timeout: Patience?
    var wait = false
    var dryRun = false
    var yes = false
    var confirm: String?
    var socket: String?
    var sessionFile: String?

    static let defaultSocket = "/run/waprod/control.sock"

    static let shape = Shape(
        Self.init,
        Field("output", \.output, "How to print the result. Only table may change between versions."),
        Field("fields", \.fields, "Only these fields of the result, separated by commas, in this order; a.b is b inside of a."),
        Field("no_header", \.noHeader, "No line with the names of the columns."),
        Field("no_pager", \.noPager, "Never show a long table in a pager."),
        Field("color", \.color, "When to use colour; auto is on a terminal, unless NO_COLOR is set."),
        Field("utc", \.utc, "Times in UTC, not in the local time zone."),
        Field("quiet", \.quiet, "No progress and no hints, and nothing on success of what changes something."),
        Field("verbose", \.verbose, "Say on standard error what was called and how long it took."),
        Field("timeout", \.timeout, "How long to wait for an answer, such as 500ms, 30s, 5m; 30s unless said."),
        Field("wait", \.wait, "Wait until what was begun has ended."),
        Field(
            "dry_run",
            \.dryRun,
            "Do nothing. The daemon says whether it would do it as things stand; where it cannot try that, it checks the words and your role, and says so. account add and release say what they would do."
        ),
        Field("yes", \.yes, "Do it without asking."),
        Field("confirm", \.confirm, "The name that a dangerous command asks for, given beforehand."),
        Field("socket", \.socket, "The daemon's control socket; else WAPRO_SOCKET, else \(defaultSocket)."),
        Field("session_file", \.sessionFile, "A file with the token of a session (session login), in which it is done; else WAPRO_SESSION.")
    )

    /// One letter for what is written often.
    static let letters = ["-o": "--output", "-q": "--quiet", "-v": "--verbose", "-n": "--dry-run", "-y": "--yes", "-h": "--help"]

    /// Options that answer instead of the command.
    static let answers: [(option: String, doc: String)] = [
        ("--help", "Show what a command, or a noun, takes."),
        ("--version", "Without a command: show the version of waproctl and of the protocol."),
    ]

    var format: Output { output ?? .table }
}

/// How a result is printed.
enum Output: String, WireChoice {
    case table, json, ndjson, csv, tsv, value

    var slug: String { rawValue }
    init?(slug: String) { self.init(rawValue: slug) }
}

enum ColorChoice: String, WireChoice {
    case auto, always, never

    var slug: String { rawValue }
    init?(slug: String) { self.init(rawValue: slug) }
}

/// A time to wait, as people write it: `500ms`, `30s`, `5m`, `2h`.
struct Patience: WireValue {
    let duration: Duration

    static var wireType: WireType { .text(nil) }

    static func decode(_ json: JSONValue, _ reading: Reading) throws(Mismatch) -> Patience {
        guard let duration = json.text.flatMap({ DurationText.parse($0) }), duration > .zero else {
            throw Mismatch("must be a time such as 500ms, 30s or 5m")
        }
        return Patience(duration: duration)
    }

    var encoded: JSONValue? { .string(DurationText.render(duration)) }
}
