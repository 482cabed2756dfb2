import WaproRPC

/// What a command line asks for.
enum Request: Sendable {
    case overview
    case version
    case noun(String)
    case help(Command)
    /// The manual, or what the request in it says where there is none.
    indirect case manual(page: String, Request)
    case run(Command, JSONObject, Globals)

    init(_ words: [String]) throws(Ending) {
        var words = words
        var globals = try Self.leading(&words)
        guard let noun = words.first else {
            self = globals.contains("--version") ? .version : .overview
            return
        }
        words.removeFirst()
        if noun == "help" {
            words.insert("--help", at: 0)
            let page = Commands.nouns.first { words.dropFirst().first == $0.noun }.map { "waproctl-\($0.noun)" } ?? "waproctl"
            self = .manual(page: page, try Request(globals + words))
            return
        }
        if let command = Commands.short.first(where: { $0.name == noun }) {
            self = try Self.request(command, globals + words)
            return
        }
        try Self.check(noun, among: Commands.shown.map(\.name) + Commands.nouns.map(\.noun), "command")
        globals += try Self.leading(&words)
        guard let verb = words.first else {
            self = .noun(noun)
            return
        }
        // `rpc METHOD`: the noun whose verb is any method.
        if noun == RawCall.noun, verb.contains(".") || Commands.named(noun, verb) == nil, let command = Commands.named(noun, "call") {
            self = try Self.request(command, globals + words)
            return
        }
        guard let command = Commands.named(noun, verb) else {
            try Self.check(verb, among: Commands.verbs(of: noun).map { $0.words[1] }, "verb of \(noun)")
            throw Ending(Ending.usage, "There is no verb of \(noun) named \(verb).")
        }
        self = try Self.request(command, globals + words.dropFirst())
    }

    private static func request(_ command: Command, _ words: [String]) throws(Ending) -> Request {
        let words = try Words(words, fields: command.fields())
        if words.wantsHelp { return .help(command) }
        do {
            return .run(command, words.parameters, try Globals.decode(.object(words.globals), .strict))
        } catch {
            throw Ending(error, fields: Globals.shape.fields)
        }
    }

    /// Options before the name of the command is complete: they are those of every command.
    private static func leading(_ words: inout [String]) throws(Ending) -> [String] {
        var reader = WordReader(words)
        while let first = reader.rest.first, Words.isOption(first), first != "--" {
            guard case .stranger(let name) = reader.next([]), name != "--version" else { continue }
            throw Ending(
                Ending.usage,
                "There is no option \(name).",
                hint: "waproctl --help shows the commands and the options of all of them."
            )
        }
        let taken = words.prefix(words.count - reader.rest.count)
        words = Array(reader.rest)
        return Array(taken)
    }

    private static func check(_ word: String, among names: [String], _ what: String) throws(Ending) {
        guard !names.contains(word) else { return }
        let meant = Suggestion.nearest(to: word, among: names).map { "Did you mean \($0)?" }
        throw Ending(Ending.usage, "There is no \(what) named \(word).", hint: meant ?? "There are \(names.joined(separator: ", ")).")
    }
}
