import WaproCore
import WaproRPC
import WaproWire

/// `waproctl campaign watch`: shows how a campaign goes until it has ended. It may be started before the campaign is.
struct Watch: ByHand {
    let campaign: String
    let untilDeferred: Bool

    static let name = "campaign watch"
    static let doc = Doc(
        "Watch a campaign until it has ended, then report.",
        details: """
            Ends with status 1 when the campaign was cancelled or held, and with 75 when --timeout is over before. Ctrl-C ends the watching, not \
            the campaign.
            """
    )
    static var method: (any Method.Type)? { CampaignReport.self }
    static let shape = Shape(
        Self.init,
        Field("campaign", \.campaign, "Its identifier or name."),
        Field(
            "until_deferred",
            \.untilDeferred,
            "End as well when everybody who is left was deferred by Meta, the last of them for an hour or longer."
        )
    )

    /// How often to look: on a terminal, and in lines of a log.
    private static let look = Duration.milliseconds(500)
    private static let looksPerLine = 20

    func run(_ globals: Globals) async throws {
        let outside = Surroundings.current
        let printer = try Printer(globals, CampaignReport.Reply.wireType)
        outside.onInterrupt("\nThe campaign goes on; waproctl campaign watch \(campaign) follows it again.\n")
        try await globals.connect { client in
            let report = try await watch(client, globals, outside)
            try printer.print(report.json, as: CampaignReport.Reply.self, table: ReportView.lines)
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

    private func watch(_ client: Client<LineClient>, _ globals: Globals, _ outside: Surroundings) async throws -> CampaignReport.Reply {
        let deadline = globals.timeout.map { ContinuousClock.now + $0.duration }
        var looks = 0
        while true {
            let report = try await client(CampaignReport(campaign: campaign))
            let isOver = [.finished, .cancelled, .held].contains(report.state.known) || isDeferred(report)
            if globals.quiet {
                // Only the report, at the end.
            } else if outside.errorsAreTerminal {
                outside.complain("\r\(ReportView.progress(report))\u{1B}[K\(isOver ? "\n" : "")")
            } else if isOver || looks % Self.looksPerLine == 0 {
                outside.complain("\(ReportView.progress(report))\n")
            }
            if isOver { return report }
            if let deadline, .now >= deadline { throw Ending(Ending.tryLater, "\(campaign) has not ended yet; it goes on.") }
            looks += 1
            try await outside.pause(Self.look)
        }
    }
}
