import ArgumentParser
import WaproCore
import WaproRPC
import WaproWire

/// `waproctl campaign watch`: shows how a campaign goes until it has ended. It may be started before the campaign is.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Watch a campaign until it has ended, then report.",
        discussion: "Ends with status 1 when the campaign was cancelled or held. Ctrl-C ends the watching, not the campaign."
    )

    @Argument(help: "Its identifier or name.") var campaign: String
    @Flag(help: "End as well when everybody who is left was deferred by Meta, the last of them for an hour or longer.")
    var untilDeferred = false
    @OptionGroup var globals: Globals

    /// How often to look: on a terminal, and in lines of a log.
    private static let look = Duration.milliseconds(500)
    private static let looksPerLine = 20

    func run() async throws {
        let outside = Surroundings.current
        try await globals.connect { client in
            let report: CampaignReport.Reply
            do { report = try await watch(client, outside) } catch let failure as CallFailure { throw Ending(failure) }
            switch globals.output {
            case .json: outside.print(TerminalText(json: report.json))
            case .table: outside.printLines(ReportView.lines(report))
            }
            if report.state.known != .finished, !isDeferred(report) {
                throw Ending(Ending.refused, "The campaign is \(report.state.slug). \(report.heldBecause ?? "")")
            }
        }
    }

    private func isDeferred(_ report: CampaignReport.Reply) -> Bool {
        let (counts, inAnHour) = (report.counts, WallClock.live.now().advanced(by: .seconds(3600)))
        return untilDeferred && report.state.known == .running && counts.pending == 0 && counts.sending == 0
            && counts.waiting == report.deferred && report.etaAt.map { $0 > inAnHour } ?? false
    }

    private func watch(_ client: Client<LineClient>, _ outside: Surroundings) async throws -> CampaignReport.Reply {
        var looks = 0
        while true {
            let report = try await client(CampaignReport(campaign: campaign))
            let isOver = [.finished, .cancelled, .held].contains(report.state.known) || isDeferred(report)
            if outside.errorsAreTerminal {
                outside.complain("\r\(ReportView.progress(report))\u{1B}[K\(isOver ? "\n" : "")")
            } else if isOver || looks % Self.looksPerLine == 0 {
                outside.complain("\(ReportView.progress(report))\n")
            }
            if isOver { return report }
            looks += 1
            try await outside.pause(Self.look)
        }
    }
}
