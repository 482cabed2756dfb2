import WaproRPC

/// What a person reads who asks how to use it; all of it from declarations, and none of it from a daemon.
enum Help {
    static func overview() -> [TerminalText] {
        var lines: [TerminalText] = [
            "Talk to waprod: contacts, templates, campaigns, messages.", "", "usage: waproctl NOUN VERB [options]", "", "Examples:",
            "  waproctl status", "  waproctl contact import customers.csv --list customers --default-region DE", "  waproctl template sync",
            "  waproctl campaign create spring main spring_sale --list customers", "  waproctl campaign start spring --wait",
            "  waproctl why spring +4915112345678", "  waproctl hold --reason \"wrong price\"", "", "Nouns:",
        ]
        lines += list(Commands.nouns.map { ("\($0.noun)", "\($0.summary)") })
        lines += ["", "Commands of one word:"]
        lines += list(Commands.shown.map { ("\($0.name)", "\($0.doc.summary)") })
        lines += ["", "Options:"] + list(Globals.answers.map { ("\(letter($0.option))\($0.option)", "\($0.doc)") })
        return lines + ["", "Each noun and each verb explains itself with --help; waproctl help NOUN opens its page of the manual."]
    }

    static func noun(_ noun: String) -> [TerminalText] {
        let summary = Commands.nouns.first { $0.noun == noun }?.summary ?? ""
        let verbs = Commands.verbs(of: noun)
        return ["\(summary)", "", "usage: waproctl \(noun) VERB [options]", "", "Verbs:"]
            + list(verbs.map { ("\($0.words[1])", "\($0.doc.summary)") }) + ["", "Each explains itself: waproctl \(noun) VERB --help."]
    }

    static func command(_ command: Command) -> [TerminalText] {
        let fields = command.fields()
        let (positional, options) = (fields.filter(Words.isPositional), fields.filter { !Words.isPositional($0) })
        var lines: [TerminalText] = ["\(command.doc.summary)", "", usage(command)]
        if !command.doc.details.isEmpty { lines += [""] + command.doc.details.split(separator: "\n").flatMap { flow("\(String($0))") } }
        if !positional.isEmpty { lines += ["", "Arguments:"] + list(positional.map { ("\($0.placeholder)", "\($0.doc)\(bounds($0))") }) }
        if !options.isEmpty { lines += ["", "Options:"] + list(options.map(option)) }
        lines += ["", "Options of every command:"]
        let own = Set(options.map(\.name))
        lines += list(Globals.shape.fields.filter { !own.contains($0.name) }.map(option) + [("-h, --help", "Show this.")])
        if let method = command.method {
            lines += ["", "Needs the role \(method.role.rawValue). The method of the protocol is \(method.name)."]
        }
        return lines
    }

    static func usage(_ command: Command) -> TerminalText {
        var usage: TerminalText = "usage: waproctl \(command.name)"
        for field in command.fields() where Words.isPositional(field) { usage += " \(field.placeholder)" }
        if let last = command.fields().last, last.isRequired, last.type.isRepeated { usage += " [\(last.placeholder)]…" }
        return usage + " [options]"
    }

    private static func option(_ field: FieldInfo) -> (name: TerminalText, doc: TerminalText) {
        ("\(letter(field.option))\(field.option)\(value(field))", "\(field.doc)\(bounds(field))")
    }

    /// `-o, `
    private static func letter(_ option: String) -> String { Globals.letters.first { $0.value == option }.map { "\($0.key), " } ?? "" }

    private static func list(_ entries: [(name: TerminalText, doc: TerminalText)]) -> [TerminalText] {
        let width = (entries.map(\.name.width).max() ?? 0) + 2
        return entries.flatMap { entry in
            flow(entry.doc, indent: width + 2).enumerated().map { index, line in
                (index == 0 ? "  " + entry.name.padded(to: width) : TerminalText.empty.padded(to: width + 2)) + line
            }
        }
    }

    /// Lines that fit into the terminal beside `indent` columns, broken between words; one line where there is no terminal. What begins with
    /// spaces is an example, and stays as it is.
    private static func flow(_ text: TerminalText, indent: Int = 0) -> [TerminalText] {
        guard let width = Surroundings.current.outputWidth, width - indent >= 30, !text.string.hasPrefix(" ") else { return [text] }
        var lines: [TerminalText] = []
        for word in text.string.split(separator: " ") {
            let word: TerminalText = "\(String(word))"
            if let last = lines.last, last.width + 1 + word.width <= width - indent {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(word)
            }
        }
        return lines.isEmpty ? [text] : lines
    }

    static func value(_ field: FieldInfo) -> TerminalText {
        switch field.type {
        case .bool: .empty
        case .texts: " KEY=VALUE"
        case .integer, .longInteger, .decimal: " N"
        case .timestamp: " TIME"
        case .secret: " FILE"
        default: " \(field.name.uppercased())"
        }
    }

    /// What cannot be guessed from the name.
    static func bounds(_ field: FieldInfo) -> TerminalText {
        switch field.type {
        case .choice(let values), .list(.choice(let values)): " (\(values.joined(separator: ", ")))"
        case .integer(let range?): " (\(range.lowerBound) to \(range.upperBound))"
        case .secret: " (a file that has it, or - for standard input, which a terminal is asked for)"
        case .timestamp: " (as 2026-11-23T08:15:00Z)"
        default: .empty
        }
    }
}
