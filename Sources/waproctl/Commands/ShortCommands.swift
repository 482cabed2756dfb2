import ArgumentParser
import WaproRPC

/// Verbs that people need in a hurry have a short name: `waproctl why` is `waproctl campaign why`.
protocol ShortCommand: AsyncParsableCommand {
    associatedtype Short: Method
    static var word: String { get }
    var words: [String] { get }
}

extension ShortCommand {
    static var configuration: CommandConfiguration { CommandConfiguration(commandName: word, abstract: Short.doc.summary) }

    func run() async throws {
        var verb = Verb<Short>()
        verb.words = words
        try await verb.run()
    }
}

/// `waproctl why CAMPAIGN RECIPIENT`
struct WhyCommand: ShortCommand {
    typealias Short = CampaignWhy
    static let word = "why"

    @Argument(parsing: .captureForPassthrough, help: .hidden) var words: [String] = []
}

/// `waproctl hold`
struct HoldCommand: ShortCommand {
    typealias Short = SystemHold
    static let word = "hold"

    @Argument(parsing: .captureForPassthrough, help: .hidden) var words: [String] = []
}

/// `waproctl release`
struct ReleaseCommand: ShortCommand {
    typealias Short = SystemRelease
    static let word = "release"

    @Argument(parsing: .captureForPassthrough, help: .hidden) var words: [String] = []
}
