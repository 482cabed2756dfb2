import ArgumentParser
import WaproRPC
import WaproWire

/// The options that every command has.
struct Globals: ParsableArguments {
    enum Output: String, ExpressibleByArgument, CaseIterable {
        case table
        case json
    }

    @Option(name: [.short, .long], help: "How to print the result: table or json.")
    var output = Output.table

    @Option(help: "The daemon's control socket; else WAPRO_SOCKET, else \(Globals.defaultSocket).")
    var socket: String?

    static let defaultSocket = "/run/waprod/control.sock"
    /// As they are written on a command line, with a value each.
    static let names = ["-o", "--output", "--socket"]

    /// Runs `body` with a client of the daemon.
    func connect(_ body: @escaping @Sendable (Client<LineClient>) async throws -> Void) async throws {
        let outside = Surroundings.current
        let path = socket ?? outside.variable("WAPRO_SOCKET").flatMap { $0.isEmpty ? nil : $0 } ?? Self.defaultSocket
        do {
            try await outside.connect(path, body)
        } catch let failure as CallFailure {
            throw Ending(failure)
        }
    }
}
