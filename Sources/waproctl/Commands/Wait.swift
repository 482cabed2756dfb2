import WaproRPC

/// `--wait`: stays until what a command began has ended.
enum Wait {
    private static let methods: Set<String> = [CampaignStart.name, CampaignResume.name]

    static func require(_ method: String) throws(Ending) {
        guard !methods.contains(method) else { return }
        throw Ending(Ending.usage, "--wait has nothing to wait for: the command has ended when its result is there.")
    }

    /// What follows a campaign; made before the campaign is started, so that nothing is wrong with it then.
    static func end(of parameters: JSONValue, _ globals: Globals) throws(Ending) -> () async throws -> Void {
        let printer = try Printer(globals, CampaignReport.Reply.wireType)
        let watch = Watch(campaign: parameters["campaign"]?.text ?? "", untilDeferred: false)
        return { try await watch.run(globals, printer, tellsSuccess: !globals.quiet) }
    }
}
