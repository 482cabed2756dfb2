import WaproRPC
import WaproWire

/// The outside of a command, so that tests can be it.
struct Surroundings: Sendable {
    /// Prints lines to stdout, many of them in a pager when `usesPager`; `inColor`, with what `TerminalText` has of it.
    var write: @Sendable (_ lines: [TerminalText], _ inColor: Bool, _ usesPager: Bool) -> Void
    /// Prints to stderr, a line's end only where the text has one.
    var complain: @Sendable (TerminalText) -> Void
    /// Columns of the terminal that stdout is; nil when it is none, and then nothing is cut.
    var outputWidth: Int?
    /// Whether a terminal reads what is printed to stdout.
    var outputIsTerminal: Bool
    /// Whether a person types what is read from stdin.
    var inputIsTerminal: Bool
    /// Whether progress can be redrawn on stderr.
    var errorsAreTerminal: Bool
    /// Columns that the terminal has now that stderr is; nil when it is none.
    var errorsWidth: @Sendable () -> Int?
    /// The value of an environment variable.
    var variable: @Sendable (String) -> String?
    /// A fresh idempotency key.
    var key: @Sendable () -> String
    /// Reads a file (`-`: stdin) from its beginning, so many bytes at a time; the last piece is shorter or empty.
    var read: @Sendable (String) throws -> PieceReader
    /// What time it is for whoever waits.
    var now: @Sendable () -> ContinuousClock.Instant
    /// Waits before looking again.
    var pause: @Sendable (Duration) async throws -> Void
    /// Asks a person, who answers with a line; nil when there is no terminal to ask at.
    var prompt: @Sendable (TerminalText) -> String?
    /// As `prompt`, and what is typed is not shown.
    var askSecret: @Sendable (TerminalText) -> String?
    /// Shows a page of the manual; false when there is none.
    var showManual: @Sendable (String) -> Bool
    /// What is said when Ctrl-C ends the command; until it is called, nothing.
    var onInterrupt: @Sendable (TerminalText) -> Void
    /// Connects to the daemon at a path and runs the body with a client.
    var connect: @Sendable (String, ClientOptions, @escaping @Sendable (Client<LineClient>) async throws -> Void) async throws -> Void

    /// What a command line chose.
    private(set) var inColor = false
    private(set) var usesPager = false
    /// Where progress is drawn; nil when it is not.
    private(set) var progress: ProgressLine?

    @TaskLocal static var current = Surroundings.live

    func printLines(_ lines: [TerminalText]) { write(lines, inColor, usesPager) }

    /// Prints a line at once.
    func print(_ line: TerminalText) { write([line], inColor, false) }

    /// With the colour, the pager and the line of progress that the options ask for. Whatever is printed finds that line gone.
    func adapted(to globals: Globals) -> Surroundings {
        var outside = self
        // Such a terminal can neither go back in a line nor be paged.
        let isDumb = variable("TERM") == "dumb"
        let isPlain = !outputIsTerminal || variable("NO_COLOR").map { !$0.isEmpty } ?? false || isDumb
        outside.inColor =
            switch globals.color ?? .auto {
            case .always: true
            case .never: false
            case .auto: !isPlain
            }
        outside.usesPager = outputIsTerminal && !globals.noPager && globals.format == .table && !isDumb
        guard errorsAreTerminal, !isDumb, !globals.quiet else { return outside }
        let line = ProgressLine(width: errorsWidth, write: complain)
        outside.progress = line
        outside.write = { [write] lines, inColor, usesPager in
            line.clear()
            write(lines, inColor, usesPager)
        }
        outside.complain = { [complain] text in
            line.clear()
            complain(text)
        }
        return outside
    }
}

/// Gives the next bytes of a file, at most so many; none at its end.
struct PieceReader: Sendable {
    let next: @Sendable (Int) throws -> [UInt8]
}
