// wapro-torture: breaks a real daemon on purpose and checks from outside that it kept its promises.
//
// A simulated Meta in this process keeps the ledger of what reached each phone; waprod runs as a child and is killed at random
// moments of a campaign, and started again, until the campaign is over. Then: nobody twice, nobody lost, nobody unexplained.

import ArgumentParser
import MetaSim
import WaproCore
import WaproRPC
import WaproWire

@main
struct Torture: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wapro-torture",
        abstract: "Kill waprod at random moments of a campaign, and check that nobody was messaged twice or lost.",
        discussion: "waprod must be beside this program. Traffic stays on loopback. Ends with status 1 when a promise was broken."
    )

    @Option(help: "How often to kill it with SIGKILL.")
    var kills = 25

    @Option(help: "How many people the campaign goes to.")
    var recipients = 2000

    @Option(help: "What the random moments follow from; the same seed kills at the same times.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (0...100_000).contains(kills), (1...1_000_000).contains(recipients) else {
            throw ValidationError("--kills must be 0 to 100000 and --recipients 1 to 1000000.")
        }
    }

    func run() async throws {
        let victim = try await Victim(recipients: recipients)
        let result: Result<Bool, any Error>
        do { result = .success(try await torture(victim)) } catch { result = .failure(error) }
        await victim.bury()
        guard try result.get() else { throw ExitCode(1) }
    }

    private func torture(_ victim: Victim) async throws -> Bool {
        var dice = Dice(seed: seed)
        try await victim.start()
        try await victim.beginCampaign()
        var done = 0
        while done < kills {
            try await Task.sleep(for: .milliseconds(dice.next(below: 400) + 20))
            victim.kill()
            done += 1
            try await victim.start()
            if try await victim.report().state.slug == "finished" { break }
        }
        let report = try await victim.finishedReport()
        let ledger = victim.simulator.ledger
        let sum = report.counts.sum
        let twice = ledger.duplicates(.recipient).count
        let unexplained = Int64(recipients - ledger.recipientCount) - report.counts.inDoubt
        print("kills \(done), recipients \(report.total), messages \(ledger.count)")
        print("twice \(twice), lost \(report.total - sum), in doubt \(report.counts.inDoubt), unexplained \(unexplained)")
        return twice == 0 && sum == report.total && report.total == Int64(recipients) && unexplained == 0
    }
}

/// SplitMix64: small, and the same everywhere.
struct Dice {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}

extension RecipientCounts {
    /// Everybody, whatever their state.
    var sum: Int64 {
        pending + waiting + sending + inDoubt + accepted + sent + delivered + read + played + failed + skipped + cancelled + expired
    }
}
