import WaproRPC

/// The words after `noun verb`, read by the fields of a method: required fields are positional in declared order, optional ones are
/// `--name value`, booleans are flags, lists and texts are repeated.
struct VerbWords {
    /// By field name.
    private(set) var parameters = JSONObject()
    private(set) var wantsHelp = false
    /// `-o`, `--socket`, with their values.
    private(set) var globals: [String] = []

    init(_ words: [String], fields: [FieldInfo]) throws(Ending) {
        var positional = fields.filter(Self.isPositional)[...]
        var rest = words[...]
        var optionsEnded = false
        while let word = rest.popFirst() {
            if !optionsEnded, word == "--" {
                optionsEnded = true
            } else if !optionsEnded, word.hasPrefix("-"), word != "-", !word.dropFirst().allSatisfy(\.isNumber) {
                try option(word, &rest, fields)
            } else {
                guard let field = positional.popFirst() else {
                    throw Ending(Ending.usage, "\(word) is one argument too many.", hint: "--help shows what it takes.")
                }
                parameters[field.name] = try Self.value(word, field.type, field.name)
            }
        }
        if wantsHelp { return }
        for field in fields where field.type.isFlag && field.isRequired && parameters[field.name] == nil {
            parameters.append(field.name, false)
        }
        if let missing = positional.first(where: { parameters[$0.name] == nil }) {
            throw Ending(Ending.usage, "\(missing.placeholder) is missing. \(missing.doc)", hint: "--help shows what it takes.")
        }
    }

    static func isPositional(_ field: FieldInfo) -> Bool {
        field.isRequired && !field.type.isFlag && !field.type.isRepeated
    }

    private mutating func option(_ word: String, _ rest: inout ArraySlice<String>, _ fields: [FieldInfo]) throws(Ending) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let name = parts[0]
        func value(_ rest: inout ArraySlice<String>) throws(Ending) -> String {
            if parts.count == 2 { return parts[1] }
            guard let value = rest.popFirst() else { throw Ending(Ending.usage, "\(name) needs a value.") }
            return value
        }
        if name == "-h" || name == "--help" {
            wantsHelp = true
        } else if Globals.names.contains(name) {
            globals += [name, try value(&rest)]
        } else if let field = fields.first(where: { $0.option == name }) {
            switch field.type {
            case .bool:
                guard parts.count == 1 else { throw Ending(Ending.usage, "\(name) takes no value.") }
                parameters[field.name] = true
            case .list(let element):
                let more = try Self.value(try value(&rest), element, name)
                parameters[field.name] = .array((parameters[field.name]?.elements ?? []) + [more])
            case .texts:
                let pair = try value(&rest).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                guard pair.count == 2, !pair[0].isEmpty else { throw Ending(Ending.usage, "\(name) must be key=value.") }
                var texts = parameters[field.name]?.members ?? JSONObject()
                texts[pair[0]] = .string(pair[1])
                parameters[field.name] = .object(texts)
            default: parameters[field.name] = try Self.value(try value(&rest), field.type, name)
            }
        } else {
            let known = fields.map(\.option) + Globals.names + ["--help"]
            let meant = Suggestion.nearest(to: name, among: known)
            throw Ending(
                Ending.usage,
                "There is no option \(name).",
                hint: meant.map { "Did you mean \($0)?" } ?? "--help shows the options."
            )
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
            case .text, .timestamp, .identifier, .choice, .bytes: .string(word)
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

    /// `CAMPAIGN`
    var placeholder: String { name.uppercased() }
}
