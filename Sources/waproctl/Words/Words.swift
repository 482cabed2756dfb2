import WaproRPC

/// The words after the name of a command, read by its fields: required fields are positional in declared order, optional ones are
/// `--name value`, booleans are flags, lists and texts are repeated. What every command takes may stand anywhere between them.
struct Words {
    /// By field name.
    private(set) var parameters = JSONObject()
    /// Those of `Globals`.
    private(set) var globals = JSONObject()
    private(set) var wantsHelp = false

    init(_ words: [String], fields: [FieldInfo]) throws(Ending) {
        var positional = fields.filter(Self.isPositional)[...]
        var reader = WordReader(words)
        while let piece = reader.next(fields) {
            switch piece {
            case .ended: break
            case .help: wantsHelp = true
            case .option(let option) where option.isGlobal: try take(option, &globals)
            case .option(let option): try take(option, &parameters)
            case .stranger(let spelling):
                let meant = Suggestion.nearest(to: spelling, among: (fields + Globals.shape.fields).map(\.option) + ["--help"])
                throw Ending(
                    Ending.usage,
                    "There is no option \(spelling).",
                    hint: meant.map { "Did you mean \($0)?" } ?? "--help shows the options."
                )
            case .word(let word):
                if let field = positional.popFirst() {
                    parameters[field.name] = try Self.value(word, field.type, field.name)
                } else if let field = fields.last, field.isRequired, field.type.isRepeated {
                    try add(word, to: field, &parameters)
                } else {
                    throw Ending(Ending.usage, "\(word) is one argument too many.", hint: "--help shows what it takes.")
                }
            }
        }
        if wantsHelp { return }
        for field in fields where field.isRequired && parameters[field.name] == nil {
            if field.type.isFlag { parameters.append(field.name, false) }
            if case .list = field.type { parameters.append(field.name, []) }
        }
        for field in Globals.shape.fields where field.type.isFlag && globals[field.name] == nil { globals.append(field.name, false) }
        if let missing = positional.first(where: { parameters[$0.name] == nil }) {
            throw Ending(Ending.usage, "\(missing.placeholder) is missing. \(missing.doc)", hint: "--help shows what it takes.")
        }
    }

    /// What stands before and after the first equals sign; one part without it.
    static func pair(_ word: String) -> [String] {
        let scalars = word.unicodeScalars
        guard let sign = scalars.firstIndex(of: "=") else { return [word] }
        return [String(scalars[..<sign]), String(scalars[scalars.index(after: sign)...])]
    }

    /// Not `-`, which is a file, and not a negative number.
    static func isOption(_ word: String) -> Bool { word.hasPrefix("-") && word != "-" && !word.dropFirst().allSatisfy(\.isNumber) }

    static func isPositional(_ field: FieldInfo) -> Bool {
        field.isRequired && !field.type.isFlag && !field.type.isRepeated
    }

    private func take(_ option: WordReader.Option, _ object: inout JSONObject) throws(Ending) {
        let field = option.field
        if field.type.isFlag {
            guard option.value == nil else { throw Ending(Ending.usage, "\(option.spelling) takes no value.") }
            object[field.name] = true
            return
        }
        guard let value = option.value else { throw Ending(Ending.usage, "\(option.spelling) needs a value.") }
        if field.type.isRepeated {
            try add(value, to: field, &object)
        } else {
            object[field.name] = try Self.value(value, field.type, option.spelling)
        }
    }

    private func add(_ word: String, to field: FieldInfo, _ object: inout JSONObject) throws(Ending) {
        switch field.type {
        case .list(let element):
            object[field.name] = .array((object[field.name]?.elements ?? []) + [try Self.value(word, element, field.option)])
        default:
            let pair = Self.pair(word)
            guard pair.count == 2, !pair[0].isEmpty else { throw Ending(Ending.usage, "\(field.option) must be key=value.") }
            var texts = object[field.name]?.members ?? JSONObject()
            texts[pair[0]] = .string(pair[1])
            object[field.name] = .object(texts)
        }
    }

    /// One word as a value of this type.
    static func value(_ word: String, _ type: WireType, _ name: String) throws(Ending) -> JSONValue {
        let value: JSONValue? =
            switch type {
            case .integer, .longInteger: Int64(word).map(JSONValue.integer)
            case .decimal: Double(word).map(JSONValue.decimal)
            case .bool: ["true": true, "false": false][word]
            case .list, .texts, .object, .json: try? JSONValue.parse(word)
            case .choice(let words): words.contains(word) ? .string(word) : nil
            case .text, .word, .secret, .timestamp, .identifier, .bytes: .string(word)
            }
        guard let value else { throw Ending(Ending.usage, "\(name) must be \(type.words), not \(word).") }
        return value
    }
}

extension WireType {
    var isFlag: Bool { if case .bool = self { true } else { false } }

    /// Given more than once.
    var isRepeated: Bool {
        switch self {
        case .list, .texts: true
        default: false
        }
    }
}

extension FieldInfo {
    /// `--start-at`; a list's in the singular, because each gives one: `--parameter`.
    var option: String {
        let kebab = name.split(separator: "_").joined(separator: "-")
        return "--" + (type.isRepeated && kebab.hasSuffix("s") ? String(kebab.dropLast()) : kebab)
    }

    /// `CAMPAIGN`; a secret is in a file.
    var placeholder: String { type.isSecret ? "\(name.uppercased())_FILE" : name.uppercased() }
}
