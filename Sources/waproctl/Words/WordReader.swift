import WaproRPC

/// Takes the words of a command line apart into options with their values, and the rest. A command is read by it, and so is one that a
/// shell has not finished.
struct WordReader {
    enum Piece {
        case word(String)
        case option(Option)
        case help
        /// An option that there is not.
        case stranger(spelling: String)
        /// `--`: what follows is no option.
        case ended
    }

    struct Option {
        let field: FieldInfo
        /// Whether it is one of `Globals`.
        let isGlobal: Bool
        /// As it was written: `-o`
        let spelling: String
        /// Nil: a flag, or nothing follows.
        let value: String?
    }

    private(set) var rest: ArraySlice<String>
    private(set) var optionsEnded = false

    init(_ words: [String]) { rest = words[...] }

    /// The next piece, when the options are those of `fields` and of `Globals`.
    mutating func next(_ fields: [FieldInfo]) -> Piece? {
        guard let word = rest.popFirst() else { return nil }
        if optionsEnded || !Words.isOption(word) { return .word(word) }
        if word == "--" {
            optionsEnded = true
            return .ended
        }
        let parts = Words.pair(word)
        let name = Globals.letters[parts[0]] ?? parts[0]
        if name == "--help" { return .help }
        let own = fields.first { $0.option == name }
        guard let field = own ?? Globals.shape.fields.first(where: { $0.option == name }) else { return .stranger(spelling: parts[0]) }
        let value = parts.count == 2 ? parts[1] : field.type.isFlag ? nil : rest.popFirst()
        return .option(Option(field: field, isGlobal: own == nil, spelling: parts[0], value: value))
    }
}
