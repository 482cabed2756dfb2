import ArgumentParser
import MetaSim
import WaproDaemon
import WaproRPC
import WaproWire

#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What a demo does, step by step: each step is a waproctl command that is shown and run.
struct DemoStory: Sendable {
    let stage: DemoStage
    let doors: Doors
    let audience: DemoAudience

    private static let campaign = "autumn"

    /// Tells the story; true when everybody is accounted for and nobody got two messages.
    func tell() async throws -> Bool {
        print("A simulated Meta and waprod are running; everything is in \(stage.folder.path)\n")
        guard await stage.simulator.verifyCallbacks() else { throw ValidationError("The webhook handshake failed.") }
        try run("contact", "import", stage.folder.file("contacts.csv"), "--list", "customers")
        try run("template", "sync")
        try run(
            "campaign",
            "create",
            Self.campaign,
            "offers",
            "autumn_offer",
            "--language",
            "en_GB",
            "--list",
            "customers",
            "--parameter",
            "1={{first_name|there}}",
            "--parameter",
            "2=20%"
        )
        try run("campaign", "start", Self.campaign, "--yes")
        try run("campaign", "watch", Self.campaign, "--until-deferred", mayFail: true)
        print("\nWaiting for the statuses and replies that are still on their way …")
        await stage.simulator.settled()
        try await applied()
        try run("message", "list", "--direction", "inbound", "--limit", "5")
        try run("campaign", "report", Self.campaign)
        return try await check()
    }

    func sayHowToLookAround() {
        print(
            """

            Look around from another terminal, then press Ctrl-C here:
              export WAPRO_SOCKET=\(doors.control)
              waproctl status
              waproctl campaign report \(Self.campaign)
              waproctl campaign recipients \(Self.campaign) --state failed
              waproctl message list --limit 20
              waproctl event follow
            """
        )
    }

    /// What the other side says: how many people got the message, and how often.
    private func check() async throws -> Bool {
        let report = try await UnixClient.connect(doors.control) { try await $0(CampaignReport(campaign: Self.campaign)) }
        let counts = report.counts
        let settled =
            counts.accepted + counts.sent + counts.delivered + counts.read + counts.played + counts.failed + counts.inDoubt + counts.skipped
            + report.deferred
        let ledger = stage.simulator.ledger
        let twice = ledger.duplicates(.recipient).count
        print(
            "\nThe simulated Meta's ledger: \(ledger.recipientCount) people, \(ledger.count) messages, \(twice) people with more than one."
        )
        print("waprod's states add up to \(settled) of \(report.total) recipients.")
        let isWhole = settled == report.total && twice == 0 && report.total > 0
        print(isWhole ? "Everybody is accounted for, and nobody got the message twice." : "This does not add up: that is a defect.")
        return isWhole
    }

    /// Waits until every webhook that was answered is applied.
    private func applied() async throws {
        try await UnixClient.connect(doors.control) { waprod in
            for _ in 0..<600 {
                if try await waprod(SystemStatus()).webhook.pending == 0 { return }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    private func run(_ words: String..., mayFail: Bool = false) throws {
        print("\n$ waproctl \(words.map { $0.contains(where: { " |{}%".contains($0) }) ? "'\($0)'" : $0 }.joined(separator: " "))")
        fflush(nil)
        let status = try Program.run(Program.waproctl(), words + ["--socket", doors.control])
        guard status == 0 || mayFail else { throw ExitCode(status) }
    }
}

/// Other programs, run as a person would.
enum Program {
    /// waproctl beside this program, as a build and a package put it.
    static func waproctl() throws -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let own = String(decoding: buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        let folder = own.split(separator: "/").dropLast().joined(separator: "/")
        for candidate in ["/\(folder)/waproctl", "/usr/bin/waproctl"] where access(candidate, X_OK) == 0 { return candidate }
        throw ValidationError("waproctl is not beside waprod; build it too (swift build --product waproctl).")
    }

    /// Runs a program with our terminal and returns its exit status.
    static func run(_ path: String, _ arguments: [String]) throws -> Int32 {
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { (word: String) in strdup(word) }
        defer { for word in words { free(word) } }
        words.append(nil)
        var child: pid_t = 0
        let failure = posix_spawn(&child, path, nil, nil, words, environ)
        guard failure == 0 else { throw ValidationError("\(path) cannot be run: \(String(cString: strerror(failure))).") }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 { guard errno == EINTR else { return 70 } }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }
}
