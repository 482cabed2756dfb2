// metasim: the simulated Meta as a program of its own, for people at a shell and for tests in other languages.
//
// Everything that it does is in the library MetaSim; this reads the command line, prints where it answers, and waits.

import ArgumentParser
import FoundationEssentials
import Glibc
import Logging
import MetaSim
import ServiceLifecycle
import UnixSignals

/// `metasim`: the simulator as a program. Prints where it answers and what to use, stays up until SIGINT or SIGTERM.
@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metasim",
        abstract: "A stand-in for Meta's WhatsApp Cloud API on this machine.",
        discussion: """
            Prints the base URL, the ids, the token and the secrets of its world, then answers until SIGINT or SIGTERM. Everything else \
            can be turned while it runs: curl http://127.0.0.1:PORT/_sim/

            Magic numbers: a recipient that ends in 99 and six digits misbehaves on purpose.

            \(MagicNumber.table.map { "  …99\($0.code)  \($0.meaning)" }.joined(separator: "\n"))
            """
    )

    @Option(help: "Port for HTTP; 0 takes a free one.")
    var port = 0

    @Option(help: "Port for HTTPS (HTTP/1.1 and HTTP/2); 0 takes a free one. Without it there is no HTTPS.")
    var httpsPort: Int?

    @Option(help: "Address to listen at. Whoever can reach it can turn every knob.")
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("Write the certificate authority that HTTPS clients must trust to this file.", valueName: "file"))
    var writeCA: String?

    @Option(help: ArgumentHelp("Where webhooks go, http:// only.", valueName: "url"))
    var callback: String?

    @Option(help: ArgumentHelp("Use these templates: a message_templates listing, an array, or one template, as JSON.", valueName: "file"))
    var templates: String?

    @Option(help: "Milliseconds that an answer takes.")
    var latency = 0

    @Option(help: "Milliseconds that an answer takes more, at random.")
    var jitter = 0

    @Option(parsing: .unconditional, help: "Messages a second and number; 0: by the number's level (80 or 1,000), -1: no limit.")
    var throughput = 0

    @Option(help: "Multiplies the delays of statuses, replies and retries; 0.01 makes a minute 0.6 seconds.")
    var timeScale = 1.0

    @Option(help: "Every random choice follows from this number.")
    var seed: UInt64 = 1

    @Option(
        name: .customLong("knob"),
        help: ArgumentHelp("Any other knob, e.g. --knob read_share=0.9. May be repeated.", valueName: "name=value")
    )
    var settings: [String] = []

    @Flag(help: "Print the whole world as JSON instead of the summary.")
    var printWorld = false

    @Flag(help: "Print all knobs with their values as JSON and exit.")
    var printKnobs = false

    func run() async throws {
        var configuration = Configuration()
        configuration.host = host
        configuration.httpPort = port
        configuration.httpsPort = httpsPort
        configuration.seed = seed
        configuration.knobs = try knobs()
        if let templates { try use(templates, in: &configuration.world) }
        if printKnobs { return say(configuration.knobs.text) }
        let simulator = MetaSim(configuration)
        let endpoints: Endpoints
        do {
            if let callback, !simulator.setCallback(callback) {
                throw ValidationError("--callback must be an http:// URL, not \(callback).")
            }
            endpoints = try await simulator.start()
        } catch let error as ValidationError {
            await simulator.stop()
            throw error
        } catch {
            await simulator.stop()
            throw ValidationError("Cannot listen at \(host), or cannot use the certificate: \(error)")
        }
        if let writeCA, let authority = endpoints.authority {
            try authority.write(toFile: writeCA, atomically: true, encoding: .utf8)
        }
        say(printWorld ? simulator.worldText : summary(endpoints))
        var logger = Logger(label: "metasim")
        logger.logLevel = .error
        try await ServiceGroup(services: [simulator], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger).run()
    }

    /// Straight to the descriptor: whoever reads a pipe or a file waits for these lines.
    private func say(_ text: String) {
        let line = text + "\n"
        _ = line.utf8.withContiguousStorageIfAvailable { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    }

    private func knobs() throws -> Knobs {
        var knobs = Knobs()
        knobs.latencyMilliseconds = latency
        knobs.latencyJitterMilliseconds = jitter
        knobs.throughputPerSecond = throughput
        knobs.timeScale = timeScale
        for setting in settings {
            let sides = setting.split(separator: "=", maxSplits: 1)
            guard sides.count == 2 else { throw ValidationError("--knob is name=value, not \(setting).") }
            do { try knobs.set(String(sides[0]), to: String(sides[1])) } catch { throw ValidationError("--knob \(setting): \(error)") }
        }
        return knobs
    }

    private func use(_ path: String, in world: inout World) throws {
        let read: [Template]
        do {
            read = try Template.read(String(contentsOfFile: path, encoding: .utf8))
        } catch let error as TemplateUnreadable {
            throw ValidationError("--templates \(path): \(error)")
        } catch {
            throw ValidationError("--templates \(path): the file cannot be read as UTF-8 text.")
        }
        for index in world.accounts.indices { world.accounts[index].templates = read }
    }

    private func summary(_ endpoints: Endpoints) -> String {
        var lines: [String] = []
        if let http = endpoints.http { lines.append("http             \(http)") }
        if let https = endpoints.https { lines.append("https            \(https)") }
        lines += [
            "account          \(StandardWorld.accountID)",
            "phone number id  \(StandardWorld.phoneNumberID) (80 a second), \(StandardWorld.highThroughputPhoneNumberID) (1,000 a second)",
            "token            \(StandardWorld.accessToken)",
            "app              \(StandardWorld.appID)",
            "app secret       \(StandardWorld.appSecret)",
            "verify token     \(StandardWorld.verifyToken)",
        ]
        if let http = endpoints.http ?? endpoints.https { lines.append("knobs, ledger    curl \(http)/_sim/") }
        return lines.joined(separator: "\n")
    }
}
