import WaproRPC

/// The help of a verb, from the method's declaration.
enum VerbHelp {
    static func lines<M: Method>(_ method: M.Type) -> [TerminalText] {
        let fields = M.shape.fields
        let positional = fields.filter(VerbWords.isPositional)
        let options = fields.filter { !VerbWords.isPositional($0) }
        var usage: TerminalText = "usage: waproctl \(M.noun) \(M.verb)"
        for field in positional { usage += " \(field.placeholder)" }
        usage += " [options]"
        var lines = ["\(M.doc.summary)", "", usage]
        if !M.doc.details.isEmpty { lines += ["", "\(M.doc.details)"] }
        if !positional.isEmpty { lines += ["", "Arguments:"] + list(positional.map { ("\($0.placeholder)", "\($0.doc)\(bounds($0))") }) }
        lines += ["", "Options:"]
        lines += list(
            options.map { ("\($0.option)\(value($0))", "\($0.doc)\(bounds($0))") } + [
                ("-o, --output FORMAT", "How to print the result: table or json."),
                ("--socket PATH", "The daemon's control socket; else WAPRO_SOCKET, else \(Globals.defaultSocket)."),
                ("-h, --help", "Show this."),
            ]
        )
        lines += ["", "Needs the role \(M.role.rawValue). The method of the protocol is \(M.name)."]
        return lines
    }

    private static func list(_ entries: [(name: TerminalText, doc: TerminalText)]) -> [TerminalText] {
        let width = (entries.map(\.name.width).max() ?? 0) + 2
        return entries.map { "  " + $0.name.padded(to: width) + $0.doc }
    }

    private static func value(_ field: FieldInfo) -> TerminalText {
        switch field.type {
        case .bool: .empty
        case .texts: " KEY=VALUE"
        case .integer, .longInteger, .decimal: " N"
        case .timestamp: " TIME"
        default: " \(field.name.uppercased())"
        }
    }

    /// What cannot be guessed from the name.
    private static func bounds(_ field: FieldInfo) -> TerminalText {
        switch field.type {
        case .choice(let values), .list(.choice(let values)): " (\(values.joined(separator: ", ")))"
        case .integer(let range?): " (\(range.lowerBound) to \(range.upperBound))"
        case .timestamp: " (as 2026-11-23T08:15:00Z)"
        default: .empty
        }
    }
}
