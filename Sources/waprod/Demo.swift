import ArgumentParser
import Logging
import MetaSim
import ServiceLifecycle
import Synchronization
import WaproCore
import WaproDaemon
import WaproRPC
import WaproWire

/// `waprod demo`: the daemon and a simulated Meta in one process, driven by the same waproctl that an administrator uses.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show a whole campaign on this machine, against a simulated Meta.",
        discussion: """
            Starts a simulated Meta and the daemon on loopback, with a state folder of its own; imports contacts from a CSV, syncs
            templates, sends a campaign, shows statuses and replies arriving, and prints the report. Nothing leaves the machine.
            It stays up, to be looked at with waproctl, until Ctrl-C, or ends by itself with --exit.
            """
    )

    @Option(help: "How many people to write to; beyond the CSV's rows they are made up.")
    var recipients = 1000

    @Option(
        help: ArgumentHelp(
            "A CSV of contacts to begin with; without it, the sample that comes with wapro when it is found.",
            valueName: "file"
        )
    )
    var contacts: String?

    @Option(help: "Messages a second that the simulated Meta allows the number; 1000 is the most that Meta allows.")
    var rate = 1000

    @Option(help: ArgumentHelp("Keep the state in this folder instead of a temporary one.", valueName: "folder"))
    var state: String?

    @Flag(help: "End when everything has been shown. Status 1 when somebody is not accounted for, or got two messages.")
    var exit = false

    func validate() throws {
        guard (1...1_000_000).contains(recipients) else { throw ValidationError("--recipients must be 1 to 1000000.") }
        guard (1...1_000_000).contains(rate) else { throw ValidationError("--rate must be 1 to 1000000.") }
    }

    func run() async throws {
        LoggingSystem.bootstrap { LogDestination.plain.handler(label: $0, level: .warning) }
        let folder = try DemoFolder(at: state)
        defer { folder.removeIfTemporary() }
        let stage = DemoStage(folder: folder, rate: rate)
        let audience = try DemoAudience(csv: contacts, count: recipients)
        try folder.write(audience.csv, as: "contacts.csv")
        let endpoints = try await stage.simulator.start()
        let result: Result<Bool, any Error>
        do {
            result = .success(try await play(stage, endpoints, audience))
        } catch {
            result = .failure(error)
        }
        await stage.simulator.stop()
        guard try result.get() else { throw ExitCode(1) }
    }

    /// Runs the daemon until the story is told, and with it the story.
    private func play(_ stage: DemoStage, _ endpoints: Endpoints, _ audience: DemoAudience) async throws -> Bool {
        let configuration = try stage.configuration(endpoints)
        let (opened, open) = AsyncStream.makeStream(of: Doors.self)
        return try await withThrowingTaskGroup(of: Bool?.self) { group in
            group.addTask {
                do {
                    try await Daemon(configuration, supervision: .unsupervised, logger: Logger(label: "waprod")).run(signals: !exit) {
                        open.yield($0)
                    }
                } catch let failure as DaemonFailure {
                    throw Waprod.ending(failure, .unsupervised)
                }
                open.finish()
                return nil
            }
            group.addTask {
                for await doors in opened {
                    guard stage.connect(doors) else { break }
                    let story = DemoStory(stage: stage, doors: doors, audience: audience)
                    let isWhole = try await story.tell()
                    if !exit { story.sayHowToLookAround() }
                    return isWhole
                }
                return nil
            }
            var isWhole = true
            while let outcome = try await group.next() {
                guard let outcome else { break }
                isWhole = outcome
                if exit { group.cancelAll() }
            }
            return isWhole
        }
    }
}
