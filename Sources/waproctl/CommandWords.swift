import ArgumentParser
import WaproRPC

/// The words of the command line before anybody reads them.
enum CommandWords {
    /// Puts global options after the command, turns `help noun verb` round, and answers mistyped nouns and verbs with a suggestion.
    static func arranged(_ words: [String]) throws(Ending) -> [String] {
        var words = words
        var globals: [String] = []
        while let first = words.first, let name = first.split(separator: "=").first, Globals.names.contains(String(name)) {
            globals.append(words.removeFirst())
            if !first.contains("="), !words.isEmpty { globals.append(words.removeFirst()) }
        }
        if words.first == "help" {
            words.removeFirst()
            words.append("--help")
        }
        guard let noun = words.first, !noun.hasPrefix("-") else { return words + globals }
        try check(noun, among: Root.configuration.subcommands, "command")
        guard let known = Root.nouns.first(where: { $0.noun == noun }) else { return words.prefix(1) + globals + words.dropFirst() }
        guard words.count > 1, !words[1].hasPrefix("-") else { return words + globals }
        try check(words[1], among: known.verbs, "verb of \(noun)")
        return words.prefix(2) + globals + words.dropFirst(2)
    }

    private static func check(_ word: String, among commands: [any ParsableCommand.Type], _ what: String) throws(Ending) {
        let names = commands.compactMap { $0.configuration.commandName }
        guard !names.contains(word) else { return }
        let meant = Suggestion.nearest(to: word, among: names).map { "Did you mean \($0)?" }
        throw Ending(Ending.usage, "There is no \(what) named \(word).", hint: meant ?? "There are \(names.joined(separator: ", ")).")
    }
}
