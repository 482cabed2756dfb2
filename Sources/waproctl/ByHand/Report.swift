import WaproRPC

/// `waproctl campaign report`
struct Report: ByHand {
    let campaign: String

    static let name = "campaign report"
    static let doc = CampaignReport.doc
    static var method: (any Method.Type)? { CampaignReport.self }
    static let shape = Shape(Self.init, Field("campaign", \.campaign, "Its identifier or name."))

    func run(_ globals: Globals) async throws {
        let printer = try Printer(globals, CampaignReport.Reply.wireType)
        let reply = try await globals.ask(CampaignReport.name, CampaignReport(campaign: campaign).json, key: nil)
        try printer.print(reply, as: CampaignReport.Reply.self, table: ReportView.lines)
    }
}
