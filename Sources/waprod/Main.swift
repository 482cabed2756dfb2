// waprod: the daemon's program. A tour:
//
// * `Waprod`, here, reads the command line, the configuration and the environment, and runs `Daemon`.
// * `Demo` runs the daemon together with a simulated Meta and drives it with waproctl, as a person would.

import ArgumentParser
import Logging
import WaproDaemon

#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The daemon.
@main
struct Waprod: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waprod",
        abstract: "Send and receive WhatsApp business messages.",
        discussion: """
            Runs in the foreground and stops cleanly on SIGTERM; systemd starts it as waprod.service. It is controlled with waproctl.

            Without a configured account it takes one from WHATSAPP_TOKEN, WHATSAPP_PHONE_NUMBER_ID, WHATSAPP_BUSINESS_ACCOUNT_ID,
            WHATSAPP_APP_SECRET and WHATSAPP_VERIFY_TOKEN in the environment. See waprod(8) and waprod.yaml(5).
            """,
        version: "waprod \(Daemon.version)",
        subcommands: [Demo.self]
    )

    @Option(help: ArgumentHelp("The configuration file; \(Configuration.defaultPath) when it is there.", valueName: "file"))
    var config: String?

    @Flag(help: "Read and check the configuration, say what is wrong with it, and stop.")
    var checkConfig = false

    @Flag(help: "Keep the store in memory: everything is gone at the end. For trying things out.")
    var memory = false

    func run() async throws {
        // Whatever we make holds people's numbers: nobody else reads it. The control socket gets its own mode.
        umask(0o077)
        PrivateMemory.begin()
        let environment = Environment.current
        let supervision = Supervision.live
        var configuration: Configuration
        do {
            configuration = try Configuration.load(
                path: config,
                environment: environment,
                secrets: checkConfig ? .whereReachable : .required
            )
        } catch {
            throw Self.ending(.configuration(error), supervision)
        }
        if checkConfig {
            for credential in configuration.unchecked { print("not checked here: \(credential)") }
            print("The configuration is good: \(configuration.numbers.count) numbers, \(configuration.accounts.count) accounts.")
            return
        }
        if memory { configuration.store.path = ":memory:" }
        let destination = LogDestination.detected(environment: environment)
        let level = configuration.log.level
        LoggingSystem.bootstrap { destination.handler(label: $0, level: level) }
        do {
            try await Daemon(configuration, supervision: supervision, logger: Logger(label: "waprod")).run()
        } catch {
            throw Self.ending(error, supervision)
        }
    }

    /// Says why once, to systemd and on stderr, and ends with the failure's own code.
    static func ending(_ failure: DaemonFailure, _ supervision: Supervision) -> ExitCode {
        supervision.failed("\(failure)", failure.systemError)
        let words = "waprod: \(failure)\n"
        _ = words.withCString { write(STDERR_FILENO, $0, strlen($0)) }
        return ExitCode(failure.exitCode)
    }
}

/// The process's environment.
enum Environment {
    static var current: [String: String] {
        var values: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            if let equals = text.firstIndex(of: "=") { values[String(text[..<equals])] = String(text[text.index(after: equals)...]) }
            next += 1
        }
        return values
    }
}
