import ArgumentParser
import WaproRPC

/// `waproctl`
struct Root: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waproctl",
        abstract: "Talk to waprod: contacts, templates, campaigns, messages.",
        discussion: """
            Examples:
              waproctl status
              waproctl contact import customers.csv --list customers --default-region DE
              waproctl template sync
              waproctl campaign create spring main spring_sale --list customers
              waproctl campaign start spring
              waproctl campaign watch spring
              waproctl why spring +4915112345678
              waproctl hold --reason "wrong price"

            Each command explains itself with --help.
            """,
        version: "waproctl, protocol \(Catalogue.version)",
        subcommands: Array(words.dropLast()) + nouns.map { $0 as any ParsableCommand.Type } + [RawCommand.self]
    )

    /// Commands of one word.
    static let words: [any ParsableCommand.Type] = [
        StatusCommand.self, WhyCommand.self, HoldCommand.self, ReleaseCommand.self, RawCommand.self,
    ]

    /// In the order of the help.
    static let nouns: [any NounCommand.Type] = [
        Noun<CampaignNoun>.self, Noun<ContactNoun>.self, Noun<ImportNoun>.self, Noun<TemplateNoun>.self, Noun<MessageNoun>.self,
        Noun<EventNoun>.self, Noun<NumberNoun>.self, Noun<SystemNoun>.self,
    ]
}

/// A command that has a verb for each method of its noun.
protocol NounCommand: ParsableCommand {
    static var noun: String { get }
    static var verbs: [any ParsableCommand.Type] { get }
}

/// What the catalogue does not say about a noun.
protocol NounWords {
    static var noun: String { get }
    static var summary: String { get }
    /// Commands written by hand, which replace the verb of the same name or stand beside the others.
    static var handWritten: [any ParsableCommand.Type] { get }
    /// Methods that make no command of their own.
    static var hidden: Set<String> { get }
}

extension NounWords {
    static var handWritten: [any ParsableCommand.Type] { [] }
    static var hidden: Set<String> { [] }
}

struct Noun<Words: NounWords>: NounCommand {
    static var noun: String { Words.noun }

    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: noun, abstract: Words.summary, subcommands: verbs)
    }

    static var verbs: [any ParsableCommand.Type] {
        var byHand = Words.handWritten
        var verbs: [any ParsableCommand.Type] = []
        for method in Catalogue.wapro.methods where method.noun == noun && !Words.hidden.contains(method.verb) {
            if let index = byHand.firstIndex(where: { $0.configuration.commandName == method.verb }) {
                verbs.append(byHand.remove(at: index))
            } else {
                verbs.append(verb(of: method))
            }
        }
        return verbs + byHand
    }

    private static func verb<M: Method>(of method: M.Type) -> any ParsableCommand.Type { Verb<M>.self }
}

enum CampaignNoun: NounWords {
    static let noun = "campaign"
    static let summary = "Messages to many."
    static let handWritten: [any ParsableCommand.Type] = [ReportCommand.self, WatchCommand.self]
}

enum ContactNoun: NounWords {
    static let noun = "contact"
    static let summary = "People who can be written to."
    static let handWritten: [any ParsableCommand.Type] = [ImportCommand.self]
}

enum ImportNoun: NounWords {
    static let noun = "import"
    static let summary = "Imports of contacts, past and present."
    static let hidden: Set<String> = ["append"]
}

enum TemplateNoun: NounWords {
    static let noun = "template"
    static let summary = "Message templates, as Meta has them."
}

enum MessageNoun: NounWords {
    static let noun = "message"
    static let summary = "Single messages, in and out."
}

enum EventNoun: NounWords {
    static let noun = "event"
    static let summary = "What happens, as it happens."
    static let handWritten: [any ParsableCommand.Type] = [FollowCommand.self]
    static let hidden: Set<String> = ["subscribe", "unsubscribe"]
}

enum NumberNoun: NounWords {
    static let noun = "number"
    static let summary = "Business numbers."
}

enum SystemNoun: NounWords {
    static let noun = "system"
    static let summary = "The daemon itself."
    static let handWritten: [any ParsableCommand.Type] = [SystemStatusCommand.self]
}
