import WaproRPC

/// Every command there is: a verb for each method, and those that are written by hand.
enum Commands {
    /// In the order of the help.
    static let nouns: [(noun: String, summary: String)] = [
        ("campaign", "Messages to many."),
        ("contact", "People who can be written to."),
        ("import", "Imports of contacts, past and present."),
        ("template", "Message templates, as Meta has them."),
        ("message", "Single messages, in and out."),
        ("event", "What happens, as it happens."),
        ("account", "WhatsApp Business Accounts: connect, check, give a new token."),
        ("number", "Business numbers."),
        ("system", "The daemon itself."),
        ("user", "People for whom tools call."),
        ("session", "Logins of such people, and their ends."),
        ("audit", "Who changed what, and who was refused."),
        ("rpc", "The protocol: any call, its description, who you are to the daemon."),
    ]

    /// Short names of what people need in a hurry, and what has no noun.
    static let short: [Command] = [
        Command(Status.self, name: "status"), Command(CampaignWhy.self, name: "why"), Command(SystemHold.self, name: "hold"),
        Command(SystemRelease.self, name: "release"), Command(Completion.self), Command(Complete.self),
    ]

    /// Those of one word that people use; the others are for shells.
    static var shown: [Command] { short.filter { $0.name != Complete.name } }

    /// Those that take the place of a method's verb, or stand beside the verbs of a noun.
    private static let byHand: [Command] = [
        Command(Report.self), Command(Watch.self), Command(Import.self), Command(Follow.self), Command(Status.self), Command(Verify.self),
        Command(CheckAccount.self),
        Command(RawCall.self),
    ]

    /// Methods that make no command: another one needs them.
    private static let hidden: Set<String> = [
        "contact.import", "import.append", "event.subscribe", "event.unsubscribe", "system.status", "campaign.report", "audit.verify",
        "account.check",
        "rpc.check",
        "rpc.cancel",
    ]

    /// The commands of a noun, in the order in which the catalogue has their methods; those by hand follow.
    static func verbs(of noun: String) -> [Command] {
        let methods = Catalogue.wapro.methods.filter { $0.noun == noun && !hidden.contains($0.name) }
        return methods.map { command($0) } + byHand.filter { $0.words[0] == noun }
    }

    /// Every command once, for documents and tests.
    static var all: [Command] { short + nouns.flatMap { verbs(of: $0.noun) } }

    /// The command of these words; nil when there is none.
    static func named(_ noun: String, _ verb: String) -> Command? {
        let name = "\(noun) \(verb)"
        if let command = byHand.first(where: { $0.name == name }) { return command }
        let method = "\(noun).\(verb)"
        guard !hidden.contains(method) else { return nil }
        return Catalogue.wapro.method(method).map { command($0) }
    }

    private static func command<M: Method>(_ method: M.Type) -> Command { Command(M.self) }
}
