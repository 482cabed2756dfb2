import WaproRPC

/// What a command line says whose last word is still being typed, up to that word.
struct Unfinished {
    /// What the next word would be, unless it is an option or the value of one.
    enum Place {
        case noun
        case verb(of: String)
        case argument(of: Command)
        /// No command begins like this.
        case nowhere
    }

    private(set) var place = Place.noun
    private(set) var wantsHelp = false
    /// The option whose value is next.
    private(set) var open: FieldInfo?
    private(set) var optionsEnded = false
    private(set) var arguments: [String] = []
    /// Values of the options that every command takes, by field.
    private(set) var globals: [String: String] = [:]

    init(_ words: [String]) {
        var reader = WordReader(words)
        while let piece = reader.next(fields) {
            switch piece {
            case .word(let word): take(word)
            case .option(let option):
                if option.isGlobal { globals[option.field.name] = option.value }
                if option.value == nil, !option.field.type.isFlag { open = option.field }
            case .ended, .help, .stranger: break
            }
        }
        optionsEnded = reader.optionsEnded
    }

    /// What the command takes besides `Globals`.
    var fields: [FieldInfo] {
        guard case .argument(let command) = place else { return [] }
        return command.fields()
    }

    /// The argument that comes next.
    var argument: FieldInfo? {
        fields.filter(Words.isPositional).dropFirst(arguments.count).first
            ?? fields.last.flatMap { $0.isRequired && $0.type.isRepeated ? $0 : nil }
    }

    private mutating func take(_ word: String) {
        switch place {
        case .noun where word == "help" && !wantsHelp: wantsHelp = true
        case .noun:
            if let command = Commands.shown.first(where: { $0.name == word }) {
                place = .argument(of: command)
            } else {
                place = Commands.nouns.contains { $0.noun == word } ? .verb(of: word) : .nowhere
            }
        case .verb(let noun):
            if let command = Commands.named(noun, word) {
                place = .argument(of: command)
            } else if noun == RawCall.noun, let command = Commands.named(noun, "call") {
                (place, arguments) = (.argument(of: command), [word])
            } else {
                place = .nowhere
            }
        case .argument: arguments.append(word)
        case .nowhere: break
        }
    }
}
