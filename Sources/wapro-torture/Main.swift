// wapro-torture: breaks a real daemon on purpose and checks from outside that it kept its promises.
//
//   Main        the command line, and the summary
//   Torture     the load and the kills, at once, until there were enough
//   Victim      waprod as a child process, and calls that are repeated until they are answered
//   Campaigns, Chats, Writers   the load: campaigns in a row, replies to people who wrote, people who only write
//   Book        the outside ledger: what was promised, and never read back from the daemon
//   Verdict     the book against what reached the phones (the simulator's ledger) and against what the daemon says

import ArgumentParser

@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wapro-torture",
        abstract: "Kill waprod at random moments under load, and check that nobody was messaged twice and nothing was lost.",
        discussion: """
            waprod must be beside this program. Traffic stays on loopback. Campaigns follow each other until there were enough kills; \
            replies and webhooks come all the while. The last line sums up; ends with status 1 when a promise was broken, and then the \
            daemon's folder is kept.
            """
    )

    @Option(help: "How often to kill it with SIGKILL.")
    var kills = 25

    @Option(help: "How many people each campaign goes to.")
    var recipients = 2000

    @Option(help: "What the random moments follow from.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (0...100_000).contains(kills), (1...1_000_000).contains(recipients) else {
            throw ValidationError("--kills must be 0 to 100000 and --recipients 1 to 1000000.")
        }
    }

    func run() async throws {
        let torture = try await Torture(kills: kills, recipients: recipients, seed: seed)
        do {
            let verdict = try await torture.run()
            for words in verdict.words { print(words) }
            if !verdict.isGood { print("The daemon's folder is kept: \(torture.victim.folder)") }
            await torture.victim.bury(keepsFolder: !verdict.isGood)
            print(verdict.summary)
            guard verdict.isGood else { throw ExitCode(1) }
        } catch let error as ExitCode {
            throw error
        } catch {
            print("The daemon's folder is kept: \(torture.victim.folder)")
            await torture.victim.bury(keepsFolder: true)
            print("Not finished: \(error)")
            throw ExitCode(1)
        }
    }
}
