import WaproRPC

/// `--wait`: stays until what a command began has ended.
enum Wait {
    private static let methods: Set<String> = [CampaignStart.name, CampaignResume.name]

    static func require(_ method: String) throws(Ending) {
        guard !methods.contains(method) else { return }
        throw Ending(Ending.usage, "--wait has nothing to wait for: the command has ended when its result is there.")
    }

    static func follow(_ method: String, _ parameters: JSONValue, _ globals: Globals) async throws {
        try await Watch(campaign: parameters["campaign"]?.text ?? "", untilDeferred: false).run(globals)
    }
}
