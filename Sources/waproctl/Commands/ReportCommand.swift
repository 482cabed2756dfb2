import ArgumentParser
import WaproRPC
import WaproWire

/// `waproctl campaign report`
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "report", abstract: CampaignReport.doc.summary)

    @Argument(help: "Its identifier or name.") var campaign: String
    @OptionGroup var globals: Globals

    func run() async throws {
        let outside = Surroundings.current
        try await globals.connect { client in
            let report = try await client(CampaignReport(campaign: campaign))
            switch globals.output {
            case .json: outside.print(TerminalText(json: report.json))
            case .table: outside.printLines(ReportView.lines(report))
            }
        }
    }
}
