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
        try check(noun, among: Root.words.compactMap { $0.configuration.commandName } + Root.nouns.map { $0.noun }, "command")
        guard let known = Root.nouns.first(where: { $0.noun == noun }) else { return words.prefix(1) + globals + words.dropFirst() }
        guard words.count > 1, !words[1].hasPrefix("-") else { return words + globals }
        try check(words[1], among: known.verbs.compactMap { $0.configuration.commandName }, "verb of \(noun)")
        return words.prefix(2) + globals + words.dropFirst(2)
    }

    /// The command that arranged words mean.
    ///
    /// The one that is named is read at once: ArgumentParser looks at all commands before it reads the first word, which takes longer than most
    /// calls. What cannot be read so (also help) is read the long way, for the same words whatever was wrong.
    static func parse(_ words: [String]) throws -> any ParsableCommand {
        let wantsHelp = words.contains("--help") || words.contains("-h")
        if !wantsHelp, let (command, rest) = named(words), let parsed = try? command.parseAsRoot(rest) { return parsed }
        return try Root.parseAsRoot(words)
    }

    private static func named(_ words: [String]) -> (any ParsableCommand.Type, rest: [String])? {
        guard let first = words.first else { return nil }
        if let command = Root.words.first(where: { $0.configuration.commandName == first }) { return (command, Array(words.dropFirst())) }
        guard words.count > 1, let noun = Root.nouns.first(where: { $0.noun == first }) else { return nil }
        return noun.verbs.first { $0.configuration.commandName == words[1] }.map { ($0, Array(words.dropFirst(2))) }
    }

    private static func check(_ word: String, among names: [String], _ what: String) throws(Ending) {
        guard !names.contains(word) else { return }
        let meant = Suggestion.nearest(to: word, among: names).map { "Did you mean \($0)?" }
        throw Ending(Ending.usage, "There is no \(what) named \(word).", hint: meant ?? "There are \(names.joined(separator: ", ")).")
    }
}
