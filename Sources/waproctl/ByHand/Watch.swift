import WaproCore
import WaproRPC

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
    /// Before looking again for a daemon that is away.
    private static let absence = Duration.seconds(2)

    func run(_ globals: Globals) async throws {
        try await run(globals, try Printer(globals, CampaignReport.Reply.wireType))
    }

    /// - Parameter tellsSuccess: whether the report is printed of what went well.
    func run(_ globals: Globals, _ printer: Printer, tellsSuccess: Bool = true) async throws {
        let outside = Surroundings.current
        outside.onInterrupt("\nThe campaign goes on; \(Advice.command(Self.name, campaign)) follows it again.\n")
        let report = try await watch(globals, outside)
        let wentWell = report.state.known == .finished || isDeferred(report)
        if tellsSuccess || !wentWell { try printer.print(report.json, as: CampaignReport.Reply.self, table: ReportView.lines) }
        if !wentWell {
            throw Ending(Ending.refused, "The campaign is \(report.state.slug). \(report.heldBecause ?? "")")
        }
    }

    private func isDeferred(_ report: CampaignReport.Reply) -> Bool {
        let (counts, inAnHour) = (report.counts, WallClock.live.now().advanced(by: .seconds(3600)))
        return untilDeferred && report.state.known == .running && counts.pending == 0 && counts.sending == 0
            && counts.waiting == report.deferred && report.etaAt.map { $0 > inAnHour } ?? false
    }

    private func watch(_ globals: Globals, _ outside: Surroundings) async throws -> CampaignReport.Reply {
        let deadline = globals.timeout.map { outside.now() + $0.duration }
        var looks = 0
        while true {
            let left = deadline.map { outside.now().duration(to: $0) }
            if let left, left <= .zero { throw Ending(Ending.tryLater, "\(campaign) has not ended yet; it goes on.") }
            let report: CampaignReport.Reply
            do {
                let reply = try await globals.ask(
                    CampaignReport.name,
                    CampaignReport(campaign: campaign).json,
                    key: nil,
                    timeout: min(left ?? Globals.patience, Globals.patience)
                )
                report = try CampaignReport.Reply.decode(reply, .tolerant)
            } catch let ending as Ending where [Ending.tryLater, Ending.unavailable].contains(ending.status) && looks > 0 {
                // It was there, and it will be there again: the campaign does not end with the daemon.
                try await outside.pause(Self.absence)
                continue
            }
            let isOver = [.finished, .cancelled, .held].contains(report.state.known) || isDeferred(report)
            if let line = outside.progress {
                line.show(ReportView.progress(report))
            } else if !globals.quiet, isOver || looks % Self.looksPerLine == 0 {
                outside.complain("\(ReportView.progress(report))\n")
            }
            if isOver { return report }
            looks += 1
            try await outside.pause(Self.look)
        }
    }
}
