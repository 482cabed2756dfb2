import WaproRPC
import WaproWire

/// The outside of a command, so that tests can be it.
struct Surroundings: Sendable {
    /// Prints a line to stdout.
    var print: @Sendable (TerminalText) -> Void
    /// Prints to stderr, a line's end only where the text has one.
    var complain: @Sendable (TerminalText) -> Void
    /// Columns of the terminal that stdout is; nil when it is none, and then nothing is cut.
    var outputWidth: Int?
    /// Whether progress can be redrawn on stderr.
    var errorsAreTerminal: Bool
    /// The value of an environment variable.
    var variable: @Sendable (String) -> String?
    /// A fresh idempotency key.
    var key: @Sendable () -> String
    /// Reads a file (`-`: stdin) from its beginning, so many bytes at a time; the last piece is shorter or empty.
    var read: @Sendable (String) throws -> PieceReader
    /// Waits before looking again.
    var pause: @Sendable (Duration) async throws -> Void
    /// Connects to the daemon at a path and runs the body with a client.
    var connect: @Sendable (String, @escaping @Sendable (Client<LineClient>) async throws -> Void) async throws -> Void

    @TaskLocal static var current = Surroundings.live

    func printLines(_ lines: [TerminalText]) {
        for line in lines { print(line) }
    }
}

/// Gives the next bytes of a file, at most so many; none at its end.
struct PieceReader: Sendable {
    let next: @Sendable (Int) throws -> [UInt8]
}
